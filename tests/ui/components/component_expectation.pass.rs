use webhook_infra::prelude::*;

#[component]
pub mod work {
    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[sns(encrypted)]
    pub struct Done;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[component(work)]
    #[webhook_infra::expect(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "somebody looks every morning")]
    pub struct Post;

    #[component(work)]
    #[webhook_infra::expect(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "somebody looks every morning")]
    #[webhook_infra::expect(lambda_missing_error_alarm, reason = "there was a function once")]
    pub struct Mail;
}

fn main() {
    let warnings = webhook_infra::build::<orders::Stack>().render().unwrap().warnings;
    // Only what nothing of the component breaks is no longer needed, and it is told once.
    assert_eq!(warnings.len(), 1, "{warnings:#?}");
    assert!(warnings[0].contains("`#[webhook_infra::expect(lambda_missing_error_alarm, …)]`"), "{}", warnings[0]);
}
