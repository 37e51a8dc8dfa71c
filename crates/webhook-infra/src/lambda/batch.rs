//! What Lambda is told of a batch: which of it has failed.

use std::future::Future;
use std::time::Duration;

use serde::Serialize;

use super::Invocation;

/// With less time left than this nothing is begun. A function with little time begins in its first half.
pub(super) const LEAST_TIME: Duration = Duration::from_secs(5);
/// What is still worked on when this little time is left is given up, so that Lambda hears of what is done.
pub(super) const LAST_MOMENT: Duration = Duration::from_millis(500);

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

/// Handles the records of a stream in their order. At the first that fails it stops: Lambda goes on there, and no
/// record is handled before an earlier one.
pub(super) async fn in_order<R, F, X>(
    records: impl IntoIterator<Item = (String, R)>,
    invocation: &Invocation,
    handler: impl Fn(R, Invocation) -> F,
) -> BatchResponse
where
    F: Future<Output = Result<(), X>>,
{
    let least_time = LEAST_TIME.min(invocation.remaining() / 2);
    for (sequence_number, record) in records {
        let is_done = invocation.remaining() > least_time && {
            let time = invocation.remaining().saturating_sub(LAST_MOMENT);
            let work = handler(record, invocation.clone());
            matches!(tokio::time::timeout(time, work).await, Ok(Ok(())))
        };
        if !is_done {
            return BatchResponse {
                batch_item_failures: vec![BatchItemFailure {
                    item_identifier: sequence_number,
                }],
            };
        }
    }
    BatchResponse::default()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::SystemTime;

    use super::*;

    async fn handled(time: Duration, slow: u32, failing: u32) -> (Vec<u32>, Option<String>) {
        let done = Mutex::new(Vec::new());
        let invocation = Invocation {
            request_id: "r".to_owned(),
            deadline: SystemTime::now() + time,
        };
        let records = (1..=4).map(|number: u32| (format!("s{number}"), number));
        let response = in_order(records, &invocation, |number, _| {
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
    async fn what_takes_too_long_is_where_it_goes_on() {
        let time = Duration::from_millis(700);
        assert_eq!(handled(time, 2, 0).await, (vec![1], Some("s2".into())));
        assert_eq!(
            handled(Duration::ZERO, 0, 0).await,
            (vec![], Some("s1".into()))
        );
    }
}
