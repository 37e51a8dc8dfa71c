//! Functions whose events are taken as they are.

/// A function that is called by nothing whose events have a type here, or by several things.
#[diagnostic::on_unimplemented(
    message = "one kind of thing calls `{Self}`, and its events have a type",
    label = "it does not take events as they are",
    note = "what calls a function in the stack decides how it serves: a queue `serve_messages`, a stream `serve_records`, a table `serve_changes`, a topic `serve_notifications`, a bucket `serve_objects`, a REST API `serve_requests`, anything else, or several kinds of these, `serve_events`"
)]
pub trait HandlesEvents {}
