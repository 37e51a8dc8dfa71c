//! How a function answers what calls it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use lambda_runtime::{Diagnostic, Error};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::batch::{serve_each, serve_in_order};
use super::invocation::serve;
use super::{
    Batching, Change, Invocation, Message, Notification, ObjectEvent, Record, Request, Response,
    messages,
};
use crate::client::{Carrier, TableItem};

/// What a function is called by. The message is what rustc says where a function is called by something else.
macro_rules! callers {
    ($($(#[$doc:meta])* $name:ident { $($item:tt)* } $message:literal, $label:literal;)*) => {$(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(
            message = $message,
            label = $label,
            note = "what calls a function in the stack decides how it serves: a queue `serve_messages`, a stream `serve_records`, a table `serve_changes`, a topic `serve_notifications`, a bucket `serve_objects`, a REST API `serve_requests`, anything else, or several kinds of these, `serve_events`"
        )]
        pub trait $name { $($item)* }
    )*};
}

callers! {
    /// A function that a queue triggers, with partial batch responses.
    HandlesMessages {
        /// The queue.
        type Queue: Carrier + 'static;
    }
        "no queue triggers `{Self}`", "it gets no messages of a queue";
    /// A function that a stream triggers, with partial batch responses.
    HandlesRecords {
        /// The stream.
        type Stream: Carrier + 'static;
    }
        "no stream triggers `{Self}`", "it gets no records of a stream";
    /// A function that a table's stream triggers, with partial batch responses.
    HandlesChanges {
        /// The table.
        type Table: TableItem + 'static;
    }
        "no table triggers `{Self}`", "it gets no changes of a table";
    /// A function that a topic triggers.
    HandlesNotifications {
        /// The topic.
        type Topic: Carrier + 'static;
    }
        "no topic triggers `{Self}`", "it gets no notifications of a topic";
    /// A function that a bucket triggers.
    HandlesObjects {}
        "no bucket triggers `{Self}`", "it gets no events of objects";
    /// A function that routes of a `#[rest_api]` call.
    HandlesRequests {}
        "no route of a `#[rest_api]` calls `{Self}`", "it gets no requests";
    /// A function that is called by nothing whose events have a type here, or by several things.
    HandlesEvents {}
        "one kind of thing calls `{Self}`, and its events have a type", "it does not take events as they are";
}

/// What goes on for as long as Lambda keeps the process.
pub type Serving<'h> = Pin<Box<dyn Future<Output = Result<(), Error>> + 'h>>;

/// How a function answers what calls it: the stack decides which of these it has, and another one is a compile error.
///
/// Each answers event after event until Lambda ends the process, and fails only when Lambda cannot be reached.
pub trait Serve: Sized {
    /// Handles every message of a queue. A message whose handler fails comes back
    /// alone, and reaches the dead-letter queue when it has failed often enough; the others of its batch
    /// are done. Of a FIFO queue the messages of one group are handled one after the other, and when one
    /// fails those behind it in its group come back with it, in their order. Each time counts as a receive of
    /// theirs, too: where a bad message must not take its group along to the dead-letter queue, write
    /// `batch_size = 1`.
    ///
    /// The handler says in its own log why it failed; here the reason has no use.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_messages<'h, H, F, X>(batching: Batching, handler: H) -> Serving<'h>
    where
        Self: HandlesMessages,
        H: Fn(Message<Self::Queue>, Invocation) -> F + 'h,
        F: Future<Output = Result<(), X>> + 'h,
        X: 'h,
    {
        Box::pin(messages::serve_all(batching, handler))
    }

    /// Handles every record of a stream in its order. At a record whose handler fails Lambda goes
    /// on: that one and those behind it come again, and those before it do not.
    ///
    /// Stopping for want of time is told in the same way, and may count as one of the trigger's `retries`: choose a
    /// `batch_size` that fits into half of the function's timeout.
    ///
    /// The handler says in its own log why it failed; here the reason has no use.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_records<'h, H, F, X>(handler: H) -> Serving<'h>
    where
        Self: HandlesRecords,
        H: Fn(Record<Self::Stream>, Invocation) -> F + 'h,
        F: Future<Output = Result<(), X>> + 'h,
        X: 'h,
    {
        Box::pin(serve_in_order(handler))
    }

    /// Handles every change of a table in its order, with all that holds of [`serve_records`](Self::serve_records).
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_changes<'h, H, F, X>(handler: H) -> Serving<'h>
    where
        Self: HandlesChanges,
        H: Fn(Change<Self::Table>, Invocation) -> F + 'h,
        F: Future<Output = Result<(), X>> + 'h,
        X: 'h,
    {
        Box::pin(serve_in_order(handler))
    }

    /// Handles every notification of a topic. Of one whose handler fails Lambda takes the error
    /// down and tries again, twice unless the stack says otherwise (`retries`); then it goes where the stack says
    /// (`on_failure`), or is lost.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_notifications<'h, H, F, X>(handler: H) -> Serving<'h>
    where
        Self: HandlesNotifications,
        H: Fn(Notification<Self::Topic>, Invocation) -> F + 'h,
        F: Future<Output = Result<(), X>> + 'h,
        X: Into<Diagnostic> + fmt::Debug + 'h,
    {
        Box::pin(serve_each(handler))
    }

    /// Handles what happened to every object of a bucket. When a handler fails Lambda takes the
    /// error down and tries again, twice unless the stack says otherwise (`retries`); then the event goes where the
    /// stack says (`on_failure`), or is lost.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_objects<'h, H, F, X>(handler: H) -> Serving<'h>
    where
        Self: HandlesObjects,
        H: Fn(ObjectEvent, Invocation) -> F + 'h,
        F: Future<Output = Result<(), X>> + 'h,
        X: Into<Diagnostic> + fmt::Debug + 'h,
    {
        Box::pin(serve_each(handler))
    }

    /// Answers every request of a REST API.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_requests<'h, H, F>(handler: H) -> Serving<'h>
    where
        Self: HandlesRequests,
        H: Fn(Request, Invocation) -> F + 'h,
        F: Future<Output = Response> + 'h,
    {
        Box::pin(async move {
            let handler = &handler;
            serve(move |request, invocation| async move {
                Ok::<_, Error>(handler(request, invocation).await)
            })
            .await
        })
    }

    /// Answers every event, of any type that can be read from it: for a function that is called by something whose
    /// events have no type here, or by several kinds of things.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_events<'h, E, A, H, F, X>(handler: H) -> Serving<'h>
    where
        Self: HandlesEvents,
        E: DeserializeOwned + 'h,
        A: Serialize + 'h,
        H: Fn(E, Invocation) -> F + 'h,
        F: Future<Output = Result<A, X>> + 'h,
        X: Into<Diagnostic> + fmt::Debug + 'h,
    {
        Box::pin(serve(handler))
    }
}
