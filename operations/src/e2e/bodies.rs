//! Bodies that are too large for the queue, and those that are too large for everything.

use serde_json::json;

use super::report::{Report, ensure, passed};
use super::senders::Webhook;
use super::world::{World, text};
use crate::error::{Context, Error};

pub(super) async fn run(world: &World, report: &mut Report) {
    for (name, size) in [("300 KB", 300_000), ("3 MB", 3_000_000)] {
        report
            .check(
                &format!("bodies: one of {name} is accepted and stored as it was"),
                async {
                    let transaction = format!("large-{size}");
                    let mut body = world.body(&transaction, &transaction);
                    body["padding"] = json!("x".repeat(size));
                    let webhook = Webhook::generic(&body);
                    stored_as_it_was(world, &webhook, &transaction).await?;
                    passed()
                },
            )
            .await;
    }
    report
        .check(
            "bodies: characters that SQS refuses arrive as they were",
            async {
                let mut body = world.body("controls-1", "controls-1");
                body["text"] = json!("\u{fffe}\u{ffff}\u{1}\u{7f}\u{0}é漢\u{1f600}");
                // Not escaped, as some senders write them.
                let raw = body.to_string().replace("\\u0001", "\u{fffe}");
                let webhook = Webhook::raw("generic", raw);
                stored_as_it_was(world, &webhook, "controls-1").await?;
                passed()
            },
        )
        .await;
    report
        .check("bodies: one of more than 6 MB is answered by 413", async {
            let mut body = world.body("huge-1", "huge-1");
            body["padding"] = json!("x".repeat(6 * 1024 * 1024 + 1));
            world
                .refused(&Webhook::generic(&body), 413, "body-too-large")
                .await?;
            let items = world.items("huge-1").await?;
            ensure(items.is_empty(), || format!("{items:?}"))?;
            passed()
        })
        .await;
}

/// Sends a webhook, and looks for its very bytes in the archive.
async fn stored_as_it_was(
    world: &World,
    webhook: &Webhook,
    transaction: &str,
) -> Result<(), Error> {
    world.accepted(webhook).await?;
    let events = world.stored(transaction, 1).await?;
    let key = text(&events[0], "payloadKey");
    let object = world
        .s3
        .get_object()
        .bucket(&world.bucket)
        .key(key)
        .send()
        .await
        .context(|| key.to_owned())?;
    let payload = object
        .body
        .collect()
        .await
        .context(|| key.to_owned())?
        .into_bytes();
    ensure(payload == webhook.body, || {
        format!("{key} is not what was sent")
    })
}
