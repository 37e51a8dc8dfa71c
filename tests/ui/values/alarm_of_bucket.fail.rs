use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[alarm(Uploads.number_of_objects >= 1000, period = "1m", notify = Alerts)]
    pub struct ManyUploads;
}

fn main() {}
