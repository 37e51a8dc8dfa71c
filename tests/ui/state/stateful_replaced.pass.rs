use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    #[webhook_infra::expect(stateful_replaced, reason = "the table is empty until June")]
    pub struct Ledger {
        #[hash_key]
        pub number: String,
    }
}

fn main() {
    // Without a stack of before nobody knows whether there was a mistake to expect.
    let now = webhook_infra::build::<shop::Stack>().render().unwrap();
    assert_eq!(now.warnings, [""; 0]);
    let before = now.json.replace("number", "order");
    let rendered = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap();
    assert_eq!(rendered.warnings, [""; 0]);

    let again = webhook_infra::build::<shop::Stack>().render_against(&now.json).unwrap();
    assert!(again.warnings[0].contains("expects a mistake that is no longer there"), "{:?}", again.warnings);
}
