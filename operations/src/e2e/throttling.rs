//! More requests than the stage allows.

use super::report::{Report, ensure};
use super::senders::Webhook;
use super::world::{PATIENCE, World, eventually, header_of, text_of};

pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "throttling: too many requests are answered by 429, and the next one later by 202",
            async {
                let (api, stage) = (
                    world.stack.outputs.api_id()?,
                    world.stack.api.rsplit('/').next().unwrap_or_default(),
                );
                world.control.throttle(api, stage, 2.0, 2).await?;
                let mut refused = 0;
                let webhook = Webhook::generic(&world.body("throttled-1", "throttled-1"));
                let outcome = async {
                    for _ in 0..20 {
                        let answer = world.post(&webhook).await?;
                        match answer.status().as_u16() {
                            202 => {}
                            429 => {
                                let kind = header_of(&answer, "content-type");
                                ensure(kind.starts_with("application/problem+json"), || {
                                    format!("429 as {kind}: {}", text_of(&answer))
                                })?;
                                ensure(!header_of(&answer, "retry-after").is_empty(), || {
                                    "429 without Retry-After".to_owned()
                                })?;
                                refused += 1;
                            }
                            other => ensure(false, || format!("{other}: {}", text_of(&answer)))?,
                        }
                    }
                    ensure(refused > 0, || {
                        "20 requests, and none was refused at 2 a second".to_owned()
                    })?;
                    eventually(PATIENCE, "a 202", || async {
                        Ok((world.post(&webhook).await?.status().as_u16() == 202).then_some(()))
                    })
                    .await
                }
                .await;
                world.control.throttle(api, stage, 1000.0, 2000).await?;
                outcome?;
                Ok(format!("{refused} of 20 refused"))
            },
        )
        .await;
}
