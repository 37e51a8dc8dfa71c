//! Clients of a stack of its own, on the SDK's mocks: what they ask for, and what they make of the answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::batch_write_item::BatchWriteItemOutput;
use aws_sdk_dynamodb::operation::scan::ScanOutput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use aws_sdk_sqs::operation::send_message_batch::SendMessageBatchOutput;
use aws_sdk_sqs::types::{BatchResultErrorEntry, SendMessageBatchResultEntry};
use aws_smithy_mocks::{MockResponse, RuleMode, mock, mock_client};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::StatusCode;
use webhook_infra::client::{Carrier as _, ErrorKind, Expression};
use webhook_infra::lambda::{Change, ChangeKind};
use webhook_infra::prelude::*;

#[stack(name = "shop", region = "eu-central-1")]
pub mod shop {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[derive(Clone, Debug, PartialEq)]
    pub struct Job {
        pub number: u32,
        pub anything: Json,
    }

    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Jobs(pub Job);

    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Texts;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    #[derive(Clone, Debug, PartialEq)]
    #[serde(rename_all = "camelCase")]
    pub struct Stock {
        #[hash_key]
        pub article: String,
        pub on_hand: u64,
        pub note: Option<String>,
    }

    #[alarm(Jobs.approximate_age_of_oldest_message > 300, notify = Alerts)]
    pub struct OldJobs;
    #[alarm(Texts.approximate_age_of_oldest_message > 300, notify = Alerts)]
    pub struct OldTexts;
    #[alarm(Jobs.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedJobs;
    #[alarm(Texts.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedTexts;
}

use shop::{Job, Jobs, Stock, Texts};

fn attributes(article: &str, on_hand: u64) -> HashMap<String, AttributeValue> {
    HashMap::from([
        ("article".to_owned(), AttributeValue::S(article.to_owned())),
        ("onHand".to_owned(), AttributeValue::N(on_hand.to_string())),
    ])
}

fn stock(article: &str, on_hand: u64) -> Stock {
    Stock {
        article: article.to_owned(),
        on_hand,
        note: None,
    }
}

#[test]
fn typed_messages_are_json_and_others_are_text() {
    let job = Job {
        number: 7,
        anything: Json(serde_json::json!({ "a": [1] })),
    };
    let text = Jobs::encode(&job).unwrap();
    assert_eq!(text, r#"{"number":7,"anything":{"a":[1]}}"#);
    assert_eq!(Jobs::decode(&text).unwrap(), job);
    assert_eq!(Texts::encode(&"plain".to_owned()).unwrap(), "plain");
    assert_eq!(Texts::decode("plain").unwrap(), "plain");
}

#[tokio::test]
async fn what_dynamodb_leaves_undone_is_asked_for_again() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let rule = mock!(aws_sdk_dynamodb::Client::batch_get_item).then_compute_output(move |input| {
        let keys = input.request_items().unwrap()["stock"].keys().to_vec();
        seen.lock().unwrap().push(keys.len());
        // One of the keys is answered, the others are left.
        let (first, rest) = keys.split_first().unwrap();
        let article = first["article"].as_s().unwrap();
        let answer = BatchGetItemOutput::builder().responses("stock", vec![attributes(article, 1)]);
        if rest.is_empty() {
            return answer.build();
        }
        let rest = KeysAndAttributes::builder().set_keys(Some(rest.to_vec()));
        answer
            .unprocessed_keys("stock", rest.build().unwrap())
            .build()
    });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&rule]);
    let table = BatchGetItem::<Stock>::with_client(client, "stock");
    let keys = ["a", "b", "c"].map(|article| (article.to_owned(), ()));
    let items = table.get_all(&keys).await.unwrap();
    assert_eq!(items, ["a", "b", "c"].map(|article| stock(article, 1)));
    assert_eq!(*asked.lock().unwrap(), [3, 2, 1]);
    assert!(table.get_all(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn many_items_are_written_in_requests_of_twenty_five() {
    let sizes = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&sizes);
    let rule =
        mock!(aws_sdk_dynamodb::Client::batch_write_item).then_compute_output(move |input| {
            let writes = &input.request_items().unwrap()["stock"];
            seen.lock().unwrap().push(writes.len());
            // A `None` is left out.
            let item = writes[0].put_request().unwrap().item();
            assert!(!item.contains_key("note"));
            BatchWriteItemOutput::builder().build()
        });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&rule]);
    let table = BatchWriteItem::<Stock>::with_client(client, "stock");
    let items = (0..60)
        .map(|number| stock(&number.to_string(), number))
        .collect::<Vec<_>>();
    table.put_all(&items).await.unwrap();
    assert_eq!(*sizes.lock().unwrap(), [25, 25, 10]);
}

#[tokio::test]
async fn an_update_gives_the_item_as_it_is_then() {
    let rule = mock!(aws_sdk_dynamodb::Client::update_item)
        .match_requests(|input| {
            input.update_expression() == Some("SET #n = #n - :one")
                && input.condition_expression() == Some("#n >= :one")
                && input.expression_attribute_names().unwrap()["#n"] == "onHand"
                && input.key().unwrap().len() == 1
        })
        .then_output(|| {
            UpdateItemOutput::builder()
                .set_attributes(Some(attributes("a", 4)))
                .build()
        });
    let client = mock_client!(aws_sdk_dynamodb, [&rule]);
    let table = UpdateItem::<Stock>::with_client(client, "stock");
    let take = Expression::new("SET #n = #n - :one")
        .name("#n", "onHand")
        .value(":one", 1)
        .unwrap();
    let item = table
        .update(&"a".to_owned(), &(), take, Some("#n >= :one"))
        .await
        .unwrap();
    assert_eq!(item, stock("a", 4));
}

#[tokio::test]
async fn a_scan_goes_on_where_it_ended() {
    let rule = mock!(aws_sdk_dynamodb::Client::scan).then_compute_output(|input| {
        let answer = ScanOutput::builder().items(attributes("a", 1));
        if input.exclusive_start_key().is_some() {
            return answer.build();
        }
        let key = AttributeValue::S("a".to_owned());
        answer.last_evaluated_key("article", key).build()
    });
    let client = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, [&rule]);
    let table = Scan::<Stock>::with_client(client, "stock");
    let first = table.page(10, None).await.unwrap();
    let next = first.next.expect("there is another page");
    let second = table.page(10, Some(&next)).await.unwrap();
    assert_eq!(
        (first.items.len(), second.items.len(), second.next),
        (1, 1, None)
    );
    let error = table.page(10, Some("?")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
}

#[tokio::test]
async fn an_item_of_another_form_is_told_so() {
    let rule = mock!(aws_sdk_dynamodb::Client::scan)
        .then_output(|| ScanOutput::builder().items(HashMap::new()).build());
    let client = mock_client!(aws_sdk_dynamodb, [&rule]);
    let error = Scan::<Stock>::with_client(client, "stock")
        .page(1, None)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Malformed);
    assert!(error.to_string().contains("article"), "{error}");
}

#[tokio::test]
async fn a_batch_says_which_messages_were_not_sent() {
    let calls = Arc::new(Mutex::new(0));
    let count = Arc::clone(&calls);
    let rule = mock!(aws_sdk_sqs::Client::send_message_batch).then_compute_response(move |input| {
        let mut calls = count.lock().unwrap();
        *calls += 1;
        if *calls == 2 {
            return MockResponse::Http(HttpResponse::new(
                StatusCode::try_from(418).unwrap(),
                "{}".into(),
            ));
        }
        let mut answer = SendMessageBatchOutput::builder()
            .set_successful(Some(Vec::new()))
            .set_failed(Some(Vec::new()));
        for entry in input.entries() {
            if entry.id() == "3" {
                let failed = BatchResultErrorEntry::builder()
                    .id("3")
                    .code("InternalError")
                    .sender_fault(false);
                answer = answer.failed(failed.build().unwrap());
            } else {
                let sent = SendMessageBatchResultEntry::builder()
                    .id(entry.id())
                    .message_id("m")
                    .md5_of_message_body("x");
                answer = answer.successful(sent.build().unwrap());
            }
        }
        MockResponse::Output(answer.build().unwrap())
    });
    let client = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&rule]);
    let queue = SendMessage::<Texts>::with_client(client, "https://sqs.example/texts");
    let texts = (0..25).map(|number| number.to_string()).collect::<Vec<_>>();
    let outcome = queue.send_batch(&texts).await.unwrap();
    let mut unsent = outcome
        .unsent
        .iter()
        .map(|unsent| unsent.index)
        .collect::<Vec<_>>();
    unsent.sort_unstable();
    // The fourth by itself, and the second ten with their request.
    assert_eq!(unsent, std::iter::once(3).chain(10..20).collect::<Vec<_>>());
    assert_eq!(outcome.sent, 14);
}

#[test]
fn a_change_has_the_items_of_the_table() {
    let stock = |on_hand| Stock {
        article: "apple".into(),
        on_hand,
        note: None,
    };
    let change = Change::between(Some(&stock(1)), Some(&stock(2))).unwrap();
    assert_eq!(change.kind, ChangeKind::Modified);
    assert_eq!(change.old_item().unwrap(), Some(stock(1)));
    assert_eq!(change.new_item().unwrap(), Some(stock(2)));
    assert_eq!(change.hash_key().unwrap(), "apple");
    assert!(change.range_key().is_err());
    let gone = Change::between(Some(&stock(1)), None).unwrap();
    assert_eq!(gone.kind, ChangeKind::Removed);
    assert_eq!(gone.new_item().unwrap(), None);
    assert_eq!(gone.hash_key().unwrap(), "apple");
}
