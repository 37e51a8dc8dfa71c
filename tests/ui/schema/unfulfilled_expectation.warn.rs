use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[webhook_infra::expect(sns_missing_encryption, reason = "nothing in it is secret")]
    pub struct Alerts;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    let [warning] = rendered.warnings.as_slice() else {
        panic!("one warning was expected: {:#?}", rendered.warnings);
    };
    assert!(warning.contains("unfulfilled_expectation"), "{warning}");
    assert!(
        warning.contains("expects a mistake that is no longer there"),
        "{warning}"
    );
}
