//! The kinds of resource, as traits: `#[stack]` implements one for each struct, so that a capability
//! accepts only what it is for, also across modules and crates.

use crate::declared::Declared;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $(: $message:literal)?)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            $(message = $message,)?
            label = "this is of another kind, or no stack declares it",
            note = "the construct on a struct in a module with `#[stack(…)]` says of what kind it is"
        )]
        pub trait $name: Declared {
            #[doc(hidden)]
            const CHECKED: () = ();
        }
    )*};
}

kinds! {
    /// A CloudWatch alarm: a struct with `#[alarm]`.
    Alarm: "`{Self}` is no alarm; a struct with `#[alarm]` is wanted here"
    /// An S3 bucket: a struct with `#[s3]`.
    Bucket: "`{Self}` is no bucket; a struct with `#[s3]` is wanted here"
    /// An EventBridge event bus: a struct with `#[event_bus]`.
    EventBus
    /// A rule of an event bus: a struct with `#[event_rule]`.
    EventRule
    /// A CloudWatch dashboard: a struct with `#[dashboard]`.
    Dashboard
    /// A CloudFront distribution: a struct with `#[cloudfront]`.
    Distribution
    /// A Lambda function: a struct with `#[lambda]`.
    Function: "`{Self}` is no function; a struct with `#[lambda]` is wanted here"
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
    Queue: "`{Self}` is no queue; a struct with `#[sqs]` is wanted here"
    /// A REST API: a struct with `#[rest_api]`.
    RestApi: "`{Self}` is no REST API; a struct with `#[rest_api]` is wanted here"
    /// A schedule: a struct with `#[schedule]`.
    Schedule
    /// A Kinesis data stream: a struct with `#[kinesis]`.
    Stream
    /// A secret of Secrets Manager: a struct with `#[secret]`.
    Secret
    /// A Step Functions state machine: a struct with `#[state_machine]`.
    StateMachine
    /// A DynamoDB table: a struct with `#[dynamodb]`.
    Table: "`{Self}` is no table; a struct with `#[dynamodb]` is wanted here"
    /// An SNS topic: a struct with `#[sns]`.
    Topic: "`{Self}` is no topic; a struct with `#[sns]` is wanted here"
}

/// Any JSON at all, in the fields of a struct that describes a request's body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "client", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "client", serde(transparent))]
pub struct Json(pub serde_json::Value);
