//! What Lambda itself calls with a function's role.
//!
//! Source: AWS Lambda Developer Guide, "`AWSLambdaSQSQueueExecutionRole`" and "`AWSLambdaBasicExecutionRole`".

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::world::World;
use crate::error::Error;

/// A call.
pub(super) struct Call {
    action: &'static str,
    pub(super) service: &'static str,
    /// The operation, as in the header `x-amz-target`.
    pub(super) target: &'static str,
    /// What it is called with, for a resource of the policy.
    pub(super) input: fn(&World, &str) -> Result<Value, Error>,
}

const CALLS: [Call; 5] = [
    Call {
        action: "logs:CreateLogStream",
        service: "logs",
        target: "Logs_20140328.CreateLogStream",
        input: |_, arn| {
            let stream = format!("checks-{:016x}", fastrand::u64(..));
            Ok(json!({ "logGroupName": log_group(arn)?, "logStreamName": stream }))
        },
    },
    Call {
        action: "logs:PutLogEvents",
        service: "logs",
        target: "Logs_20140328.PutLogEvents",
        input: |_, arn| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH);
            let event = json!({
                "timestamp": u64::try_from(since.unwrap_or_default().as_millis()).unwrap_or_default(),
                "message": "a line of the checks",
            });
            // There is no such stream, which is found out after the permission.
            Ok(
                json!({ "logGroupName": log_group(arn)?, "logStreamName": "none", "logEvents": [event] }),
            )
        },
    },
    Call {
        action: "sqs:ReceiveMessage",
        service: "sqs",
        target: "AmazonSQS.ReceiveMessage",
        input: |world, _| Ok(json!({ "QueueUrl": world.queue, "MaxNumberOfMessages": 1 })),
    },
    Call {
        action: "sqs:DeleteMessage",
        service: "sqs",
        target: "AmazonSQS.DeleteMessage",
        input: |world, _| Ok(json!({ "QueueUrl": world.queue, "ReceiptHandle": "none" })),
    },
    Call {
        action: "sqs:GetQueueAttributes",
        service: "sqs",
        target: "AmazonSQS.GetQueueAttributes",
        input: |world, _| Ok(json!({ "QueueUrl": world.queue, "AttributeNames": ["All"] })),
    },
];

/// The call that an action of a role allows Lambda to make.
pub(super) fn find(action: &str) -> Option<&'static Call> {
    CALLS.iter().find(|call| call.action == action)
}

/// The policy with a statement as the emulator understands it: it names a log group without the `:*` that AWS has at
/// the end, where the streams are.
pub(super) fn for_the_emulator(document: &Value, place: usize) -> Value {
    let mut document = document.clone();
    let resource = &mut document["Statement"][place]["Resource"];
    let resources = match resource {
        Value::Array(several) => several.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for resource in resources {
        let group = resource.as_str().filter(|arn| arn.contains(":log-group:"));
        if let Some(group) = group.and_then(|arn| arn.strip_suffix(":*")) {
            *resource = json!(group);
        }
    }
    document
}

/// The name in `arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/status:*`.
fn log_group(arn: &str) -> Result<&str, Error> {
    arn.split_once(":log-group:")
        .and_then(|(_, rest)| rest.split(':').next())
        .ok_or_else(|| Error::new(format!("`{arn}` is the ARN of no log group")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_is_in_the_arn() {
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/status:*";
        assert_eq!(log_group(arn).unwrap(), "/aws/lambda/status");
        assert!(log_group("arn:aws:sqs:us-east-1:000000000000:events").is_err());
    }

    #[test]
    fn only_log_groups_are_named_in_another_way() {
        let group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/status";
        let queue = "arn:aws:sqs:us-east-1:000000000000:events";
        let policy = |group: String| json!({ "Statement": [{ "Resource": [group, queue] }, { "Resource": queue }] });
        let changed = for_the_emulator(&policy(format!("{group}:*")), 0);
        assert_eq!(changed, policy(group.to_owned()));
        assert_eq!(for_the_emulator(&changed, 1), changed);
    }
}
