use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    /// There was one ledger for all countries.
    #[dynamodb(for_each = toset(["de", "fr"]), billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Ledger {
        #[hash_key]
        pub order: String,
    }
}

fn main() {
    let now = webhook_infra::build::<shop::Stack>().render().unwrap().json;
    let before = now.replace("\"for_each\": \"${toset([\\\"de\\\", \\\"fr\\\"])}\",", "").replace("shop-ledger-${each.key}", "shop-ledger");
    let failure = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap_err();
    let message = failure.to_string().replace(file!(), "src/stack.rs") + "\n";
    assert_eq!(message, include_str!("one_of_several.build.stderr"));
}
