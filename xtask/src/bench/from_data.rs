//! Resources made from data: a `build.rs` that adds thousands of them to a small stack in a loop.

use std::path::Path;

use super::Outcome;
use super::command::Step;
use super::edit_loop::{Edit, EditLoop};
use super::generated::{OUTPUT, PROFILES, resources, write, write_package};
use super::table::Table;
use super::timing::Stopwatch;

/// How many tenants: each has seven resources.
const SIZES: [usize; 2] = [143, 1000];

const EDIT: Edit = Edit {
    source: "build.rs",
    texts: [
        "message_retention_seconds\", 1_209_600",
        "message_retention_seconds\", 1_209_599",
    ],
    output: OUTPUT,
};

const STACK: &str = r#"use webhook_infra::prelude::*;

#[stack(name = "scale", region = "us-east-1")]
#[webhook_infra::allow(sqs_missing_tls_policy, reason = "each tenant has seven resources and no more")]
pub mod scale {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;
}
"#;

/// Times the edit loop of each size with each profile.
pub(super) fn measure(folder: &Path, workspace: &Path, stopwatch: &Stopwatch) -> Outcome<Table> {
    let head = ["build.rs", "resources", "JSON"]
        .into_iter()
        .chain(PROFILES.map(|(_, column, _)| column));
    let mut table = Table::new(
        "Resources made from data: `cargo build` after an edit of build.rs, wall s",
        head,
    );
    for (name, _, profile) in PROFILES {
        let package = folder.join(format!("from-data-{name}"));
        write_package(&package, workspace, profile)?;
        write(&package.join("src/stack.rs"), STACK)?;
    }
    for tenants in SIZES {
        let mut times = Vec::new();
        for (name, ..) in PROFILES {
            let package = folder.join(format!("from-data-{name}"));
            write(&package.join("build.rs"), &script(tenants))?;
            Step::cargo("build").run(&package)?;
            let edit_loop = EditLoop {
                folder: package,
                steps: vec![Step::cargo("build")],
                edit: Some(EDIT),
            };
            times.push(edit_loop.time(stopwatch)?.to_string());
        }
        let package = folder.join(format!("from-data-{}", PROFILES[0].0));
        let (resources, size) = resources(&package.join(OUTPUT))?;
        let facts = [
            format!("{tenants} tenants in a loop"),
            resources.to_string(),
            format!("{} kB", size / 1000),
        ];
        table.row(facts.into_iter().chain(times));
    }
    Ok(table)
}

/// A `build.rs` that gives each tenant a queue with its dead-letter queue, alarms for both, a subscription, a
/// parameter and a log group.
fn script(tenants: usize) -> String {
    const SCRIPT: &str = r##"#[path = "src/stack.rs"]
mod stack;

use webhook_infra::{Resource, Value, expression, reference, template};

fn alarm(name: String, queue: &str, metric: &str, threshold: u32) -> Resource {
    Resource::new("aws_cloudwatch_metric_alarm", name.as_str())
        .set("alarm_name", name)
        .set("namespace", "AWS/SQS")
        .set("metric_name", metric)
        .set("dimensions", Value::from(std::collections::BTreeMap::from([(
            "QueueName",
            reference(&format!("aws_sqs_queue.{queue}.name")),
        )])))
        .set("comparison_operator", "GreaterThanOrEqualToThreshold")
        .set("threshold", threshold)
        .set("period", 300)
        .set("evaluation_periods", 1)
        .set("statistic", "Maximum")
        .set("treat_missing_data", "notBreaching")
        .set("alarm_actions", [reference("aws_sns_topic.alerts.arn")])
}

fn main() {
    let resources = (0..TENANTS).flat_map(|number| {
        let tenant = format!("tenant_{number}");
        let dead = format!("{tenant}_dead");
        [
            Resource::new("aws_sqs_queue", dead.as_str())
                .set("name", format!("scale-{tenant}-dead"))
                .set("sqs_managed_sse_enabled", true)
                .set("message_retention_seconds", 1_209_600)
                .set("redrive_allow_policy", expression(r#"jsonencode({redrivePermission = "allowAll"})"#)),
            Resource::new("aws_sqs_queue", tenant.as_str())
                .set("name", format!("scale-{tenant}"))
                .set("sqs_managed_sse_enabled", true)
                .set("visibility_timeout_seconds", 300)
                .set("redrive_policy", expression(&format!(
                    "jsonencode({{deadLetterTargetArn = aws_sqs_queue.{dead}.arn, maxReceiveCount = 3}})"
                ))),
            alarm(format!("{tenant}_backlog"), &tenant, "ApproximateAgeOfOldestMessage", 600),
            alarm(format!("{tenant}_dead"), &dead, "ApproximateNumberOfMessagesVisible", 1),
            Resource::new("aws_sns_topic_subscription", tenant.as_str())
                .set("topic_arn", reference("aws_sns_topic.alerts.arn"))
                .set("protocol", "email")
                .set("endpoint", format!("{tenant}@example.com")),
            Resource::new("aws_ssm_parameter", tenant.as_str())
                .set("name", format!("/scale/{tenant}/queue"))
                .set("type", "String")
                .set("value", reference(&format!("aws_sqs_queue.{tenant}.url"))),
            Resource::new("aws_cloudwatch_log_group", tenant.as_str())
                .set("name", template(&format!("/scale/{tenant}")))
                .set("retention_in_days", 30),
        ]
    });
    webhook_infra::build::<stack::scale::Stack>().extend(resources).write_to("out");
}
"##;
    SCRIPT.replace("TENANTS", &tenants.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_has_the_number_and_what_is_edited() {
        let script = script(12);
        assert!(script.contains("(0..12)"));
        assert!(script.contains(EDIT.texts[0]) && !script.contains(EDIT.texts[1]));
    }
}
