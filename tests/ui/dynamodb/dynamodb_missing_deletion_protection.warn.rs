use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[dynamodb(billing = "on_demand", pitr, encrypted)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    let [warning] = rendered.warnings.as_slice() else {
        panic!("one warning was expected: {:#?}", rendered.warnings);
    };
    assert!(
        warning.contains("dynamodb_missing_deletion_protection"),
        "{warning}"
    );
    assert!(
        warning.contains("table `Invoices` is not protected"),
        "{warning}"
    );
}
