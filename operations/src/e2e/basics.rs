//! One webhook at a time: accepted, refused, and signed in every way.

use http::StatusCode;
use serde_json::{Value, json};

use super::ledger::event_of;
use super::report::{Report, ensure, passed};
use super::senders::{Secrets, Webhook, now};
use super::world::{PATIENCE, World, eventually, header_of, json_of, text, text_of};
use crate::error::{Context, Error};
use crate::http_client::Signer;

pub(super) async fn run(world: &World, report: &mut Report) {
    happy_path(world, report).await;
    schemes(world, report).await;
    forgeries(world, report).await;
    malformed(world, report).await;
    strangers(world, report).await;
}

async fn happy_path(world: &World, report: &mut Report) {
    report
        .check("a webhook is accepted, archived, stored and readable", async {
            let body = world.body("happy-1", "happy-event");
            let webhook = Webhook::generic(&body).with("x-correlation-id", "happy.correlation:1");
            let answer = world.post(&webhook).await?;
            ensure(answer.status() == StatusCode::ACCEPTED, || format!("{}: {}", answer.status(), text_of(&answer)))?;
            let told = json_of(&answer)?;
            let wanted = json!({ "transactionId": "happy-1", "eventId": "happy-event", "correlationId": "happy.correlation:1" });
            ensure(told == wanted, || format!("{told} instead of {wanted}"))?;
            ensure(header_of(&answer, "x-correlation-id") == "happy.correlation:1", || "no x-correlation-id in the answer".to_owned())?;

            let events = world.stored("happy-1", 1).await?;
            let key = text(&events[0], "payloadKey");
            ensure(key.starts_with("raw/generic/2026/04/09/happy-1/happy-event-"), || format!("archived as {key}"))?;
            let object = world
                .s3
                .get_object()
                .bucket(&world.bucket)
                .key(key)
                .checksum_mode(aws_sdk_s3::types::ChecksumMode::Enabled)
                .send()
                .await
                .context(|| key.to_owned())?;
            ensure(object.checksum_sha256().is_some(), || format!("{key} has no SHA-256 checksum"))?;
            let payload = object.body.collect().await.context(|| key.to_owned())?.into_bytes();
            ensure(payload == webhook.body, || format!("{key} is not what was sent"))?;

            let answer = world.status("happy-1").await?;
            ensure(answer.status() == StatusCode::OK, || format!("status: {}: {}", answer.status(), text_of(&answer)))?;
            let status = json_of(&answer)?;
            for (member, wanted) in [
                ("transactionId", "happy-1"),
                ("eventId", "happy-event"),
                ("provider", "generic"),
                ("eventType", "payment.settled"),
                ("status", "settled"),
            ] {
                ensure(status[member] == wanted, || format!("status: {member} is not {wanted}: {status}"))?;
            }
            passed()
        })
        .await;
    report
        .check("a correlation id of bad form is replaced", async {
            let webhook = Webhook::generic(&world.body("happy-2", "happy-event-2"))
                .with("x-correlation-id", "two words");
            let told = world.accepted(&webhook).await?;
            let id = told["correlationId"].as_str().unwrap_or_default();
            ensure(!id.is_empty() && id != "two words", || {
                format!("the correlation id is {id:?}")
            })?;
            passed()
        })
        .await;
    report
        .check("events of unknown types are accepted", async {
            let body = json!({ "transactionId": "happy-3", "type": "never.heard.of.it", "note": world.marker });
            world.accepted(&Webhook::generic(&body)).await?;
            world.stored("happy-3", 1).await?;
            passed()
        })
        .await;
}

/// A webhook of each scheme about this transaction, signed by the first or the second secret.
pub(super) fn signed(world: &World, which: usize, at: u64, transaction: &str) -> Vec<Webhook> {
    let secrets = &world.secrets;
    let note = &world.marker;
    let standard = json!({ "type": "invoice.paid", "timestamp": "2026-04-09T12:34:56Z", "data": { "transactionId": transaction, "note": note } });
    vec![
        Webhook::acme(
            &secrets.acme[which],
            at,
            &world.body(transaction, &format!("acme-{transaction}")),
        ),
        Webhook::standard(
            "standard-webhooks",
            &secrets.standard[which],
            &format!("msg_{transaction}"),
            at,
            &standard,
        ),
        Webhook::standard(
            "svix",
            &secrets.standard[which],
            &format!("msg_{transaction}"),
            at,
            &standard,
        ),
        Webhook::stripe(
            &secrets.stripe[which],
            at,
            &json!({
                "id": format!("evt_{transaction}"),
                "type": "payment_intent.succeeded",
                "created": 1_775_738_096,
                "data": { "object": { "id": "pi_1", "status": "succeeded", "metadata": { "transactionId": transaction }, "note": note } },
            }),
        ),
        Webhook::github(
            &secrets.github[which],
            &format!("delivery-{transaction}"),
            &json!({ "action": "completed", "note": note }),
        ),
    ]
}

async fn schemes(world: &World, report: &mut Report) {
    for (which, kind) in [(0, "new"), (1, "old")] {
        let transaction = format!("signed-{which}");
        for webhook in signed(world, which, now(), &transaction) {
            report
                .check(
                    &format!(
                        "{}: a signature by the {kind} secret is accepted",
                        webhook.provider
                    ),
                    async {
                        let told = world.accepted(&webhook).await?;
                        let transaction = told["transactionId"]
                            .as_str()
                            .unwrap_or_default()
                            .to_owned();
                        let event = told["eventId"].clone();
                        eventually(PATIENCE, "the event in the table", || async {
                            let events = world.events(&transaction).await?;
                            Ok(events
                                .iter()
                                .any(|item| {
                                    let found = event_of(item);
                                    found.id == event && found.provider == webhook.provider
                                })
                                .then_some(()))
                        })
                        .await?;
                        passed()
                    },
                )
                .await;
        }
    }
}

async fn forgeries(world: &World, report: &mut Report) {
    let count = signed(world, 0, now(), "forged").len();
    for number in 0..count {
        let honest = signed(world, 0, now(), "forged").swap_remove(number);
        let provider = honest.provider;
        report
            .check(
                &format!("{provider}: a forged signature is refused, and leaves nothing"),
                async {
                    // By a secret of somebody else.
                    let mut other = fastrand::Rng::with_seed(world.seed ^ 0xffff);
                    let forged = {
                        let secrets = Secrets::new(&mut other);
                        resigned(world, &secrets, number)
                    };
                    world.refused(&forged, 401, "invalid-signature").await?;
                    // One byte more: a signature covers the exact bytes.
                    let mut spaced = honest.clone();
                    spaced.body.push(b' ');
                    world.refused(&spaced, 401, "invalid-signature").await?;
                    let mut unsigned = honest.clone();
                    unsigned
                        .headers
                        .retain(|(name, _)| !name.contains("signature"));
                    let answer = world.post(&unsigned).await?;
                    ensure(matches!(answer.status().as_u16(), 400 | 401), || {
                        format!("without a signature: {}", answer.status())
                    })?;

                    world.drained(PATIENCE).await?;
                    for transaction in ["forged", "delivery-forged"] {
                        ensure(world.items(transaction).await?.is_empty(), || {
                            "it left an item".to_owned()
                        })?;
                    }
                    passed()
                },
            )
            .await;
        if provider == "github" {
            continue; // GitHub's signatures have no time.
        }
        report
            .check(
                &format!("{provider}: a signature of another time is refused"),
                async {
                    for at in [now() - 302, now() + 302] {
                        let stale = signed(world, 0, at, "forged").swap_remove(number);
                        world.refused(&stale, 401, "stale-timestamp").await?;
                    }
                    for at in [now() - 295, now() + 295] {
                        world
                            .accepted(
                                &signed(world, 0, at, &format!("edge-{at}")).swap_remove(number),
                            )
                            .await?;
                    }
                    passed()
                },
            )
            .await;
    }
}

/// The webhook of this number, signed by other secrets.
fn resigned(world: &World, secrets: &Secrets, number: usize) -> Webhook {
    let honest = signed(world, 0, now(), "forged").swap_remove(number);
    let body: Value = serde_json::from_slice(&honest.body).unwrap_or_default();
    match honest.provider {
        "acme" => Webhook::acme(&secrets.acme[0], now(), &body),
        "stripe" => Webhook::stripe(&secrets.stripe[0], now(), &body),
        "github" => Webhook::github(&secrets.github[0], "delivery-forged", &body),
        provider => Webhook::standard(provider, &secrets.standard[0], "msg_forged", now(), &body),
    }
}

async fn malformed(world: &World, report: &mut Report) {
    let text = |body: &str| Webhook::raw("generic", body);
    let fine = world.body("malformed", "malformed").to_string();
    let cases: Vec<(&str, Webhook, u16, &str)> = vec![
        ("no body", text(""), 400, "malformed-body"),
        (
            "no JSON",
            text("{\"transactionId\":"),
            400,
            "malformed-body",
        ),
        ("no object", text("[1, 2]"), 400, "malformed-body"),
        (
            "not UTF-8",
            Webhook::raw(
                "generic",
                vec![b'{', b'"', 0xff, 0xfe, b'"', b':', b'1', b'}'],
            ),
            400,
            "malformed-body",
        ),
        (
            "no transaction",
            text("{\"type\":\"x\"}"),
            400,
            "malformed-body",
        ),
        (
            "a transaction id with spaces",
            text("{\"transactionId\":\"a b\"}"),
            400,
            "invalid-transaction-id",
        ),
        (
            "a transaction id of 129 characters",
            text(&json!({ "transactionId": "x".repeat(129) }).to_string()),
            400,
            "invalid-transaction-id",
        ),
        (
            "nested 10,000 deep",
            text(&format!(
                "{{\"transactionId\":\"deep\",\"x\":{}{}}}",
                "[".repeat(10_000),
                "]".repeat(10_000)
            )),
            400,
            "malformed-body",
        ),
        (
            "text",
            Webhook {
                headers: vec![("content-type".to_owned(), "text/plain".to_owned())],
                ..text(&fine)
            },
            415,
            "unsupported-media-type",
        ),
        (
            "an unknown provider",
            Webhook::raw("nobody", fine.clone()),
            404,
            "unknown-provider",
        ),
    ];
    for (name, webhook, status, problem) in cases {
        report
            .check(
                &format!("malformed: {name} is answered by {status}"),
                async {
                    match problem {
                        // API Gateway holds it against the model of the body already.
                        "malformed-body" => world.refused_early(&webhook, status).await?,
                        _ => world.refused(&webhook, status, problem).await?,
                    }
                    passed()
                },
            )
            .await;
    }
    report
        .check(
            "malformed: strange signature headers are refused, and never an error of ours",
            async {
                let long = "a".repeat(9000);
                for (provider, headers) in [
                    (
                        "acme",
                        vec![
                            ("x-webhook-timestamp", "soon"),
                            ("x-webhook-signature", "sha256=00"),
                        ],
                    ),
                    (
                        "acme",
                        vec![
                            ("x-webhook-timestamp", "1"),
                            ("x-webhook-signature", "sha256=zz"),
                        ],
                    ),
                    (
                        "acme",
                        vec![
                            ("x-webhook-timestamp", "99999999999999999999"),
                            ("x-webhook-signature", "sha256=00"),
                        ],
                    ),
                    (
                        "acme",
                        vec![
                            ("x-webhook-timestamp", "1"),
                            ("x-webhook-timestamp", "2"),
                            ("x-webhook-signature", "sha256=00"),
                        ],
                    ),
                    ("stripe", vec![("stripe-signature", "")]),
                    ("stripe", vec![("stripe-signature", "t=,v1=")]),
                    ("stripe", vec![("stripe-signature", "t=1,t=2,v1=00,v1=")]),
                    ("stripe", vec![("stripe-signature", long.as_str())]),
                    (
                        "github",
                        vec![
                            ("x-hub-signature-256", "sha1=00"),
                            ("x-github-delivery", "d"),
                            ("x-github-event", "push"),
                        ],
                    ),
                    ("github", vec![("x-hub-signature-256", "sha256=00")]),
                    (
                        "standard-webhooks",
                        vec![
                            ("webhook-id", "a"),
                            ("webhook-timestamp", "1"),
                            ("webhook-signature", "v1,*"),
                        ],
                    ),
                    (
                        "standard-webhooks",
                        vec![
                            ("webhook-id", ""),
                            ("webhook-timestamp", "-1"),
                            ("webhook-signature", "v1,"),
                        ],
                    ),
                    (
                        "svix",
                        vec![
                            ("svix-id", "a"),
                            ("svix-timestamp", "1e9"),
                            ("svix-signature", "v9,AAAA"),
                        ],
                    ),
                ] {
                    let webhook = headers.iter().fold(
                        Webhook::raw(provider, fine.clone()),
                        |webhook, (name, value)| webhook.with(name, *value),
                    );
                    let answer = world.post(&webhook).await?;
                    let status = answer.status().as_u16();
                    ensure(matches!(status, 400 | 401), || {
                        format!(
                            "{provider} with {headers:.80?}: {status}: {}",
                            text_of(&answer)
                        )
                    })?;
                }
                passed()
            },
        )
        .await;
    report
        .check("malformed: no random body is an error of ours", async {
            let mut random = fastrand::Rng::with_seed(world.seed);
            for number in 0..100 {
                let provider = ["generic", "acme", "stripe", "github", "svix"][number % 5];
                let mut body = fine.clone().into_bytes();
                for _ in 0..random.usize(1..6) {
                    let place = random.usize(..body.len());
                    match random.u8(..3) {
                        0 => body[place] = random.u8(..),
                        1 => drop(body.remove(place)),
                        _ => body.insert(place, random.u8(..)),
                    }
                }
                let webhook = Webhook::raw(provider, body);
                let answer = world.post(&webhook).await?;
                ensure(answer.status().as_u16() < 500, || {
                    format!(
                        "{}: {} for {:?}",
                        answer.status(),
                        text_of(&answer),
                        String::from_utf8_lossy(&webhook.body)
                    )
                })?;
            }
            passed()
        })
        .await;
}

async fn strangers(world: &World, report: &mut Report) {
    report
        .check(
            "status: nobody reads it without a valid signature and the permission",
            async {
                let unsigned = world.http.send(world.status_request("happy-1")?).await?;
                ensure(unsigned.status() == StatusCode::FORBIDDEN, || {
                    format!("unsigned: {}", unsigned.status())
                })?;
                let ask = async |signer: &Signer| -> Result<StatusCode, Error> {
                    let request = signer.sign("execute-api", world.status_request("happy-1")?)?;
                    Ok(world.http.send(request).await?.status())
                };
                let keys = world.reader.credentials();
                let forged = ask(&Signer::new(keys.access_key_id(), "another-secret-key")).await?;
                ensure(forged == StatusCode::FORBIDDEN, || {
                    format!("by another's key: {forged}")
                })?;
                let nobody = json!({ "Version": "2012-10-17", "Statement": [
                { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" },
            ] });
                let stranger = world.control.create_user("stranger", &nobody).await?;
                let denied = ask(&stranger).await?;
                ensure(denied == StatusCode::FORBIDDEN, || {
                    format!("by a user without the permission: {denied}")
                })?;
                let allowed = ask(&world.reader).await?;
                ensure(allowed == StatusCode::OK, || {
                    format!("by a user with it: {allowed}")
                })?;
                passed()
            },
        )
        .await;
}
