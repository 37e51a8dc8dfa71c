//! The three handlers, one after the other, on an emulator's SQS, DynamoDB, S3 and Secrets Manager: what
//! mocks cannot show is that the requests are ones that the services take.
//!
//! The first run installs the emulator from `PyPI`.

use std::net::TcpListener;
use std::time::{Duration, SystemTime};

use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType,
};
use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use aws_smithy_mocks::{mock, mock_client};
use time::OffsetDateTime;
use webhook_functions::ingestion::Receiver;
use webhook_functions::processing::{Outcome, Store};
use webhook_functions::status::Reader;
use webhook_infra::client::Carrier as _;
use webhook_infra::lambda::{Invocation, Message, Request};
use webhook_infra::prelude::{GetSecretValue, PutItem, PutObject, Query, SendMessage};
use webhook_operations::{Emulator, Options, cloud};
use webhook_processor::stack::webhook::{Events, Ingestion, Processing, Status};

const TABLE: &str = "transactions";
const BUCKET: &str = "payloads";

struct World {
    _emulator: Emulator,
    receiver: Receiver,
    store: Store,
    reader: Reader,
    sqs: aws_sdk_sqs::Client,
    s3: aws_sdk_s3::Client,
    queue: String,
}

async fn world(name: &str) -> World {
    let name = name.to_owned();
    let options = Options::new(format!("handlers-{name}"));
    let emulator = tokio::task::spawn_blocking(move || Emulator::start(&options))
        .await
        .expect("the emulator's thread ends")
        .expect("the emulator starts");
    let config = cloud::emulator(emulator.endpoint());
    let sqs = aws_sdk_sqs::Client::new(&config);
    let s3 = aws_sdk_s3::Client::from_conf(
        aws_sdk_s3::config::Builder::from(&config)
            .force_path_style(true)
            .build(),
    );
    let dynamodb = aws_sdk_dynamodb::Client::new(&config);
    let secrets = aws_sdk_secretsmanager::Client::new(&config);
    let queue = sqs.create_queue().queue_name("events").send().await;
    let queue = queue
        .expect("a queue is made")
        .queue_url
        .expect("it has a URL");
    make_table(&dynamodb).await;
    s3.create_bucket()
        .bucket(BUCKET)
        .send()
        .await
        .expect("a bucket is made");
    let enabled = VersioningConfiguration::builder()
        .status(BucketVersioningStatus::Enabled)
        .build();
    s3.put_bucket_versioning()
        .bucket(BUCKET)
        .versioning_configuration(enabled)
        .send()
        .await
        .expect("the bucket is versioned");
    let secret = secrets
        .create_secret()
        .name("provider-secrets")
        .secret_string(r#"{"generic": []}"#)
        .send()
        .await
        .expect("a secret is made");
    let clients = Ingestion {
        events: SendMessage::with_client(sqs.clone(), &queue),
        payloads: PutObject::with_client(s3.clone(), BUCKET),
        secrets: GetSecretValue::with_client(secrets, secret.arn.expect("it has an ARN")),
    };
    World {
        receiver: Receiver::with(clients, OffsetDateTime::now_utc, |_| ()),
        store: Store::with(
            Processing {
                transactions: PutItem::with_client(dynamodb.clone(), TABLE),
                payloads: PutObject::with_client(s3.clone(), BUCKET),
            },
            |_| (),
        ),
        reader: Reader::with(
            Status {
                transactions: Query::with_client(dynamodb, TABLE),
            },
            |_| (),
        ),
        _emulator: emulator,
        sqs,
        s3,
        queue,
    }
}

async fn make_table(dynamodb: &aws_sdk_dynamodb::Client) {
    let mut request = dynamodb
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in [
        ("transactionId", KeyType::Hash),
        ("timestamp", KeyType::Range),
    ] {
        let attribute = AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S);
        let key = KeySchemaElement::builder()
            .attribute_name(name)
            .key_type(kind);
        request = request
            .attribute_definitions(attribute.build().expect("it is whole"))
            .key_schema(key.build().expect("it is whole"));
    }
    request.send().await.expect("a table is made");
}

fn invocation() -> Invocation {
    Invocation {
        request_id: "r-1".to_owned(),
        deadline: SystemTime::now() + Duration::from_secs(30),
    }
}

fn post(body: &str) -> Request {
    let mut request = Request {
        body: Some(body.to_owned()),
        ..Request::default()
    };
    request
        .path_parameters
        .insert("provider".to_owned(), "generic".to_owned());
    request.multi_value_headers.insert(
        "Content-Type".to_owned(),
        vec!["application/json".to_owned()],
    );
    request
}

impl World {
    async fn post(&self, body: &str) -> (u16, serde_json::Value) {
        let response = self.receiver.handle(post(body), invocation()).await;
        let body = serde_json::from_str(&response.body).expect("an answer is JSON");
        (response.status_code, body)
    }

    async fn get(&self, id: &str, query: &[(&str, &str)]) -> (u16, serde_json::Value) {
        let mut request = Request::default();
        request
            .path_parameters
            .insert("transactionId".to_owned(), id.to_owned());
        for (name, value) in query {
            request
                .query_string_parameters
                .insert((*name).to_owned(), (*value).to_owned());
        }
        let response = self.reader.handle(request, invocation()).await;
        let body = serde_json::from_str(&response.body).expect("an answer is JSON");
        (response.status_code, body)
    }

    /// The messages that are in the queue, which are then hidden.
    async fn receive(&self) -> Vec<Message<Events>> {
        let answer = self
            .sqs
            .receive_message()
            .queue_url(&self.queue)
            .max_number_of_messages(10)
            .wait_time_seconds(1)
            .send()
            .await
            .expect("messages are received");
        answer
            .messages
            .unwrap_or_default()
            .into_iter()
            .map(|message| {
                let text = message.body.expect("a message has a body");
                Message::new(message.message_id.expect("and an id"), text)
            })
            .collect()
    }

    async fn versions(&self) -> Vec<String> {
        let answer = self
            .s3
            .list_object_versions()
            .bucket(BUCKET)
            .send()
            .await
            .expect("versions are listed");
        let versions = answer.versions.unwrap_or_default();
        versions
            .into_iter()
            .filter_map(|version| version.key)
            .collect()
    }
}

#[tokio::test]
async fn a_webhook_goes_all_the_way() {
    let world = world("way").await;
    let body = r#"{"transactionId":"tx-1","eventId":"e-1","status":"PAID","timestamp":"2026-04-09T10:00:00Z"}"#;
    assert_eq!(world.get("tx-1", &[]).await.0, 404);
    let (status, accepted) = world.post(body).await;
    assert_eq!(status, 202, "{accepted}");
    for message in world.receive().await {
        let outcome = world.store.handle(message, invocation()).await;
        assert_eq!(outcome.expect("it is stored"), Outcome::Processed);
    }
    let (status, event) = world.get("tx-1", &[]).await;
    assert_eq!(status, 200);
    assert_eq!(event["status"], "PAID");
    assert_eq!(event["occurredAt"], "2026-04-09T10:00:00.000Z");
    let keys = world.versions().await;
    assert_eq!(keys.len(), 1);
    let object = world
        .s3
        .get_object()
        .bucket(BUCKET)
        .key(&keys[0])
        .send()
        .await;
    let object = object.expect("the payload is there");
    assert_eq!(object.metadata().expect("with metadata")["event-id"], "e-1");
    let bytes = object
        .body
        .collect()
        .await
        .expect("it can be read")
        .to_vec();
    assert_eq!(bytes, body.as_bytes());
}

#[tokio::test]
async fn guarantee_10_a_large_webhook_goes_all_the_way() {
    let world = world("large").await;
    let fill = "x".repeat(3 * 1024 * 1024);
    let body = format!(r#"{{"transactionId":"tx-1","fill":"{fill}"}}"#);
    assert_eq!(world.post(&body).await.0, 202);
    let messages = world.receive().await;
    assert_eq!(messages.len(), 1);
    assert!(messages[0].text.len() < 1024);
    for message in messages {
        world
            .store
            .handle(message, invocation())
            .await
            .expect("it is stored");
    }
    assert_eq!(world.get("tx-1", &[]).await.0, 200);
    assert_eq!(world.versions().await.len(), 1);
}

#[tokio::test]
async fn guarantee_14_fifty_deliveries_at_once_have_one_effect() {
    let world = world("once").await;
    let (_, _) = world
        .post(r#"{"transactionId":"tx-1","eventId":"e-1"}"#)
        .await;
    let message = world.receive().await.remove(0);
    let all = (0..50).map(|number| {
        let copy = Message::<Events>::new(format!("m-{number}"), message.text.clone());
        world.store.handle(copy, invocation())
    });
    let outcomes = futures_util::future::join_all(all).await;
    let processed = outcomes
        .into_iter()
        .filter(|outcome| matches!(outcome, Ok(Outcome::Processed)));
    assert_eq!(processed.count(), 1);
    let (_, history) = world.get("tx-1", &[("history", "true")]).await;
    assert_eq!(history["events"].as_array().expect("a list").len(), 1);
    // The archive has one version, however often it was written.
    assert_eq!(world.versions().await.len(), 1);
}

#[tokio::test]
async fn guarantee_18_another_body_of_the_same_id_is_kept_and_not_shown() {
    let world = world("conflict").await;
    for body in [
        r#"{"transactionId":"tx-1","eventId":"e-1","status":"PAID"}"#,
        r#"{"transactionId":"tx-1","eventId":"e-1","status":"REFUNDED"}"#,
    ] {
        world.post(body).await;
    }
    let mut outcomes = Vec::new();
    while outcomes.len() < 2 {
        let mut messages = world.receive().await;
        // As they were sent, whatever the queue makes of it.
        messages.sort_by_key(|message| message.read().expect("it is an event").received_at);
        for message in messages {
            outcomes.push(
                world
                    .store
                    .handle(message, invocation())
                    .await
                    .expect("it is stored"),
            );
        }
    }
    outcomes.sort_by_key(|outcome| format!("{outcome:?}"));
    assert_eq!(outcomes, [Outcome::Conflict, Outcome::Processed]);
    let (_, history) = world.get("tx-1", &[("history", "true")]).await;
    assert_eq!(history["events"].as_array().expect("a list").len(), 1);
    assert_eq!(world.versions().await.len(), 2);
}

#[tokio::test]
async fn guarantee_22_the_history_has_the_order_of_the_events_and_pages() {
    let world = world("order").await;
    for minute in [3, 1, 5, 2, 4] {
        let body = format!(
            r#"{{"transactionId":"tx-1","eventId":"e-{minute}","status":"S{minute}","timestamp":"2026-04-09T10:0{minute}:00Z"}}"#
        );
        assert_eq!(world.post(&body).await.0, 202);
    }
    let mut stored = 0;
    while stored < 5 {
        for message in world.receive().await {
            world
                .store
                .handle(message, invocation())
                .await
                .expect("it is stored");
            stored += 1;
        }
    }
    assert_eq!(world.get("tx-1", &[]).await.1["status"], "S5");
    let mut told = Vec::new();
    let mut next = None::<String>;
    loop {
        let mut query = vec![("history", "true"), ("limit", "2")];
        if let Some(next) = &next {
            query.push(("next", next));
        }
        let (status, page) = world.get("tx-1", &query).await;
        assert_eq!(status, 200, "{page}");
        let events = page["events"].as_array().expect("a list");
        assert!(events.len() <= 2);
        told.extend(
            events
                .iter()
                .map(|event| event["status"].as_str().expect("a text").to_owned()),
        );
        next = page["next"].as_str().map(str::to_owned);
        if next.is_none() {
            break;
        }
    }
    assert_eq!(told, ["S5", "S4", "S3", "S2", "S1"]);
    let (status, _) = world
        .get("tx-1", &[("history", "true"), ("next", "e30")])
        .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn guarantee_08_a_sender_hears_in_time_that_the_queue_does_not_answer() {
    // Connections are made, and nobody reads from them.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = silent.local_addr().expect("it has an address");
    let config = cloud::emulator(&format!("http://{address}"));
    let secret = mock!(aws_sdk_secretsmanager::Client::get_secret_value).then_output(|| {
        GetSecretValueOutput::builder()
            .secret_string(r#"{"generic": []}"#)
            .build()
    });
    let secrets = mock_client!(aws_sdk_secretsmanager, [&secret]);
    let clients = Ingestion {
        events: SendMessage::with_client(
            aws_sdk_sqs::Client::new(&config),
            "https://sqs.example/q",
        ),
        payloads: PutObject::with_client(aws_sdk_s3::Client::new(&config), BUCKET),
        secrets: GetSecretValue::with_client(secrets, "arn"),
    };
    let receiver = Receiver::with(clients, OffsetDateTime::now_utc, |_| ());
    let mut invocation = invocation();
    invocation.deadline = SystemTime::now() + Duration::from_secs(1);
    let deadline = invocation.deadline;
    let request = post(r#"{"transactionId":"tx-1"}"#);
    let response = receiver.handle(request, invocation).await;
    assert_eq!(response.status_code, 503);
    assert!(response.body.contains("queue-unavailable"));
    assert!(SystemTime::now() < deadline);
}

#[test]
fn a_message_is_what_the_stack_says() {
    // The text is a contract with messages that are still in the queue when the functions are deployed.
    let text = r#"{"transactionId":"tx-1","eventId":"e-1","provider":"generic","eventType":"t","status":"s","occurredAt":null,"receivedAt":"2026-04-09T12:34:56.789Z","correlationId":"c","payloadKey":"raw/k","payloadSha256":"h","body":"{}"}"#;
    let event = Events::decode(text).expect("it is an event");
    assert_eq!(Events::encode(&event).expect("it can be written"), text);
}
