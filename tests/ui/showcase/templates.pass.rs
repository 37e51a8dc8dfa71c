use webhook_infra::prelude::*;

#[stack(name = "orders-${var.stage}", region = var.region, tags = { "stage" = var.stage, "cost-center" = "42" })]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[variable(default = "eu-central-1")]
    pub struct Region;

    #[sqs(name = "jobs-${Stage}", dlq(max_receives = 5))]
    pub struct Jobs;

    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[output("${Jobs.url}?stage=${upper(Stage)}&text=$${literal}")]
    pub struct Url;

    #[output("${Jobs.arn}")]
    pub struct Alone;

    #[output("${if Stage == \"live\" { \"a}b\" } else { Uploads.bucket }}/${format(\"%03d\", 7)}")]
    pub struct Inner;

    #[output(r#"{"say": "${Stage}"}"#)]
    pub struct Raw;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let output = |name: &str| json["output"][name]["value"].as_str().unwrap().to_owned();
    assert_eq!(json["resource"]["aws_sqs_queue"]["jobs"]["name"], "jobs-${var.stage}");
    assert_eq!(output("url"), "${aws_sqs_queue.jobs.url}?stage=${upper(var.stage)}&text=$${literal}");
    assert_eq!(output("alone"), "${aws_sqs_queue.jobs.arn}");
    assert_eq!(
        output("inner"),
        r#"${var.stage == "live" ? "a}b" : aws_s3_bucket.uploads.bucket}/${format("%03d", 7)}"#
    );
    assert_eq!(output("raw"), r#"{"say": "${var.stage}"}"#);
}
