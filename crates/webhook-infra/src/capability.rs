//! Capabilities: the types of a function's fields, each one permission.
//!
//! `events: SendMessage<Events>` in a struct with `#[lambda]` gives the function's role
//! `sqs:SendMessage` on that queue and nothing else, and its environment the queue's URL.

use std::fmt;
use std::marker::PhantomData;
#[cfg(feature = "client")]
use std::sync::Arc;

#[cfg(feature = "client")]
use crate::client::{Client, ConnectError, Error, Held, Place, Sdk, Variable};

use crate::kind::{
    Bucket, EventBus, Function, Key, LogGroup, Parameter, Queue, Secret, StateMachine, Stream,
    Table, Topic,
};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident: $kind:ident $(, $feature:literal $sdk:ident $service:ident)?)*) => {$(
        $(#[$doc])*
        pub struct $name<R: $kind> {
            $(
                #[cfg(feature = $feature)]
                pub(crate) held: Held<$sdk::Client>,
            )?
            resource: PhantomData<fn() -> R>,
        }

        impl<R: $kind> fmt::Debug for $name<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), R::ADDRESS)
            }
        }

        $(
            #[cfg(feature = $feature)]
            impl<R: $kind> Clone for $name<R> {
                fn clone(&self) -> Self {
                    Self { held: self.held.clone(), resource: PhantomData }
                }
            }

            #[cfg(feature = $feature)]
            impl<R: $kind> $name<R> {
                /// With a client of the SDK's of your own, for tests: `place` is what the stack puts into
                /// the function's environment, such as a queue's URL.
                pub fn with_client(client: $sdk::Client, place: impl Into<String>) -> Self {
                    Self { held: Held::new(client, Place::One(place.into())), resource: PhantomData }
                }

                /// One of several instances, of a resource with `count` (by its number) or `for_each`.
                ///
                /// # Errors
                ///
                /// When there is no such instance.
                pub fn instance(&self, key: &str) -> Result<Self, Error> {
                    let held = self.held.instance(stringify!($name), key)?;
                    Ok(Self { held, resource: PhantomData })
                }
            }

            #[cfg(feature = $feature)]
            impl<R: $kind> Client<'_> for $name<R> {
                fn connect(sdk: &Arc<Sdk>, variable: Variable) -> Result<Self, ConnectError> {
                    let held = Held::shared(sdk, Sdk::$service, variable.read()?);
                    Ok(Self { held, resource: PhantomData })
                }

                fn host(sdk: &Sdk) -> Option<String> {
                    sdk.host::<$sdk::Client>()
                }
            }
        )?
    )*};
}

capabilities! {
    /// Sends messages to a queue, one or a batch (`sqs:SendMessage`).
    SendMessage: Queue, "sqs" aws_sdk_sqs sqs
    /// Receives messages from a queue and deletes them (`sqs:ReceiveMessage`, `sqs:DeleteMessage`,
    /// `sqs:GetQueueAttributes`). A function with a `trigger` needs no such field.
    ReceiveMessage: Queue, "sqs" aws_sdk_sqs sqs
    /// Reads an item by its key (`dynamodb:GetItem`).
    GetItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Reads several items by their keys (`dynamodb:BatchGetItem`).
    BatchGetItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Writes an item, with or without a condition (`dynamodb:PutItem`).
    PutItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Changes an item (`dynamodb:UpdateItem`).
    UpdateItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Deletes an item (`dynamodb:DeleteItem`).
    DeleteItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Writes or deletes several items (`dynamodb:BatchWriteItem`).
    BatchWriteItem: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Reads the items of one partition, of the table or of its indexes (`dynamodb:Query`).
    Query: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Reads all items, of the table or of its indexes (`dynamodb:Scan`).
    Scan: Table, "dynamodb" aws_sdk_dynamodb dynamodb
    /// Writes objects (`s3:PutObject`).
    PutObject: Bucket, "s3" aws_sdk_s3 s3
    /// Reads objects (`s3:GetObject`).
    GetObject: Bucket, "s3" aws_sdk_s3 s3
    /// Deletes objects (`s3:DeleteObject`).
    DeleteObject: Bucket, "s3" aws_sdk_s3 s3
    /// Lists the objects of a bucket (`s3:ListBucket`).
    ListObjects: Bucket, "s3" aws_sdk_s3 s3
    /// Publishes messages to a topic (`sns:Publish`).
    Publish: Topic, "sns" aws_sdk_sns sns
    /// Puts events on a bus (`events:PutEvents`).
    PutEvents: EventBus, "eventbridge" aws_sdk_eventbridge eventbridge
    /// Writes records to a stream, one at a time (`kinesis:PutRecord`).
    PutRecord: Stream, "kinesis" aws_sdk_kinesis kinesis
    /// Writes up to 500 records to a stream in one request (`kinesis:PutRecords`).
    PutRecords: Stream, "kinesis" aws_sdk_kinesis kinesis
    /// Invokes another function (`lambda:InvokeFunction`).
    Invoke: Function, "invoke" aws_sdk_lambda invoke
    /// Encrypts up to 4 KB with a key (`kms:Encrypt`).
    Encrypt: Key, "kms" aws_sdk_kms kms
    /// Decrypts what was encrypted with a key, data keys too (`kms:Decrypt`).
    Decrypt: Key, "kms" aws_sdk_kms kms
    /// Makes data keys, to encrypt more than 4 KB (`kms:GenerateDataKey`).
    GenerateDataKey: Key, "kms" aws_sdk_kms kms
    /// Signs with a key whose `usage` is `sign` (`kms:Sign`).
    Sign: Key, "kms" aws_sdk_kms kms
    /// Checks signatures of a key whose `usage` is `sign` (`kms:Verify`).
    Verify: Key, "kms" aws_sdk_kms kms
    /// Reads the public half of a key, to check signatures without KMS (`kms:GetPublicKey`).
    GetPublicKey: Key, "kms" aws_sdk_kms kms
    /// Makes authentication codes with a key whose `usage` is `mac` (`kms:GenerateMac`).
    GenerateMac: Key, "kms" aws_sdk_kms kms
    /// Checks authentication codes of a key whose `usage` is `mac` (`kms:VerifyMac`).
    VerifyMac: Key, "kms" aws_sdk_kms kms
    /// Reads the value of a secret (`secretsmanager:GetSecretValue`).
    GetSecretValue: Secret, "secretsmanager" aws_sdk_secretsmanager secretsmanager
    /// Gives a secret another value (`secretsmanager:PutSecretValue`).
    PutSecretValue: Secret, "secretsmanager" aws_sdk_secretsmanager secretsmanager
    /// Rotates a secret, as the function in its `rotation(…)` does (`secretsmanager:DescribeSecret`,
    /// `secretsmanager:GetSecretValue`, `secretsmanager:PutSecretValue`,
    /// `secretsmanager:UpdateSecretVersionStage`, and `secretsmanager:GetRandomPassword`, which knows no
    /// resources).
    RotateSecret: Secret, "secretsmanager" aws_sdk_secretsmanager secretsmanager
    /// Reads the value of a parameter (`ssm:GetParameter`).
    GetParameter: Parameter, "ssm" aws_sdk_ssm ssm
    /// Gives a parameter another value (`ssm:PutParameter`).
    PutParameter: Parameter, "ssm" aws_sdk_ssm ssm
    /// Writes events to a log group, into streams that it makes (`logs:CreateLogStream`,
    /// `logs:PutLogEvents`).
    PutLogEvents: LogGroup, "logs" aws_sdk_cloudwatchlogs logs
    /// Starts an execution of a state machine and goes on without waiting for it
    /// (`states:StartExecution`).
    StartExecution: StateMachine, "sfn" aws_sdk_sfn sfn
    /// Starts an execution of a state machine of the type EXPRESS and waits for its result
    /// (`states:StartSyncExecution`).
    StartSyncExecution: StateMachine, "sfn" aws_sdk_sfn sfn
}
