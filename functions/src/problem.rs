//! What a caller is told when something is wrong: problem documents of RFC 9457, whose `type` is stable.

use serde::Serialize;
use webhook_infra::lambda::Response;

use crate::correlation;
use crate::providers::Rejection;

/// The start of every `type`.
pub const TYPES: &str = "urn:webhook-processor:problem:";

/// Something that is wrong with a request, or with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The end of its `type`, which callers and alarms go by.
    pub name: &'static str,
    status: u16,
    title: &'static str,
    detail: String,
    retry_after: Option<u32>,
}

macro_rules! problems {
    ($($(#[$doc:meta])* $function:ident $status:literal $name:literal $title:literal $(retry $seconds:literal)?;)*) => {
        /// Every problem: its name, its status and its title.
        pub const PROBLEMS: &[(&str, u16, &str)] = &[$(($name, $status, $title)),*];

        impl Problem {$(
            $(#[$doc])*
            pub fn $function(detail: impl Into<String>) -> Self {
                #[allow(unused_mut, unused_assignments)]
                let mut retry_after = None;
                $(retry_after = Some($seconds);)?
                Self { name: $name, status: $status, title: $title, detail: detail.into(), retry_after }
            }
        )*}
    };
}

problems! {
    /// The body is no JSON object, or says less than it has to.
    malformed_body 400 "malformed-body" "The body cannot be read";
    /// A header is not there.
    missing_header 400 "missing-header" "A header is missing";
    /// A header has another form than it has to.
    malformed_header 400 "malformed-header" "A header cannot be read";
    /// A header is there twice.
    duplicate_header 400 "duplicate-header" "A header came more than once";
    /// The transaction's id is none.
    invalid_transaction_id 400 "invalid-transaction-id" "The transaction id is not well-formed";
    /// A parameter of the query is none.
    invalid_parameter 400 "invalid-parameter" "A parameter cannot be used";
    /// No signature is that of a secret.
    invalid_signature 401 "invalid-signature" "The signature does not match";
    /// The webhook was signed too long ago, or in the future.
    stale_timestamp 401 "stale-timestamp" "The timestamp is outside of the replay window";
    /// Nobody of that name is known.
    unknown_provider 404 "unknown-provider" "There is no such provider";
    /// Nothing is known of the transaction.
    unknown_transaction 404 "unknown-transaction" "There is no such transaction";
    /// The body is larger than Lambda takes.
    body_too_large 413 "body-too-large" "The body is too large";
    /// The body is no JSON by its own header.
    unsupported_media_type 415 "unsupported-media-type" "The body has to be JSON";
    /// The table is asked more than it answers.
    too_many_requests 429 "too-many-requests" "There are too many requests" retry 1;
    /// The providers' secrets are out of reach, or of no use.
    secrets_unavailable 503 "secrets-unavailable" "Signatures cannot be checked at the moment" retry 10;
    /// The queue has not taken the webhook.
    queue_unavailable 503 "queue-unavailable" "The webhook cannot be queued at the moment" retry 5;
    /// The bucket has not taken the payload, or the table does not answer.
    storage_unavailable 503 "storage-unavailable" "The storage cannot be reached at the moment" retry 5;
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    #[serde(rename = "type")]
    type_: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    correlation_id: &'a str,
}

impl Problem {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether it is ours, and not the caller's.
    pub fn is_ours(&self) -> bool {
        self.status >= 500
    }

    /// The answer that tells it.
    pub fn response(&self, correlation_id: &str) -> Response {
        let document = Document {
            type_: format!("{TYPES}{}", self.name),
            title: self.title,
            status: self.status,
            detail: &self.detail,
            correlation_id,
        };
        // Texts and numbers can always be written.
        let body = serde_json::to_string(&document).unwrap_or_default();
        let response = Response::new(self.status, "application/problem+json", body)
            .header(correlation::HEADER, correlation_id)
            .header("cache-control", "no-store");
        match self.retry_after {
            Some(seconds) => response.header("retry-after", seconds.to_string()),
            None => response,
        }
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        let detail = rejection.to_string();
        match rejection {
            Rejection::MissingHeader(_) => Self::missing_header(detail),
            Rejection::MalformedHeader(_) => Self::malformed_header(detail),
            Rejection::DuplicateHeader(_) => Self::duplicate_header(detail),
            Rejection::InvalidSignature => Self::invalid_signature(detail),
            Rejection::StaleTimestamp => Self::stale_timestamp(detail),
            Rejection::MalformedBody(_) => Self::malformed_body(detail),
            Rejection::InvalidTransactionId => Self::invalid_transaction_id(detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_a_document_with_a_stable_type() {
        let response = Problem::queue_unavailable("SQS did not answer.").response("c1");
        assert_eq!(response.status_code, 503);
        assert_eq!(response.headers["content-type"], "application/problem+json");
        assert_eq!(response.headers["retry-after"], "5");
        assert_eq!(response.headers["x-correlation-id"], "c1");
        let document: serde_json::Value = serde_json::from_str(&response.body).unwrap();
        assert_eq!(
            document,
            serde_json::json!({
                "type": "urn:webhook-processor:problem:queue-unavailable",
                "title": "The webhook cannot be queued at the moment", "status": 503,
                "detail": "SQS did not answer.", "correlationId": "c1",
            })
        );
    }

    #[test]
    fn every_rejection_is_a_problem_of_the_caller() {
        for rejection in [
            Rejection::MissingHeader("x"),
            Rejection::MalformedHeader("x"),
            Rejection::DuplicateHeader("x"),
            Rejection::InvalidSignature,
            Rejection::StaleTimestamp,
            Rejection::MalformedBody("x".to_owned()),
            Rejection::InvalidTransactionId,
        ] {
            let problem = Problem::from(rejection);
            assert!(!problem.is_ours());
            assert!([400, 401].contains(&problem.status()));
        }
    }

    #[test]
    fn names_are_told_apart() {
        let names = PROBLEMS
            .iter()
            .map(|(name, _, _)| name)
            .collect::<std::collections::HashSet<_>>();
        assert_eq!(names.len(), PROBLEMS.len());
    }
}
