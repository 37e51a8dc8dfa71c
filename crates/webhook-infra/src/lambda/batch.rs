//! A batch, and what Lambda is told of it: which of it has failed.

use std::fmt;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use lambda_runtime::{Diagnostic, Error};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Invocation;
use super::invocation::serve;

/// With less time left than this nothing is begun, see [`least_time`].
pub(super) const LEAST_TIME: Duration = Duration::from_secs(5);
/// What is still worked on when this little time is left is given up, so that Lambda hears of what is done.
pub(super) const LAST_MOMENT: Duration = Duration::from_millis(500);

/// An event of several. One without records is of another kind, and an error.
#[derive(Deserialize)]
pub(super) struct Batch<R> {
    #[serde(rename = "Records")]
    pub(super) records: Vec<R>,
}

/// Source: AWS Lambda Developer Guide, "Handling errors for an SQS event source in Lambda" and "Configuring partial
/// batch response with DynamoDB and Lambda".
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchResponse {
    pub(super) batch_item_failures: Vec<BatchItemFailure>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BatchItemFailure {
    pub(super) item_identifier: String,
}

/// The least time for what Lambda has just handed over. A function whose whole time is short would never begin.
pub(super) fn least_time(wanted: Duration, invocation: &Invocation) -> Duration {
    wanted.min(invocation.remaining() / 2)
}

/// What comes by a stream.
pub(super) trait Sequenced {
    /// By this Lambda is told where to go on.
    fn sequence_number(&self) -> &str;
}

/// Handles every record of a stream in its order, until Lambda ends the process.
pub(super) async fn serve_in_order<R, H, F, X>(handler: H) -> Result<(), Error>
where
    R: DeserializeOwned + Sequenced,
    H: Fn(R, Invocation) -> F,
    F: Future<Output = Result<(), X>>,
{
    let handler = &handler;
    serve(move |batch: Batch<R>, invocation| async move {
        Ok::<_, Error>(in_order(batch.records, &invocation, handler).await)
    })
    .await
}

/// Handles everything that comes, until Lambda ends the process. The first error is that of the invocation.
pub(super) async fn serve_each<R, H, F, X>(handler: H) -> Result<(), Error>
where
    R: DeserializeOwned,
    H: Fn(R, Invocation) -> F,
    F: Future<Output = Result<(), X>>,
    X: Into<Diagnostic> + fmt::Debug,
{
    let handler = &handler;
    serve(move |batch: Batch<R>, invocation| async move {
        for record in batch.records {
            handler(record, invocation.clone()).await?;
        }
        Ok::<_, X>(())
    })
    .await
}

/// Handles the records of a stream in their order. At the first that fails it stops: Lambda goes on there, and no
/// record is handled before an earlier one.
pub(super) async fn in_order<R, F, X>(
    records: impl IntoIterator<Item = R>,
    invocation: &Invocation,
    handler: impl Fn(R, Invocation) -> F,
) -> BatchResponse
where
    R: Sequenced,
    F: Future<Output = Result<(), X>>,
{
    let least_time = least_time(LEAST_TIME, invocation);
    for record in records {
        let item_identifier = record.sequence_number().to_owned();
        let work = || handler(record, invocation.clone());
        if !is_done(work, invocation, least_time, LAST_MOMENT).await {
            return BatchResponse {
                batch_item_failures: vec![BatchItemFailure { item_identifier }],
            };
        }
    }
    BatchResponse::default()
}

/// Does one thing, when there is time to begin it. A panic is an error of this one thing: the hook has printed it, and
/// the others of the batch go on.
pub(super) async fn is_done<F, X>(
    work: impl FnOnce() -> F,
    invocation: &Invocation,
    least_time: Duration,
    last_moment: Duration,
) -> bool
where
    F: Future<Output = Result<(), X>>,
{
    let remaining = invocation.remaining();
    if remaining <= least_time.max(last_moment) {
        return false;
    }
    let work = AssertUnwindSafe(async { work().await }).catch_unwind();
    let outcome = tokio::time::timeout(remaining.saturating_sub(last_moment), work).await;
    matches!(outcome, Ok(Ok(Ok(()))))
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::SystemTime;

    use super::*;

    struct Numbered(u32, String);

    impl Sequenced for Numbered {
        fn sequence_number(&self) -> &str {
            &self.1
        }
    }

    fn numbered(last: u32) -> impl Iterator<Item = Numbered> {
        (1..=last).map(|number| Numbered(number, format!("s{number}")))
    }

    async fn handled(time: Duration, slow: u32, failing: u32) -> (Vec<u32>, Option<String>) {
        let done = Mutex::new(Vec::new());
        let invocation = Invocation {
            request_id: "r".to_owned(),
            deadline: SystemTime::now() + time,
        };
        let response = in_order(numbered(4), &invocation, |Numbered(number, _), _| {
            let done = &done;
            async move {
                if number == slow {
                    tokio::time::sleep(Duration::from_secs(2)).await;
                }
                if number == failing {
                    return Err("no");
                }
                done.lock().unwrap().push(number);
                Ok(())
            }
        })
        .await;
        let failures = response.batch_item_failures;
        assert!(failures.len() <= 1);
        let failed = failures.into_iter().next();
        let done = done.lock().unwrap().clone();
        (done, failed.map(|failure| failure.item_identifier))
    }

    #[tokio::test]
    async fn a_stream_goes_on_where_it_failed() {
        let minute = Duration::from_mins(1);
        assert_eq!(handled(minute, 0, 0).await, (vec![1, 2, 3, 4], None));
        assert_eq!(handled(minute, 0, 3).await, (vec![1, 2], Some("s3".into())));
        assert_eq!(handled(minute, 0, 1).await, (vec![], Some("s1".into())));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_its_record() {
        let invocation = Invocation {
            request_id: "r".to_owned(),
            deadline: SystemTime::now() + Duration::from_mins(1),
        };
        let handler = |Numbered(number, _), _| async move {
            assert_ne!(number, 2, "a panic that the test wants");
            Ok::<_, ()>(())
        };
        let response = in_order(numbered(3), &invocation, handler).await;
        assert_eq!(response.batch_item_failures[0].item_identifier, "s2");
    }

    #[tokio::test]
    async fn what_takes_too_long_is_where_it_goes_on() {
        let time = Duration::from_millis(700);
        assert_eq!(handled(time, 2, 0).await, (vec![1], Some("s2".into())));
        assert_eq!(
            handled(Duration::ZERO, 0, 0).await,
            (vec![], Some("s1".into()))
        );
    }
}
