use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    use super::*;

    #[lambda(arch = "arm64", timeout = "30s", reserved = 1, log_retention = "7d")]
    pub struct Rotator {
        pub database: RotateSecret<Database>,
    }

    #[secret(rotation(function = Rotator, every = "30d"))]
    pub struct Database;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
