use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d")]
    pub struct Charge;

    #[alarm(Charge.errors >= 1, notify = Alerts)]
    pub struct ChargeErrors;

    #[state_machine(
        definition = {
            "StartAt" = "Charge",
            "States" = {
                "Charge" = {
                    "Type" = "Task",
                    "Resource" = Charge.arn,
                    "End" = true,
                },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout {
        pub charge: Invoke<Charge>,
    }

    #[alarm(Checkout.executions_failed >= 1, notify = Alerts)]
    pub struct CheckoutFailures;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    let [warning] = rendered.warnings.as_slice() else {
        panic!("one warning was expected: {:#?}", rendered.warnings);
    };
    assert!(warning.contains("state_machine_missing_retry"), "{warning}");
    assert!(warning.contains("state `Charge` of state machine `Checkout`"), "{warning}");
}
