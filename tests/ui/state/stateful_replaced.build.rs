use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Ledger {
        /// It was `order` until now.
        #[hash_key]
        pub number: String,
    }
}

fn main() {
    let before = webhook_infra::build::<shop::Stack>().render().unwrap().json.replace("number", "order");
    let failure = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap_err();
    let message = failure.to_string().replace(file!(), "src/stack.rs") + "\n";
    assert_eq!(message, include_str!("stateful_replaced.build.stderr"));
}
