use webhook_infra::prelude::*;

/// A queue with a queue for its failures, as two components.
#[component]
pub mod work {
    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5))]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
    pub struct Jobs;

    #[component(topic)]
    pub struct Done;

    #[output(Jobs.url)]
    pub struct Url;
}

#[component]
pub mod topic {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Told {
        #[hash_key]
        pub id: String,
    }
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    /// It was `Mail` until now, and `Letters` before that.
    #[component(work, named_as = "mail")]
    #[moved(from = Letters)]
    #[moved(from = Mail)]
    pub struct Post;
}

fn main() {
    let now = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    for (from, to) in [
        ("aws_sqs_queue.letters_jobs", "aws_sqs_queue.mail_jobs"),
        ("aws_sqs_queue.mail_jobs", "aws_sqs_queue.post_jobs"),
        ("aws_sqs_queue.mail_jobs_dlq", "aws_sqs_queue.post_jobs_dlq"),
        ("aws_dynamodb_table.mail_done_told", "aws_dynamodb_table.post_done_told"),
    ] {
        let moved = format!("\"from\": \"{from}\",\n      \"to\": \"{to}\"");
        assert!(now.contains(&moved), "{from}: {now}");
    }
    for name in ["orders-mail-jobs", "orders-mail-jobs-dlq", "orders-mail-done-told"] {
        assert!(now.contains(&format!("\"name\": \"{name}\"")), "{name}: {now}");
    }
    // What was there before goes along, and keeps its name.
    let before = r#"{"resource": {
        "aws_sqs_queue": {
            "mail_jobs": {"name": "orders-mail-jobs"},
            "mail_jobs_dlq": {"name": "orders-mail-jobs-dlq"}
        },
        "aws_dynamodb_table": {"mail_done_told": {"name": "orders-mail-done-told", "hash_key": "id"}}
    }}"#;
    webhook_infra::build::<orders::Stack>().render_against(before).unwrap();
}
