//! The kinds of resource, as traits: `#[stack]` implements one for each struct, so that a capability
//! accepts only what it is for, also across modules and crates.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is not what this capability is for",
            note = "capabilities take a struct that `#[stack]` has made a resource of the fitting kind"
        )]
        pub trait $name {
            /// The resource's address in Terraform, such as `aws_sqs_queue.events`.
            const ADDRESS: &'static str;
        }
    )*};
}

kinds! {
    /// A CloudWatch alarm: a struct with `#[alarm]`.
    Alarm
    /// An S3 bucket: a struct with `#[s3]`.
    Bucket
    /// An EventBridge event bus: a struct with `#[event_bus]`.
    EventBus
    /// A rule of an event bus: a struct with `#[event_rule]`.
    EventRule
    /// A CloudWatch dashboard: a struct with `#[dashboard]`.
    Dashboard
    /// A CloudFront distribution: a struct with `#[cloudfront]`.
    Distribution
    /// A Lambda function: a struct with `#[lambda]`.
    Function
    /// A Lambda layer: a struct with `#[layer]`.
    Layer
    /// An HTTP API: a struct with `#[http_api]`.
    HttpApi
    /// A KMS key: a struct with `#[kms_key]`.
    Key
    /// A log group: a struct with `#[log_group]`.
    LogGroup
    /// A parameter of Parameter Store: a struct with `#[parameter]`.
    Parameter
    /// An SQS queue: a struct with `#[sqs]`.
    Queue
    /// A REST API: a struct with `#[rest_api]`.
    RestApi
    /// A schedule: a struct with `#[schedule]`.
    Schedule
    /// A Kinesis data stream: a struct with `#[kinesis]`.
    Stream
    /// A secret of Secrets Manager: a struct with `#[secret]`.
    Secret
    /// A Step Functions state machine: a struct with `#[state_machine]`.
    StateMachine
    /// A DynamoDB table: a struct with `#[dynamodb]`.
    Table
    /// An SNS topic: a struct with `#[sns]`.
    Topic
}

/// Any JSON at all, in the fields of a struct that describes a request's body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Json;
