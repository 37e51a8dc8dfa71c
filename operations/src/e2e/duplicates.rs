//! The same event more than once.

use serde_json::json;

use super::report::{Report, ensure, passed};
use super::senders::Webhook;
use super::world::{PATIENCE, World, concurrently, eventually, text};
use crate::error::Context;

/// How often the same webhook comes at the same time.
const TIMES: usize = 50;

pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "duplicates: 50 at the same time are accepted, and happen once",
            async {
                let webhook = Webhook::generic(&world.body("twice-1", "twice-event"));
                concurrently(TIMES, TIMES, |_| async {
                    world.accepted(&webhook).await.map(drop)
                })
                .await?;
                world.stored("twice-1", 1).await?;
                world.drained(PATIENCE).await?;
                let events = world.events("twice-1").await?;
                ensure(events.len() == 1, || format!("{} events", events.len()))?;
                passed()
            },
        )
        .await;
    report
        .check(
            "duplicates: one more, later, is accepted and changes nothing",
            async {
                let before = world.items("twice-1").await?;
                world
                    .accepted(&Webhook::generic(&world.body("twice-1", "twice-event")))
                    .await?;
                world.drained(PATIENCE).await?;
                let after = world.items("twice-1").await?;
                ensure(before == after, || {
                    format!("{after:?} instead of {before:?}")
                })?;
                passed()
            },
        )
        .await;
    report
        .check(
            "duplicates: the same id with another body is flagged, and not lost",
            async {
                let mut body = world.body("twice-1", "twice-event");
                body["status"] = json!("refunded");
                world.accepted(&Webhook::generic(&body)).await?;
                let conflict = eventually(PATIENCE, "an item for the conflict", || async {
                    let items = world.items("twice-1").await?;
                    Ok(items.into_iter().find(|item| {
                        text(item, "timestamp").starts_with("~conflict#generic#twice-event#")
                    }))
                })
                .await?;
                let key = text(&conflict, "payloadKey");
                let object = world
                    .s3
                    .get_object()
                    .bucket(&world.bucket)
                    .key(key)
                    .send()
                    .await
                    .context(|| format!("the other body, {key:?} in {conflict:?}"))?;
                let payload = object
                    .body
                    .collect()
                    .await
                    .context(|| key.to_owned())?
                    .into_bytes();
                ensure(payload == body.to_string().as_bytes(), || {
                    format!("{key} is not the other body")
                })?;
                let events = world.events("twice-1").await?;
                ensure(
                    events.len() == 1 && text(&events[0], "status") == "settled",
                    || format!("{events:?}"),
                )?;
                passed()
            },
        )
        .await;
}
