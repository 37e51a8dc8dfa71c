use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    /// What was sold. It was called `Ledger`.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Journal {
        #[hash_key]
        pub order: String,
    }
}

fn main() {
    let before = webhook_infra::build::<shop::Stack>().render().unwrap().json.replace("journal", "ledger");
    let failure = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap_err();
    let message = failure.to_string().replace(file!(), "src/stack.rs") + "\n";
    assert_eq!(message, include_str!("stateful_removed.build.stderr"));
}
