//! One invocation of a function.

use std::fmt;
use std::future::Future;
use std::time::{Duration, SystemTime};

use lambda_runtime::{Context, Diagnostic, Error, LambdaEvent, run, service_fn};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What Lambda says of an invocation, besides the event.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// Lambda's id of it, which is in Lambda's own log lines too.
    pub request_id: String,
    /// When Lambda ends it.
    pub deadline: SystemTime,
}

impl Invocation {
    /// How much time is left.
    pub fn remaining(&self) -> Duration {
        self.deadline
            .duration_since(SystemTime::now())
            .unwrap_or_default()
    }
}

/// Answers every event, until Lambda ends the process.
pub(super) async fn serve<E, A, H, F, X>(handler: H) -> Result<(), Error>
where
    E: DeserializeOwned,
    A: Serialize,
    H: Fn(E, Invocation) -> F,
    F: Future<Output = Result<A, X>>,
    X: Into<Diagnostic> + fmt::Debug,
{
    let handler = &handler;
    run(service_fn(move |event: LambdaEvent<E>| {
        handler(event.payload, Invocation::from(&event.context))
    }))
    .await
}

impl From<&Context> for Invocation {
    fn from(context: &Context) -> Self {
        Self {
            request_id: context.request_id.clone(),
            deadline: context.deadline(),
        }
    }
}
