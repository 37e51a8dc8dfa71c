//! What operators do: redrive and replay.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;
use time::macros::date;

use super::report::{Report, ensure};
use super::world::{PATIENCE, VISIBILITY, World, eventually, text};
use crate::error::{Context, Error};
use crate::redrive::Redrive;
use crate::replay::{Replay, Selection};

pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "replay: a transaction that the table has lost is stored again",
            async {
                let before = world.events("happy-1").await?;
                for item in world.items("happy-1").await? {
                    world
                        .dynamodb
                        .delete_item()
                        .table_name(&world.table)
                        .key("transactionId", AttributeValue::S("happy-1".to_owned()))
                        .key(
                            "timestamp",
                            AttributeValue::S(text(&item, "timestamp").to_owned()),
                        )
                        .send()
                        .await
                        .context(|| "an item".to_owned())?;
                }
                let replay = Replay::new(&world.stack.sdk, &world.bucket, &world.queue);
                let selection = Selection {
                    transaction: Some("happy-1".to_owned()),
                    ..Selection::default()
                };
                let keys = replay.keys(&selection).await?;
                ensure(keys.len() == 1, || {
                    format!("{keys:?} instead of one object")
                })?;
                replay.send(&keys).await?;
                let after = world.stored("happy-1", 1).await?;
                for name in ["timestamp", "provider", "eventType", "status", "payloadKey"] {
                    ensure(text(&before[0], name) == text(&after[0], name), || {
                        format!("{after:?} instead of {before:?}")
                    })?;
                }
                Ok(String::new())
            },
        )
        .await;
    report
        .check(
            "replay: a day of one provider, replayed, changes nothing",
            async {
                let before = world.events("twice-1").await?;
                let replay = Replay::new(&world.stack.sdk, &world.bucket, &world.queue);
                let day = date!(2026 - 04 - 09);
                let selection = Selection {
                    provider: Some("acme".to_owned()),
                    days: Some((day, day)),
                    transaction: None,
                };
                let keys = replay.keys(&selection).await?;
                ensure(!keys.is_empty(), || {
                    "there is nothing of that day".to_owned()
                })?;
                replay.send(&keys).await?;
                let again = Selection {
                    transaction: Some("twice-1".to_owned()),
                    ..Selection::default()
                };
                replay.send(&replay.keys(&again).await?).await?;
                world.drained(PATIENCE).await?;
                ensure(world.events("twice-1").await? == before, || {
                    "it did".to_owned()
                })?;
                Ok(format!("{} events", keys.len()))
            },
        )
        .await;
    report
        .check(
            "redrive: messages put aside are processed, and poison comes back",
            async {
                world.set_visibility(Duration::from_secs(2)).await?;
                let outcome = redrive(world).await;
                world.set_visibility(VISIBILITY).await?;
                outcome
            },
        )
        .await;
}

async fn redrive(world: &World) -> Result<String, Error> {
    let poison = world.put_aside().await?.len();
    // Put aside by a mistake that is mended now: the message that replaying would send.
    let replay = Replay::new(&world.stack.sdk, &world.bucket, &world.dead_letters);
    let selection = Selection {
        transaction: Some("happy-1".to_owned()),
        ..Selection::default()
    };
    replay.send(&replay.keys(&selection).await?).await?;
    // What was looked at is hidden for a moment.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let moved = Redrive::new(&world.stack.sdk, &world.dead_letters, &world.queue)
        .by_hand()
        .await?;
    ensure(moved == poison + 1, || {
        format!("{moved} messages were moved instead of {}", poison + 1)
    })?;
    eventually(
        Duration::from_mins(1),
        "the poison to come back, and nothing else",
        || async { Ok((world.put_aside().await?.len() == poison).then_some(())) },
    )
    .await?;
    Ok(format!("{moved} moved"))
}
