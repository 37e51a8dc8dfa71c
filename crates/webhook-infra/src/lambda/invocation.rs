//! One invocation of a function.

use std::time::{Duration, SystemTime};

use lambda_runtime::Context;

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

impl From<&Context> for Invocation {
    fn from(context: &Context) -> Self {
        Self {
            request_id: context.request_id.clone(),
            deadline: context.deadline(),
        }
    }
}
