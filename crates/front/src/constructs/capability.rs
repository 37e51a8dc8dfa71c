//! Capabilities: a field such as `events: SendMessage<Events>` is one permission.
//!
//! It becomes the statement with exactly these actions on exactly that resource in the role of the
//! function, the environment variable that tells the function where the resource is, and, in the
//! function's own code, a client that can do nothing else.

/// A permission that a function can be given.
pub struct Capability {
    /// The type's name, which is the API's name of the operation.
    pub name: &'static str,
    /// What it lets the function do.
    pub doc: &'static str,
    /// The construct it applies to.
    pub construct: &'static str,
    /// The IAM actions, exactly.
    pub actions: &'static [&'static str],
    /// What of the resource the actions apply to.
    pub scope: Scope,
    /// What the actions need of the key, when the resource is encrypted with one of the stack's own.
    pub key_actions: &'static [&'static str],
}

/// What of a resource a permission is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The resource itself.
    Itself,
    /// The objects of a bucket.
    Objects,
    /// A table and its indexes.
    WithIndexes,
    /// The streams of a log group.
    Streams,
}

/// The environment variable that carries a resource's whereabouts: the ending of its name, and the
/// attribute in it.
pub fn environment(construct: &str) -> (&'static str, &'static str) {
    match construct {
        "sqs" => ("QUEUE_URL", "url"),
        "dynamodb" => ("TABLE_NAME", "name"),
        "s3" => ("BUCKET_NAME", "bucket"),
        "sns" => ("TOPIC_ARN", "arn"),
        "event_bus" => ("EVENT_BUS_NAME", "name"),
        "kinesis" => ("STREAM_NAME", "name"),
        "kms_key" => ("KEY_ARN", "arn"),
        "secret" => ("SECRET_ARN", "arn"),
        "parameter" => ("PARAMETER_NAME", "name"),
        "log_group" => ("LOG_GROUP_NAME", "name"),
        "state_machine" => ("STATE_MACHINE_ARN", "arn"),
        _ => ("FUNCTION_NAME", "function_name"),
    }
}

const READ_KEY: &[&str] = &["kms:Decrypt"];
/// What writing to something encrypted takes, whoever writes.
pub(super) const WRITE_KEY: &[&str] = &["kms:Decrypt", "kms:GenerateDataKey"];
/// The first for parameters of the standard tier, the second for those of the advanced one.
const PARAMETER_KEY: &[&str] = &["kms:Encrypt", "kms:GenerateDataKey"];

const fn on(
    construct: &'static str,
    name: &'static str,
    actions: &'static [&'static str],
    scope: Scope,
    key_actions: &'static [&'static str],
    doc: &'static str,
) -> Capability {
    Capability {
        name,
        doc,
        construct,
        actions,
        scope,
        key_actions,
    }
}

/// All capabilities.
pub static CAPABILITIES: &[Capability] = &[
    on(
        "sqs",
        "SendMessage",
        &["sqs:SendMessage"],
        Scope::Itself,
        WRITE_KEY,
        "Send messages to a queue, one or a batch.",
    ),
    on(
        "sqs",
        "ReceiveMessage",
        &[
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ],
        Scope::Itself,
        READ_KEY,
        "Receive messages from a queue and delete them. A function with a `trigger` needs no such field.",
    ),
    on(
        "dynamodb",
        "GetItem",
        &["dynamodb:GetItem"],
        Scope::Itself,
        READ_KEY,
        "Read an item by its key.",
    ),
    on(
        "dynamodb",
        "BatchGetItem",
        &["dynamodb:BatchGetItem"],
        Scope::Itself,
        READ_KEY,
        "Read several items by their keys.",
    ),
    on(
        "dynamodb",
        "PutItem",
        &["dynamodb:PutItem"],
        Scope::Itself,
        WRITE_KEY,
        "Write an item, with or without a condition.",
    ),
    on(
        "dynamodb",
        "UpdateItem",
        &["dynamodb:UpdateItem"],
        Scope::Itself,
        WRITE_KEY,
        "Change an item.",
    ),
    on(
        "dynamodb",
        "DeleteItem",
        &["dynamodb:DeleteItem"],
        Scope::Itself,
        WRITE_KEY,
        "Delete an item.",
    ),
    on(
        "dynamodb",
        "BatchWriteItem",
        &["dynamodb:BatchWriteItem"],
        Scope::Itself,
        WRITE_KEY,
        "Write or delete several items.",
    ),
    on(
        "dynamodb",
        "Query",
        &["dynamodb:Query"],
        Scope::WithIndexes,
        READ_KEY,
        "Read the items of one partition, of the table or of its indexes.",
    ),
    on(
        "dynamodb",
        "Scan",
        &["dynamodb:Scan"],
        Scope::WithIndexes,
        READ_KEY,
        "Read all items, of the table or of its indexes.",
    ),
    on(
        "s3",
        "PutObject",
        &["s3:PutObject"],
        Scope::Objects,
        WRITE_KEY,
        "Write objects.",
    ),
    on(
        "s3",
        "GetObject",
        &["s3:GetObject"],
        Scope::Objects,
        READ_KEY,
        "Read objects.",
    ),
    on(
        "s3",
        "DeleteObject",
        &["s3:DeleteObject"],
        Scope::Objects,
        &[],
        "Delete objects.",
    ),
    on(
        "s3",
        "ListObjects",
        &["s3:ListBucket"],
        Scope::Itself,
        &[],
        "List the objects of a bucket.",
    ),
    on(
        "sns",
        "Publish",
        &["sns:Publish"],
        Scope::Itself,
        WRITE_KEY,
        "Publish messages to a topic.",
    ),
    on(
        "event_bus",
        "PutEvents",
        &["events:PutEvents"],
        Scope::Itself,
        &[],
        "Put events on a bus.",
    ),
    on(
        "kinesis",
        "PutRecord",
        &["kinesis:PutRecord"],
        Scope::Itself,
        &["kms:GenerateDataKey"],
        "Write records to a stream, one at a time.",
    ),
    on(
        "kinesis",
        "PutRecords",
        &["kinesis:PutRecords"],
        Scope::Itself,
        &["kms:GenerateDataKey"],
        "Write up to 500 records to a stream in one request.",
    ),
    on(
        "lambda",
        "Invoke",
        &["lambda:InvokeFunction"],
        Scope::Itself,
        &[],
        "Invoke another function.",
    ),
    on(
        "kms_key",
        "Encrypt",
        &["kms:Encrypt"],
        Scope::Itself,
        &[],
        "Encrypt up to 4 KB with a key.",
    ),
    on(
        "kms_key",
        "Decrypt",
        &["kms:Decrypt"],
        Scope::Itself,
        &[],
        "Decrypt what was encrypted with a key, data keys too.",
    ),
    on(
        "kms_key",
        "GenerateDataKey",
        &["kms:GenerateDataKey"],
        Scope::Itself,
        &[],
        "Make data keys, to encrypt more than 4 KB.",
    ),
    on(
        "kms_key",
        "Sign",
        &["kms:Sign"],
        Scope::Itself,
        &[],
        "Sign with a key whose `usage` is `sign`.",
    ),
    on(
        "kms_key",
        "Verify",
        &["kms:Verify"],
        Scope::Itself,
        &[],
        "Check signatures of a key whose `usage` is `sign`.",
    ),
    on(
        "kms_key",
        "GetPublicKey",
        &["kms:GetPublicKey"],
        Scope::Itself,
        &[],
        "Read the public half of a key, to check signatures without KMS.",
    ),
    on(
        "kms_key",
        "GenerateMac",
        &["kms:GenerateMac"],
        Scope::Itself,
        &[],
        "Make authentication codes with a key whose `usage` is `mac`.",
    ),
    on(
        "kms_key",
        "VerifyMac",
        &["kms:VerifyMac"],
        Scope::Itself,
        &[],
        "Check authentication codes of a key whose `usage` is `mac`.",
    ),
    on(
        "secret",
        "GetSecretValue",
        &["secretsmanager:GetSecretValue"],
        Scope::Itself,
        READ_KEY,
        "Read the value of a secret.",
    ),
    on(
        "secret",
        "PutSecretValue",
        &["secretsmanager:PutSecretValue"],
        Scope::Itself,
        WRITE_KEY,
        "Give a secret another value.",
    ),
    on(
        "secret",
        "RotateSecret",
        &[
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage",
        ],
        Scope::Itself,
        WRITE_KEY,
        "Rotate a secret, as the function in its `rotation(…)` does; with `secretsmanager:GetRandomPassword` on `*`, which knows no resources.",
    ),
    on(
        "parameter",
        "GetParameter",
        &["ssm:GetParameter"],
        Scope::Itself,
        READ_KEY,
        "Read the value of a parameter.",
    ),
    on(
        "parameter",
        "PutParameter",
        &["ssm:PutParameter"],
        Scope::Itself,
        PARAMETER_KEY,
        "Give a parameter another value.",
    ),
    on(
        "log_group",
        "PutLogEvents",
        &["logs:CreateLogStream", "logs:PutLogEvents"],
        Scope::Streams,
        &[],
        "Write events to a log group, into streams that it makes.",
    ),
    on(
        "state_machine",
        "StartExecution",
        &["states:StartExecution"],
        Scope::Itself,
        &[],
        "Start an execution of a state machine and go on without waiting for it.",
    ),
    on(
        "state_machine",
        "StartSyncExecution",
        &["states:StartSyncExecution"],
        Scope::Itself,
        &[],
        "Start an execution of a state machine of the type EXPRESS and wait for its result.",
    ),
];
