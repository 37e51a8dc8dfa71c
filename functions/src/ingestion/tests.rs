//! What is taken, what is refused, and what is left behind of either.

use proptest::prelude::*;
use webhook_infra::client::Carrier as _;
use webhook_infra::prelude::GetSecretValue;

use super::*;
use crate::testing::{self, Faults, Messages, Objects, invocation, post};

const SECRETS: &str = r#"{"generic": [], "signed": {"scheme": "generic", "secrets": ["hush"]}, "github": ["hush"], "typo": ["x"]}"#;

struct Stage {
    receiver: Receiver,
    messages: Messages,
    objects: Objects,
}

#[derive(Default)]
struct Services {
    queue: Faults,
    bucket: Faults,
    secret: Faults,
}

fn stage(services: &Services) -> Stage {
    let (sqs, messages) = testing::queue(&services.queue);
    let (s3, objects) = testing::bucket(&services.bucket);
    let (secretsmanager, _) = testing::secret(&services.secret, SECRETS);
    let clients = Ingestion {
        events: SendMessage::with_client(sqs, "https://sqs.example/events"),
        payloads: PutObject::with_client(s3, "payloads"),
        secrets: GetSecretValue::with_client(secretsmanager, "arn"),
    };
    Stage {
        receiver: Receiver::with(clients, testing::now, testing::keep),
        messages,
        objects,
    }
}

impl Stage {
    async fn send(&self, request: Request) -> (u16, serde_json::Value) {
        let response = self.receiver.handle(request, invocation()).await;
        let body = serde_json::from_str(&response.body).unwrap();
        (response.status_code, body)
    }

    /// The status and the end of the problem's type.
    async fn problem(&self, request: Request) -> (u16, String) {
        let (status, body) = self.send(request).await;
        let type_ = body["type"].as_str().unwrap_or("none");
        let name = type_.rsplit(':').next().unwrap_or_default();
        (status, name.to_owned())
    }

    fn sent(&self) -> Vec<WebhookEvent> {
        let messages = self.messages.lock().unwrap();
        messages
            .iter()
            .map(|message| Events::decode(message.message_body().unwrap()).unwrap())
            .collect()
    }

    fn is_untouched(&self) -> bool {
        self.messages.lock().unwrap().is_empty() && self.objects.lock().unwrap().is_empty()
    }
}

fn signature(secret: &str, message: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let tag = ring::hmac::sign(&key, message.as_bytes());
    format!("sha256={}", data_encoding::HEXLOWER.encode(tag.as_ref()))
}

const BODY: &str = r#"{"transactionId":"tx-1","eventId":"e-1","type":"payment","status":"PAID","timestamp":"2026-04-09T10:00:00Z"}"#;

#[tokio::test]
async fn a_webhook_is_queued_and_answered() {
    let stage = stage(&Services::default());
    let request = post("generic", &[("X-Correlation-Id", "c-1")], BODY);
    let response = stage.receiver.handle(request, invocation()).await;
    assert_eq!(response.status_code, 202);
    assert_eq!(response.headers["x-correlation-id"], "c-1");
    let body: serde_json::Value = serde_json::from_str(&response.body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({ "transactionId": "tx-1", "eventId": "e-1", "correlationId": "c-1" })
    );
    let sent = stage.sent();
    let hash = sha256_hex(BODY.as_bytes());
    assert_eq!(
        sent,
        [WebhookEvent {
            transaction_id: "tx-1".to_owned(),
            event_id: "e-1".to_owned(),
            provider: "generic".to_owned(),
            event_type: "payment".to_owned(),
            status: "PAID".to_owned(),
            occurred_at: Some("2026-04-09T10:00:00.000Z".to_owned()),
            received_at: "2026-04-09T12:34:56.789Z".to_owned(),
            correlation_id: "c-1".to_owned(),
            payload_key: format!("raw/generic/2026/04/09/tx-1/e-1-{}.json", &hash[..16]),
            payload_sha256: hash,
            body: Some(BODY.to_owned()),
        }]
    );
    let messages = stage.messages.lock().unwrap();
    let attributes = messages[0].message_attributes().unwrap();
    assert_eq!(attributes["correlationId"].string_value(), Some("c-1"));
    assert_eq!(messages[0].queue_url(), Some("https://sqs.example/events"));
    drop(messages);
    assert!(stage.objects.lock().unwrap().is_empty());
    let lines = testing::lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["Accepted"], 1);
    for (name, value) in [
        ("level", "INFO"),
        ("outcome", "accepted"),
        ("correlationId", "c-1"),
        ("requestId", "lambda-1"),
        ("provider", "generic"),
        ("transactionId", "tx-1"),
    ] {
        assert_eq!(lines[0][name], value, "{name}");
    }
    assert!(lines[0]["durationMs"].is_u64());
}

#[tokio::test]
async fn guarantee_01_a_forged_webhook_leaves_nothing() {
    let stage = stage(&Services::default());
    for (headers, name) in [
        (vec![], "missing-header"),
        (
            vec![("X-Hub-Signature-256", signature("other", BODY))],
            "invalid-signature",
        ),
    ] {
        let mut headers = headers;
        headers.push(("X-GitHub-Delivery", "d-1".to_owned()));
        headers.push(("X-GitHub-Event", "push".to_owned()));
        let headers = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect::<Vec<_>>();
        let (_, problem) = stage.problem(post("github", &headers, BODY)).await;
        assert_eq!(problem, name);
    }
    assert!(stage.is_untouched());
    let lines = testing::lines();
    assert_eq!(lines[1]["Reason"], "invalid-signature");
    assert_eq!(lines[1]["Rejected"], 1);
    assert_eq!(lines[1]["level"], "WARN");
}

#[tokio::test]
async fn guarantee_02_the_bytes_are_those_of_api_gateway() {
    let stage = stage(&Services::default());
    let signed = signature("hush", BODY);
    let headers = [
        ("X-Hub-Signature-256", signed.as_str()),
        ("X-GitHub-Delivery", "d-1"),
        ("X-GitHub-Event", "push"),
    ];
    let (status, _) = stage.send(post("github", &headers, BODY)).await;
    assert_eq!(status, 202);
    let mut request = post(
        "github",
        &headers,
        &data_encoding::BASE64.encode(BODY.as_bytes()),
    );
    request.is_base64_encoded = true;
    assert_eq!(stage.send(request).await.0, 202);
    let spaced = BODY.replace(',', ", ");
    let (status, name) = stage.problem(post("github", &headers, &spaced)).await;
    assert_eq!((status, name.as_str()), (401, "invalid-signature"));
    assert_eq!(stage.sent().len(), 2);
}

#[tokio::test]
async fn guarantee_08_nothing_is_acknowledged_that_is_not_queued() {
    for queue in [Faults::before([0]), Faults::after([0])] {
        let stage = stage(&Services {
            queue,
            ..Services::default()
        });
        let (status, name) = stage.problem(post("generic", &[], BODY)).await;
        assert_eq!((status, name.as_str()), (503, "queue-unavailable"));
        let lines = testing::lines();
        assert_eq!(lines[0]["level"], "ERROR");
        assert!(
            lines[0]["error"]
                .as_str()
                .unwrap()
                .starts_with("SendMessage failed")
        );
        // The sender tries again, and then it is there.
        assert_eq!(stage.send(post("generic", &[], BODY)).await.0, 202);
        assert_eq!(testing::lines()[0]["level"], "INFO");
    }
}

#[tokio::test]
async fn guarantee_10_large_bodies_go_to_the_archive_first() {
    let stage = stage(&Services::default());
    let body = format!(
        r#"{{"transactionId":"tx-1","fill":"{}"}}"#,
        "x".repeat(300_000)
    );
    assert_eq!(stage.send(post("generic", &[], &body)).await.0, 202);
    let sent = stage.sent();
    assert_eq!(sent[0].body, None);
    let objects = stage.objects.lock().unwrap();
    let object = &objects[&sent[0].payload_key];
    assert_eq!(object.body, body.as_bytes());
    assert!(object.is_conditional);
    assert_eq!(object.checksum, archive::in_base64(&sent[0].payload_sha256));
    assert_eq!(object.metadata["transaction-id"], "tx-1");
}

#[tokio::test]
async fn guarantee_10_no_message_is_larger_than_sqs_takes() {
    for fill in ["\"", "x", "\u{1}"] {
        let stage = stage(&Services::default());
        for length in [50_000, 100_000, 150_000, 235_000, 240_000] {
            let fill = serde_json::to_string(&fill.repeat(length / fill.len())).unwrap();
            let body = format!(r#"{{"transactionId":"tx-1","fill":{fill}}}"#);
            assert_eq!(stage.send(post("generic", &[], &body)).await.0, 202);
        }
        for message in stage.messages.lock().unwrap().iter() {
            assert!(message.message_body().unwrap().len() < 256 * 1024);
        }
    }
}

#[tokio::test]
async fn guarantee_10_what_sqs_refuses_goes_to_the_archive() {
    let stage = stage(&Services::default());
    let body = "{\"transactionId\":\"tx-1\",\"odd\":\"\u{fffe}\"}";
    assert_eq!(stage.send(post("generic", &[], body)).await.0, 202);
    assert_eq!(stage.sent()[0].body, None);
    assert_eq!(stage.objects.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn guarantee_10_larger_bodies_than_lambda_takes_are_refused() {
    let stage = stage(&Services::default());
    let body = "x".repeat(LARGEST_BODY + 1);
    let (status, name) = stage.problem(post("generic", &[], &body)).await;
    assert_eq!((status, name.as_str()), (413, "body-too-large"));
    assert!(stage.is_untouched());
}

#[tokio::test]
async fn a_large_body_that_cannot_be_archived_is_not_queued() {
    let stage = stage(&Services {
        bucket: Faults::before([0]),
        ..Services::default()
    });
    let body = format!(
        r#"{{"transactionId":"tx-1","fill":"{}"}}"#,
        "x".repeat(300_000)
    );
    let (status, name) = stage.problem(post("generic", &[], &body)).await;
    assert_eq!((status, name.as_str()), (503, "storage-unavailable"));
    assert!(stage.is_untouched());
    // A pointer that was not queued leaves its object, and the next try finds it there.
    let stage = self::stage(&Services {
        queue: Faults::before([0]),
        ..Services::default()
    });
    assert_eq!(stage.send(post("generic", &[], &body)).await.0, 503);
    assert_eq!(stage.send(post("generic", &[], &body)).await.0, 202);
    assert_eq!(stage.objects.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn guarantee_11_unknown_event_types_are_taken() {
    let stage = stage(&Services::default());
    let body = r#"{"transactionId":"tx-1","type":"never.heard.of","x":[1,{"y":null}]}"#;
    assert_eq!(stage.send(post("generic", &[], body)).await.0, 202);
    assert_eq!(stage.sent()[0].event_type, "never.heard.of");
}

#[tokio::test]
async fn guarantee_13_no_payload_header_or_secret_is_logged() {
    let services = Services {
        queue: Faults::before([1]),
        secret: Faults::default(),
        bucket: Faults::before([0]),
    };
    let stage = stage(&services);
    let marked =
        |fill: &str| format!(r#"{{"transactionId":"tx-1","card":"MARKER-4111","fill":"{fill}"}}"#);
    let now = testing::now().unix_timestamp().to_string();
    let body = marked("");
    let signed = signature("hush", &format!("{now}.{body}"));
    let headers = [
        ("X-Webhook-Timestamp", now.as_str()),
        ("X-Webhook-Signature", signed.as_str()),
        ("Authorization", "MARKER-token"),
    ];
    assert_eq!(stage.send(post("signed", &headers, &body)).await.0, 202);
    assert_eq!(stage.send(post("signed", &headers, &body)).await.0, 503);
    assert_eq!(stage.send(post("signed", &headers, "MARKER")).await.0, 401);
    assert_eq!(stage.send(post("generic", &headers, "MARKER")).await.0, 400);
    assert_eq!(
        stage
            .send(post("generic", &headers, "{\"MARKER\":1}"))
            .await
            .0,
        400
    );
    let large = marked(&"x".repeat(300_000));
    assert_eq!(stage.send(post("generic", &headers, &large)).await.0, 503);
    assert_eq!(stage.send(post("typo", &headers, &body)).await.0, 503);
    let lines = testing::lines();
    assert_eq!(lines.len(), 7);
    for line in lines {
        let text = line.to_string();
        for secret in ["MARKER", "hush", signed.as_str()] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_its_reason() {
    let stage = stage(&Services::default());
    let plain = |content_type: &str| {
        let mut request = post("generic", &[], BODY);
        request
            .multi_value_headers
            .insert("Content-Type".to_owned(), vec![content_type.to_owned()]);
        request
    };
    for (request, status, name) in [
        (post("nobody", &[], BODY), 404, "unknown-provider"),
        (post("generic", &[], "{"), 400, "malformed-body"),
        (post("generic", &[], ""), 400, "malformed-body"),
        (post("generic", &[], "[1]"), 400, "malformed-body"),
        (post("generic", &[], "{}"), 400, "malformed-body"),
        (
            post("generic", &[], r#"{"transactionId":"a b"}"#),
            400,
            "invalid-transaction-id",
        ),
        (plain("text/plain"), 415, "unsupported-media-type"),
        (
            plain("application/x-www-form-urlencoded"),
            415,
            "unsupported-media-type",
        ),
        (
            post("generic", &[("Content-Encoding", "gzip")], BODY),
            415,
            "unsupported-media-type",
        ),
        (
            post("generic", &[("content-type", "application/json")], BODY),
            400,
            "duplicate-header",
        ),
        (post("typo", &[], BODY), 503, "secrets-unavailable"),
    ] {
        let (found, problem) = stage.problem(request).await;
        assert_eq!((found, problem.as_str()), (status, name));
    }
    assert!(stage.is_untouched());
    let mut request = post("generic", &[], "*");
    request.is_base64_encoded = true;
    assert_eq!(stage.problem(request).await.1, "malformed-body");
    for content_type in [
        "application/json; charset=utf-8",
        "application/cloudevents+json",
        "Application/JSON",
    ] {
        assert_eq!(
            stage.send(plain(content_type)).await.0,
            202,
            "{content_type}"
        );
    }
}

#[tokio::test]
async fn without_secrets_nothing_is_taken() {
    let services = Services {
        secret: Faults::before(0..2),
        ..Services::default()
    };
    let stage = stage(&services);
    stage.receiver.warm().await;
    let (status, name) = stage.problem(post("generic", &[], BODY)).await;
    assert_eq!((status, name.as_str()), (503, "secrets-unavailable"));
    assert!(stage.is_untouched());
    assert_eq!(stage.send(post("generic", &[], BODY)).await.0, 202);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn guarantee_07_nothing_that_is_sent_is_an_error_of_ours(
        provider in prop_oneof![Just("generic".to_owned()), Just("signed".to_owned()), Just("github".to_owned()), any::<String>()],
        names in prop::collection::vec(prop_oneof![
            Just("content-type".to_owned()), Just("x-webhook-signature".to_owned()), Just("x-webhook-timestamp".to_owned()),
            Just("x-hub-signature-256".to_owned()), Just("x-github-delivery".to_owned()), any::<String>()], 0..6),
        value in any::<String>(),
        body in prop_oneof![any::<String>(), Just(BODY.to_owned()), "\\PC{0,40}"],
        is_base64 in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let headers = names.iter().map(|name| (name.as_str(), value.as_str())).collect::<Vec<_>>();
        let mut request = post(&provider, &headers, &body);
        request.is_base64_encoded = is_base64;
        let stage = stage(&Services::default());
        let response = runtime.block_on(stage.receiver.handle(request, invocation()));
        prop_assert!(matches!(response.status_code, 202 | 400 | 401 | 404 | 413 | 415), "{response:?}");
        prop_assert_eq!(response.status_code == 202, !stage.is_untouched());
        testing::lines();
    }
}
