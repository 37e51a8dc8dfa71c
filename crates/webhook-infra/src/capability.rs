//! Capabilities: the types of a function's fields, each one permission.
//!
//! `events: SendMessage<Events>` in a struct with `#[lambda]` gives the function's role
//! `sqs:SendMessage` on that queue and nothing else, and its environment the queue's URL.

use std::fmt;
use std::marker::PhantomData;

use crate::kind::{Bucket, EventBus, Function, Queue, Stream, Table, Topic};

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
}
