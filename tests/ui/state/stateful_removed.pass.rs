use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    /// What was sold.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Ledger {
        #[hash_key]
        pub order: String,
    }
}

fn main() {
    let before = webhook_infra::build::<shop::Stack>().render().unwrap().json;
    let rendered = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap();
    assert_eq!(rendered.warnings, [""; 0]);

    let with_another = before.replacen("\"ledger\":", "\"other\": {}, \"ledger\":", 1);
    webhook_infra::build::<shop::Stack>().render_against(&with_another).unwrap_err();
    let rendered = webhook_infra::build::<shop::Stack>()
        .add(webhook_infra::Removed::new("aws_dynamodb_table.other"))
        .render_against(&with_another)
        .unwrap();
    assert!(rendered.json.contains(r#""from": "aws_dynamodb_table.other""#), "{}", rendered.json);

    // What cannot be read keeps no one from building.
    let rendered = webhook_infra::build::<shop::Stack>().render_against("<<<<<<< HEAD").unwrap();
    assert!(rendered.warnings[0].contains("cannot be read"), "{:?}", rendered.warnings);
}
