//! Capabilities: the types of a function's fields, each one permission.
//!
//! `events: SendMessage<Events>` in a struct with `#[lambda]` gives the function's role
//! `sqs:SendMessage` on that queue and nothing else, and its environment the queue's URL.

use std::fmt;
use std::marker::PhantomData;

use crate::kind::{
    Bucket, EventBus, Function, Key, LogGroup, Parameter, Queue, Secret, StateMachine, Stream,
    Table, Topic,
};

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident: $kind:ident)*) => {$(
        $(#[$doc])*
        pub struct $name<R: $kind>(PhantomData<fn() -> R>);

        impl<R: $kind> fmt::Debug for $name<R> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), R::ADDRESS)
            }
        }
    )*};
}

capabilities! {
    /// Sends messages to a queue, one or a batch (`sqs:SendMessage`).
    SendMessage: Queue
    /// Receives messages from a queue and deletes them (`sqs:ReceiveMessage`, `sqs:DeleteMessage`,
    /// `sqs:GetQueueAttributes`). A function with a `trigger` needs no such field.
    ReceiveMessage: Queue
    /// Reads an item by its key (`dynamodb:GetItem`).
    GetItem: Table
    /// Reads several items by their keys (`dynamodb:BatchGetItem`).
    BatchGetItem: Table
    /// Writes an item, with or without a condition (`dynamodb:PutItem`).
    PutItem: Table
    /// Changes an item (`dynamodb:UpdateItem`).
    UpdateItem: Table
    /// Deletes an item (`dynamodb:DeleteItem`).
    DeleteItem: Table
    /// Writes or deletes several items (`dynamodb:BatchWriteItem`).
    BatchWriteItem: Table
    /// Reads the items of one partition, of the table or of its indexes (`dynamodb:Query`).
    Query: Table
    /// Reads all items, of the table or of its indexes (`dynamodb:Scan`).
    Scan: Table
    /// Writes objects (`s3:PutObject`).
    PutObject: Bucket
    /// Reads objects (`s3:GetObject`).
    GetObject: Bucket
    /// Deletes objects (`s3:DeleteObject`).
    DeleteObject: Bucket
    /// Lists the objects of a bucket (`s3:ListBucket`).
    ListObjects: Bucket
    /// Publishes messages to a topic (`sns:Publish`).
    Publish: Topic
    /// Puts events on a bus (`events:PutEvents`).
    PutEvents: EventBus
    /// Writes records to a stream, one at a time (`kinesis:PutRecord`).
    PutRecord: Stream
    /// Writes up to 500 records to a stream in one request (`kinesis:PutRecords`).
    PutRecords: Stream
    /// Invokes another function (`lambda:InvokeFunction`).
    Invoke: Function
    /// Encrypts up to 4 KB with a key (`kms:Encrypt`).
    Encrypt: Key
    /// Decrypts what was encrypted with a key, data keys too (`kms:Decrypt`).
    Decrypt: Key
    /// Makes data keys, to encrypt more than 4 KB (`kms:GenerateDataKey`).
    GenerateDataKey: Key
    /// Signs with a key whose `usage` is `sign` (`kms:Sign`).
    Sign: Key
    /// Checks signatures of a key whose `usage` is `sign` (`kms:Verify`).
    Verify: Key
    /// Reads the public half of a key, to check signatures without KMS (`kms:GetPublicKey`).
    GetPublicKey: Key
    /// Makes authentication codes with a key whose `usage` is `mac` (`kms:GenerateMac`).
    GenerateMac: Key
    /// Checks authentication codes of a key whose `usage` is `mac` (`kms:VerifyMac`).
    VerifyMac: Key
    /// Reads the value of a secret (`secretsmanager:GetSecretValue`).
    GetSecretValue: Secret
    /// Gives a secret another value (`secretsmanager:PutSecretValue`).
    PutSecretValue: Secret
    /// Rotates a secret, as the function in its `rotation(…)` does (`secretsmanager:DescribeSecret`,
    /// `secretsmanager:GetSecretValue`, `secretsmanager:PutSecretValue`,
    /// `secretsmanager:UpdateSecretVersionStage`, and `secretsmanager:GetRandomPassword`, which knows no
    /// resources).
    RotateSecret: Secret
    /// Reads the value of a parameter (`ssm:GetParameter`).
    GetParameter: Parameter
    /// Gives a parameter another value (`ssm:PutParameter`).
    PutParameter: Parameter
    /// Writes events to a log group, into streams that it makes (`logs:CreateLogStream`,
    /// `logs:PutLogEvents`).
    PutLogEvents: LogGroup
    /// Starts an execution of a state machine and goes on without waiting for it
    /// (`states:StartExecution`).
    StartExecution: StateMachine
    /// Starts an execution of a state machine of the type EXPRESS and waits for its result
    /// (`states:StartSyncExecution`).
    StartSyncExecution: StateMachine
}
