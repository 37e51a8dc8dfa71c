//! Functions whose events are taken as they are.

use std::future::Future;

use lambda_runtime::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Invocation;
use super::invocation::serve;

/// A function that is called by nothing whose events have a type here, or by several things.
pub trait HandlesEvents: Sized {
    /// Answers every event, until Lambda ends the process.
    ///
    /// # Errors
    ///
    /// When Lambda cannot be reached.
    fn serve_events<E, A, H, F, X>(handler: H) -> impl Future<Output = Result<(), Error>>
    where
        E: DeserializeOwned,
        A: Serialize,
        H: Fn(E, Invocation) -> F,
        F: Future<Output = Result<A, X>>,
        X: Into<lambda_runtime::Diagnostic> + std::fmt::Debug,
    {
        serve(handler)
    }
}
