use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[s3(versioned, encrypted = "AES256")]
    pub struct Uploads;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
