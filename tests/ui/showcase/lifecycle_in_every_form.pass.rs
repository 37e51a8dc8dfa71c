use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        lifecycle(prevent_destroy, ignore_changes = [read_capacity, write_capacity])
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[s3(versioned, encrypted, lifecycle(prevent_destroy = true, ignore_changes = all))]
    pub struct Uploads;

    #[sqs(
        dlq(max_receives = 5),
        depends_on = Invoices,
        lifecycle(
            create_before_destroy,
            replace_triggered_by = [Invoices.arn],
            precondition(condition = Uploads.bucket != "", error_message = "the bucket has no name")
        )
    )]
    pub struct Jobs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
