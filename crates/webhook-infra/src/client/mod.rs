//! The clients behind the capabilities, for the functions' own code.
//!
//! `Ingestion::connect()` reads the environment that the stack has set and makes the clients that the
//! fields of `Ingestion` need, and no others.

mod environment;
mod error;
mod greeting;
mod held;
mod http;
mod sdk;

#[cfg(feature = "dynamodb")]
mod dynamodb;
#[cfg(feature = "dynamodb")]
mod dynamodb_batch;
#[cfg(feature = "dynamodb")]
mod dynamodb_query;
#[cfg(feature = "dynamodb")]
mod dynamodb_scan;
#[cfg(feature = "dynamodb")]
mod dynamodb_update;
#[cfg(feature = "eventbridge")]
mod eventbridge;
#[cfg(feature = "dynamodb")]
mod expression;
#[cfg(feature = "invoke")]
mod invoke;
#[cfg(feature = "kinesis")]
mod kinesis;
#[cfg(feature = "kms")]
mod kms;
#[cfg(feature = "logs")]
mod logs;
#[cfg(feature = "s3")]
mod s3;
#[cfg(feature = "secretsmanager")]
mod secret_rotation;
#[cfg(feature = "secretsmanager")]
mod secretsmanager;
#[cfg(feature = "sfn")]
mod sfn;
#[cfg(feature = "sns")]
mod sns;
#[cfg(feature = "sqs")]
mod sqs;
#[cfg(feature = "sqs")]
mod sqs_batch;
#[cfg(feature = "sqs")]
mod sqs_receive;
#[cfg(feature = "ssm")]
mod ssm;
#[cfg(any(feature = "dynamodb", feature = "lambda"))]
mod table_item;

pub use environment::{ConnectError, Place, Variable};
pub use error::{Error, ErrorKind};
pub use greeting::greet;
pub use held::Held;
pub use sdk::Sdk;

#[cfg(feature = "dynamodb")]
pub use dynamodb::Put;
#[cfg(feature = "dynamodb")]
pub use dynamodb_query::{Page, QueryRequest};
#[cfg(feature = "dynamodb")]
pub use expression::Expression;
#[cfg(feature = "kms")]
pub use kms::DataKey;
#[cfg(feature = "s3")]
pub use s3::{Object, PutObjectRequest, Stored};
#[cfg(feature = "secretsmanager")]
pub use secretsmanager::SecretValue;
#[cfg(feature = "sqs")]
pub use sqs::SendMessageRequest;
#[cfg(feature = "sqs")]
pub use sqs_batch::{BatchOutcome, Unsent};
#[cfg(feature = "sqs")]
pub use sqs_receive::Received;
#[cfg(any(feature = "dynamodb", feature = "lambda"))]
pub use table_item::TableItem;

/// A capability that has a client here.
///
/// The lifetime has no meaning but that rustc looks at the bound where `connect` is called, and not where
/// the stack stands.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no client in this build of `webhook-infra`",
    label = "this function has a field of a service that is not turned on",
    note = "turn its feature on in the functions' Cargo.toml, as in `webhook-infra = {{ …, features = [\"sqs\"] }}`: queues are in `sqs`, tables in `dynamodb`, buckets in `s3`, topics in `sns`, secrets in `secretsmanager`, parameters in `ssm`, event buses in `eventbridge`, streams in `kinesis`, functions in `invoke`, keys in `kms`, log groups in `logs`, state machines in `sfn`"
)]
pub trait Client<'a>: Sized {
    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When the variable is not there.
    #[doc(hidden)]
    fn connect(sdk: &std::sync::Arc<Sdk>, variable: Variable) -> Result<Self, ConnectError>;

    /// The host to connect to before the first request.
    #[doc(hidden)]
    fn host(sdk: &Sdk) -> Option<String>;
}

/// What travels through a queue, a topic or a stream.
pub trait Carrier {
    /// The type that the stack says, or `String` where it says none.
    type Message;

    /// The message as text.
    ///
    /// # Errors
    ///
    /// When its type cannot be written as JSON.
    #[doc(hidden)]
    fn encode(message: &Self::Message) -> Result<String, serde_json::Error>;

    /// The text as message.
    ///
    /// # Errors
    ///
    /// When it is none of that type.
    #[doc(hidden)]
    fn decode(text: &str) -> Result<Self::Message, serde_json::Error>;
}

/// The number of seconds in a constant of the stack; 0 when it is none.
#[doc(hidden)]
pub fn seconds(constant: &dyn crate::Constant) -> u64 {
    match constant.to_value().kind {
        webhook_infra_core::ValueKind::Number(number) => number.as_u64().unwrap_or(0),
        _ => 0,
    }
}
