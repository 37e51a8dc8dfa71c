use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[allow(non_camel_case_types, reason = "its name outside")]
    #[webhook_infra::expect(
        webhook_infra::sqs_missing_dlq,
        reason = "jobs that fail are not needed"
    )]
    #[sqs]
    pub struct jobs;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    assert_eq!(rendered.warnings, Vec::<String>::new());
}
