//! Messages that nobody can process.

use std::time::Duration;

use aws_sdk_sqs::types::MessageAttributeValue;
use serde_json::json;

use super::report::{Report, ensure};
use super::world::{MAX_RECEIVES, VISIBILITY, World, eventually};
use crate::error::{Context, Error};

pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "poison: it is put aside unchanged after three receives, and holds up nothing else",
            async {
                world.set_visibility(Duration::from_secs(2)).await?;
                let outcome = check(world).await;
                world.set_visibility(VISIBILITY).await?;
                outcome
            },
        )
        .await;
}

async fn check(world: &World) -> Result<String, Error> {
    let poison = [
        "this is no event".to_owned(),
        "{".to_owned(),
        json!({ "transactionId": 1 }).to_string(),
        json!({ "unknown": true, "note": world.marker }).to_string(),
    ];
    let attribute = MessageAttributeValue::builder()
        .data_type("String")
        .string_value("poison-correlation")
        .build()
        .context(|| "a message attribute".to_owned())?;
    for body in &poison {
        world
            .sqs
            .send_message()
            .queue_url(&world.queue)
            .message_body(body)
            .message_attributes("correlationId", attribute.clone())
            .send()
            .await
            .context(|| "a message".to_owned())?;
        world.ledger().poisoned(body);
    }
    for number in 0..16 {
        let body = world.body("poison-neighbours", &format!("neighbour-{number}"));
        world
            .accepted(&super::senders::Webhook::generic(&body))
            .await?;
    }
    world.stored("poison-neighbours", 16).await?;
    let aside = eventually(
        Duration::from_mins(1),
        "the poison in the dead-letter queue",
        || async {
            let mut aside = world.put_aside().await?;
            aside.retain(|message| poison.iter().any(|body| message.body() == Some(body)));
            Ok((aside.len() >= poison.len()).then_some(aside))
        },
    )
    .await?;
    ensure(aside.len() == poison.len(), || {
        format!("{} messages became {}", poison.len(), aside.len())
    })?;
    for message in &aside {
        let attribute = message
            .message_attributes()
            .and_then(|attributes| attributes.get("correlationId")?.string_value());
        ensure(attribute == Some("poison-correlation"), || {
            format!("its attribute is {attribute:?}")
        })?;
    }
    Ok(format!(
        "{} messages after {MAX_RECEIVES} receives",
        aside.len()
    ))
}
