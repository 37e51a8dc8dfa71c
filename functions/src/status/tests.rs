//! What callers are told, and what DynamoDB is asked for it.

use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::types::AttributeValue;

use super::*;
use crate::testing::{self, Faults, Item, Questions, invocation};

fn item(timestamp: &str, status: &str) -> Item {
    [
        ("transactionId", "tx-1"),
        ("timestamp", timestamp),
        ("provider", "stripe"),
        ("eventId", "e-1"),
        ("eventType", "payment"),
        ("status", status),
        ("receivedAt", "2026-04-09T12:34:56.789Z"),
        ("correlationId", "c-1"),
        ("payloadKey", "raw/k"),
        ("payloadSha256", "abc"),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())))
    .collect()
}

fn reader(faults: &Faults, output: QueryOutput) -> (Reader, Questions) {
    let (client, questions) = testing::answers(faults, output);
    let clients = Status {
        transactions: Query::with_client(client, "transactions"),
    };
    (Reader::with(clients, testing::keep), questions)
}

async fn get(reader: &Reader, id: &str, query: &[(&str, &str)]) -> (u16, serde_json::Value) {
    let mut request = Request::default();
    request
        .path_parameters
        .insert("transactionId".to_owned(), id.to_owned());
    for (name, value) in query {
        request
            .query_string_parameters
            .insert((*name).to_owned(), (*value).to_owned());
    }
    let response = reader.handle(request, invocation()).await;
    (
        response.status_code,
        serde_json::from_str(&response.body).unwrap(),
    )
}

fn two() -> QueryOutput {
    QueryOutput::builder()
        .items(item("2026-04-09T11:00:00.000Z#stripe#e-2", "PAID"))
        .items(item("2026-04-09T10:00:00.000Z#stripe#e-1", "PENDING"))
        .last_evaluated_key("transactionId", AttributeValue::S("tx-1".to_owned()))
        .last_evaluated_key("timestamp", AttributeValue::S("2026".to_owned()))
        .build()
}

#[tokio::test]
async fn the_newest_event_is_told() {
    let (reader, questions) = reader(&Faults::default(), two());
    let (status, body) = get(&reader, "tx-1", &[]).await;
    assert_eq!(status, 200);
    assert_eq!(
        body,
        serde_json::json!({
            "transactionId": "tx-1", "status": "PAID", "eventType": "payment", "eventId": "e-1",
            "provider": "stripe", "occurredAt": "2026-04-09T11:00:00.000Z",
            "receivedAt": "2026-04-09T12:34:56.789Z", "correlationId": "c-1", "payloadSha256": "abc",
        })
    );
    let asked = questions.lock().unwrap();
    assert_eq!(asked[0].limit(), Some(1));
    assert_eq!(asked[0].scan_index_forward(), Some(false));
    assert_eq!(asked[0].consistent_read(), Some(true));
    assert_eq!(
        asked[0].key_condition_expression(),
        Some("#hash = :hash AND #range < :first")
    );
    let lines = testing::lines();
    assert_eq!(lines[0]["outcome"], "found");
    assert_eq!(lines[0]["transactionId"], "tx-1");
}

#[tokio::test]
async fn the_history_comes_in_pages() {
    let (reader, questions) = reader(&Faults::default(), two());
    let (status, body) = get(&reader, "tx-1", &[("history", "true"), ("limit", "2")]).await;
    assert_eq!(status, 200);
    assert_eq!(body["events"].as_array().unwrap().len(), 2);
    assert_eq!(body["events"][1]["status"], "PENDING");
    let next = body["next"].as_str().unwrap();
    let (status, _) = get(&reader, "tx-1", &[("history", "true"), ("next", next)]).await;
    assert_eq!(status, 200);
    let asked = questions.lock().unwrap();
    assert_eq!(asked[0].limit(), Some(2));
    assert_eq!(asked[1].limit(), Some(25));
    assert_eq!(
        asked[1].exclusive_start_key().unwrap()["transactionId"],
        AttributeValue::S("tx-1".to_owned())
    );
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let (reader, questions) = reader(&Faults::default(), QueryOutput::builder().build());
    for (id, query, status, name) in [
        ("tx-1", vec![], 404, "unknown-transaction"),
        ("~seen#a#b", vec![], 400, "invalid-transaction-id"),
        ("", vec![], 400, "invalid-transaction-id"),
        ("tx-1", vec![("history", "yes")], 400, "invalid-parameter"),
        (
            "tx-1",
            vec![("history", "true"), ("limit", "0")],
            400,
            "invalid-parameter",
        ),
        (
            "tx-1",
            vec![("history", "true"), ("limit", "101")],
            400,
            "invalid-parameter",
        ),
        (
            "tx-1",
            vec![("history", "true"), ("next", "???")],
            400,
            "invalid-parameter",
        ),
    ] {
        let (found, body) = get(&reader, id, &query).await;
        assert_eq!(found, status, "{id} {query:?}");
        assert_eq!(
            body["type"],
            format!("urn:webhook-processor:problem:{name}")
        );
    }
    assert_eq!(questions.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_no_missing_transaction() {
    let (reader, _) = reader(&Faults::before([0]), two());
    let (status, body) = get(&reader, "tx-1", &[]).await;
    assert_eq!(status, 503);
    assert_eq!(
        body["type"],
        "urn:webhook-processor:problem:storage-unavailable"
    );
    let lines = testing::lines();
    assert_eq!(lines[0]["level"], "ERROR");
    assert!(
        lines[0]["error"]
            .as_str()
            .unwrap()
            .starts_with("Query failed")
    );
}
