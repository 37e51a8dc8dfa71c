use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use super::super::numbers::Numbers;
use super::*;

fn batch(bodies: &[&str]) -> Batch<Record> {
    let records = bodies.iter().enumerate().map(|(number, body)| {
        serde_json::json!({
            "messageId": format!("m{number}"),
            "receiptHandle": "r",
            "body": body,
            "attributes": { "ApproximateReceiveCount": "2", "SentTimestamp": "1545082649183" },
            "messageAttributes": {
                "correlationId": { "stringValue": "c1", "dataType": "String", "stringListValues": [] },
                "bytes": { "binaryValue": "AAAA", "dataType": "Binary" },
            },
            "md5OfBody": "x", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
            "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:jobs",
        })
    });
    let event = serde_json::json!({ "Records": records.collect::<Vec<_>>() });
    serde_json::from_value(event).unwrap()
}

fn within(time: Duration) -> Invocation {
    Invocation {
        request_id: "r".to_owned(),
        deadline: SystemTime::now() + time,
    }
}

fn failed(response: &BatchResponse) -> Vec<&str> {
    let mut ids = response
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect::<Vec<_>>();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn guarantee_20_exactly_the_messages_that_failed_come_back() {
    let bodies = ["0", "1", "bad", "3", "4", "5", "6", "7", "8", "9"];
    let invocation = within(Duration::from_secs(50));
    let response = handle(
        Batching::default(),
        batch(&bodies),
        &invocation,
        &|message: Message<Numbers>, _| async move {
            assert_eq!(message.receives, 2);
            assert_eq!(message.attributes["correlationId"], "c1");
            assert_eq!(message.attributes.len(), 1);
            let number = message.read().map_err(|error| error.to_string())?;
            if number % 4 == 0 {
                Err("no".to_owned())
            } else {
                Ok(())
            }
        },
    )
    .await;
    assert_eq!(failed(&response), ["m0", "m2", "m4", "m8"]);
    assert_eq!(
        serde_json::to_value(BatchResponse::default()).unwrap(),
        serde_json::json!({ "batchItemFailures": [] })
    );
    let json = serde_json::to_value(&response).unwrap();
    assert!(json["batchItemFailures"][0]["itemIdentifier"].is_string());
}

#[tokio::test]
async fn nothing_is_begun_when_little_time_is_left() {
    let begun = AtomicUsize::new(0);
    let invocation = within(Duration::from_millis(600));
    let batching = Batching {
        concurrency: 1,
        last_moment: Duration::ZERO,
        ..Batching::default()
    };
    let response = handle(
        batching,
        batch(&["1", "2", "3"]),
        &invocation,
        &|_: Message<Numbers>, _| {
            begun.fetch_add(1, Ordering::Relaxed);
            async {
                tokio::time::sleep(Duration::from_millis(350)).await;
                Ok::<_, ()>(())
            }
        },
    )
    .await;
    assert_eq!(failed(&response), ["m1", "m2"]);
    assert_eq!(begun.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_function_with_little_time_does_begin() {
    let invocation = within(Duration::from_secs(3));
    let response = handle(
        Batching::default(),
        batch(&["1", "2"]),
        &invocation,
        &|_: Message<Numbers>, _| async { Ok::<_, ()>(()) },
    )
    .await;
    assert!(response.batch_item_failures.is_empty());
}

#[tokio::test]
async fn what_takes_too_long_comes_back_and_the_rest_is_done() {
    let batching = Batching {
        least_time: Duration::ZERO,
        last_moment: Duration::from_millis(50),
        ..Batching::default()
    };
    let invocation = within(Duration::from_millis(150));
    let response = handle(
        batching,
        batch(&["1", "2"]),
        &invocation,
        &|message: Message<Numbers>, _| async move {
            if message.id == "m1" {
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
            Ok::<_, ()>(())
        },
    )
    .await;
    assert_eq!(failed(&response), ["m1"]);
}

#[tokio::test]
async fn no_more_messages_are_worked_on_at_once_than_asked_for() {
    let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let batching = Batching {
        concurrency: 3,
        ..Batching::default()
    };
    let invocation = within(Duration::from_secs(50));
    let response = handle(
        batching,
        batch(&["1"; 10]),
        &invocation,
        &|_: Message<Numbers>, _| async {
            let now = running.fetch_add(1, Ordering::Relaxed) + 1;
            most.fetch_max(now, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(5)).await;
            running.fetch_sub(1, Ordering::Relaxed);
            Ok::<_, ()>(())
        },
    )
    .await;
    assert!(response.batch_item_failures.is_empty());
    assert_eq!(most.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_group_of_a_fifo_queue_stays_in_order() {
    let mut records = batch(&["1", "2", "3", "4", "5", "6", "7"]).records;
    for (record, group) in records.iter_mut().zip(["a", "b", "a", "b", "a", "c", "b"]) {
        let group = group.to_owned();
        record.attributes.insert("MessageGroupId".to_owned(), group);
        record.queue_arn.push_str(".fifo");
    }
    let done = std::sync::Mutex::new(Vec::new());
    let response = handle(
        Batching::default(),
        Batch { records },
        &within(Duration::from_secs(50)),
        &|message: Message<Numbers>, _| {
            let done = &done;
            async move {
                let number = message.read().unwrap();
                // The first of a group takes the longest.
                tokio::time::sleep(Duration::from_millis(u64::from(20 - 2 * number))).await;
                if number == 4 {
                    return Err("no");
                }
                done.lock().unwrap().push(number);
                Ok(())
            }
        },
    )
    .await;
    // A group of another queue says nothing about order.
    let fair = batch(&["1"]).records.into_iter().map(|mut record| {
        let group = "a".to_owned();
        record.attributes.insert("MessageGroupId".to_owned(), group);
        record
    });
    assert_eq!(
        fair.filter_map(|record| record.group().map(str::to_owned))
            .count(),
        0
    );
    // Of the group `b` the second fails, and the third is not begun.
    assert_eq!(failed(&response), ["m3", "m6"]);
    let done = done.lock().unwrap();
    let order_of_a = done.iter().filter(|number| [1, 3, 5].contains(*number));
    assert_eq!(order_of_a.collect::<Vec<_>>(), [&1, &3, &5]);
    assert_eq!(done.len(), 5);
}

#[test]
fn a_message_is_shown_without_its_text() {
    let message = Message::<Numbers>::new("m1", "secret");
    assert!(!format!("{message:?}").contains("secret"));
}
