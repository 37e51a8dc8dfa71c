//! Why a call of AWS failed, in the few kinds that a function decides by.

use std::error::Error as StdError;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A call of AWS that failed, after the retries.
pub struct Error {
    operation: &'static str,
    kind: ErrorKind,
    code: Option<String>,
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// More than the service takes; later it works.
    Throttled,
    /// The role does not allow it.
    AccessDenied,
    /// What was asked for is not there.
    NotFound,
    /// A condition of the request does not hold.
    ConditionFailed,
    /// The request is larger than the service takes, or otherwise not what it takes.
    Invalid,
    /// There was no answer in time.
    TimedOut,
    /// The service could not be reached, or failed.
    Unavailable,
    /// What came back, or was to be sent, is not of the type that the stack says.
    Malformed,
    /// Anything else.
    Other,
}

impl Error {
    pub(crate) fn malformed(
        operation: &'static str,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        Self {
            operation,
            kind: ErrorKind::Malformed,
            code: None,
            message: source.to_string(),
            source: Some(Box::new(source)),
        }
    }

    pub(crate) fn new(
        operation: &'static str,
        kind: ErrorKind,
        message: impl Into<String>,
    ) -> Self {
        Self {
            operation,
            kind,
            code: None,
            message: message.into(),
            source: None,
        }
    }

    /// An answer that lacks what the caller goes by.
    pub fn incomplete(operation: &'static str) -> Self {
        Self::new(operation, ErrorKind::Malformed, "the answer is incomplete")
    }

    /// An entry of a request that was refused while the request itself was not.
    #[allow(dead_code)]
    pub(crate) fn entry(operation: &'static str, code: String, message: String) -> Self {
        Self {
            operation,
            kind: kind_of(&code, 0),
            code: Some(code),
            message,
            source: None,
        }
    }

    pub(crate) fn sdk<E>(operation: &'static str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let code = error.code().map(str::to_owned);
        let status = error
            .raw_response()
            .map_or(0, |response| response.status().as_u16());
        let kind = match &error {
            SdkError::TimeoutError(_) => ErrorKind::TimedOut,
            SdkError::DispatchFailure(failure) if failure.is_timeout() => ErrorKind::TimedOut,
            SdkError::DispatchFailure(_) => ErrorKind::Unavailable,
            SdkError::ConstructionFailure(_) => ErrorKind::Invalid,
            _ => kind_of(code.as_deref().unwrap_or_default(), status),
        };
        let message = error.message().map_or_else(|| chain(&error), str::to_owned);
        Self {
            operation,
            kind,
            code,
            message,
            source: Some(Box::new(error)),
        }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The service's own name of it, such as `ThrottlingException`.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The API's name of the operation that failed.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Whether the same call may well work later.
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::Throttled | ErrorKind::TimedOut | ErrorKind::Unavailable
        )
    }
}

/// What an error and those behind it say. Their debug output would have the bodies of answers in it.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text = format!("{text}: {error}");
        next = error.source();
    }
    text
}

impl fmt::Debug for Error {
    /// As for people: what is behind an error may have the body of an answer in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} [{:?}]", self.kind)
    }
}

/// The kind of a service's answer.
///
/// Source: the "Common Errors" pages of the services' API references.
fn kind_of(code: &str, status: u16) -> ErrorKind {
    match code {
        "SlowDown"
        | "TooManyRequestsException"
        | "ProvisionedThroughputExceededException"
        | "RequestLimitExceeded"
        | "TransactionConflictException"
        | "LimitExceededException"
        | "OperationAborted"
        | "ConditionalRequestConflict" => ErrorKind::Throttled,
        _ if code.contains("Throttl") => ErrorKind::Throttled,
        "ConditionalCheckFailedException" | "PreconditionFailed" => ErrorKind::ConditionFailed,
        "NoSuchKey"
        | "NoSuchBucket"
        | "NotFound"
        | "ResourceNotFoundException"
        | "ParameterNotFound"
        | "QueueDoesNotExist"
        | "AWS.SimpleQueueService.NonExistentQueue" => ErrorKind::NotFound,
        "ValidationException"
        | "InvalidParameterValue"
        | "InvalidMessageContents"
        | "EntityTooLarge"
        | "RequestEntityTooLarge" => ErrorKind::Invalid,
        _ if code.starts_with("AccessDenied") || code.contains("UnrecognizedClient") => {
            ErrorKind::AccessDenied
        }
        _ => match status {
            401 | 403 => ErrorKind::AccessDenied,
            404 => ErrorKind::NotFound,
            412 => ErrorKind::ConditionFailed,
            413 => ErrorKind::Invalid,
            429 => ErrorKind::Throttled,
            500.. => ErrorKind::Unavailable,
            _ => ErrorKind::Other,
        },
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} failed", self.operation)?;
        if let Some(code) = &self.code {
            write!(f, " ({code})")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_come_from_codes_and_else_from_the_status() {
        for (code, status, kind) in [
            ("ThrottlingException", 400, ErrorKind::Throttled),
            ("AccessDeniedException", 400, ErrorKind::AccessDenied),
            (
                "ConditionalCheckFailedException",
                400,
                ErrorKind::ConditionFailed,
            ),
            ("PreconditionFailed", 412, ErrorKind::ConditionFailed),
            ("", 412, ErrorKind::ConditionFailed),
            ("NoSuchKey", 404, ErrorKind::NotFound),
            ("InternalFailure", 500, ErrorKind::Unavailable),
            ("", 503, ErrorKind::Unavailable),
            ("Strange", 400, ErrorKind::Other),
        ] {
            assert_eq!(kind_of(code, status), kind, "{code} {status}");
        }
    }
}
