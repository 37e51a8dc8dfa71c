//! What became of a transaction: the newest event, the history, pages, and wrong questions.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::json;

use super::report::{Report, ensure, passed};
use super::senders::Webhook;
use super::world::{World, is_problem, json_of, text_of};

pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "status: the newest event counts, in whatever order events come",
            async {
                for (second, status) in [
                    (20, "settled"),
                    (40, "refunded"),
                    (10, "pending"),
                    (30, "disputed"),
                ] {
                    let mut body = world.body("order-1", &format!("order-{second}"));
                    body["timestamp"] = json!(format!("2026-04-09T12:00:{second}Z"));
                    body["status"] = json!(status);
                    world.accepted(&Webhook::generic(&body)).await?;
                }
                world.stored("order-1", 4).await?;
                let answer = world.status("order-1").await?;
                ensure(answer.status() == StatusCode::OK, || text_of(&answer))?;
                let newest = json_of(&answer)?;
                ensure(newest["status"] == "refunded", || {
                    format!("the newest is {newest}")
                })?;
                passed()
            },
        )
        .await;
    report
        .check(
            "status: two events of one millisecond are both there",
            async {
                for event in ["same-a", "same-b"] {
                    world
                        .accepted(&Webhook::generic(&world.body("same-1", event)))
                        .await?;
                }
                world.stored("same-1", 2).await?;
                passed()
            },
        )
        .await;
    report
        .check(
            "status: the history comes in pages, each event once",
            async {
                for number in 0..25 {
                    let mut body = world.body("pages-1", &format!("page-{number}"));
                    body["timestamp"] = json!(format!("2026-04-09T12:00:{number:02}Z"));
                    world.accepted(&Webhook::generic(&body)).await?;
                }
                world.stored("pages-1", 25).await?;
                let mut seen = Vec::new();
                let mut path = "pages-1?history=true&limit=10".to_owned();
                let mut pages = 0;
                loop {
                    let answer = world.status(&path).await?;
                    ensure(answer.status() == StatusCode::OK, || text_of(&answer))?;
                    let page = json_of(&answer)?;
                    ensure(page["transactionId"] == "pages-1", || page.to_string())?;
                    let events = page["events"].as_array().cloned().unwrap_or_default();
                    ensure(events.len() <= 10, || {
                        format!("a page of {} events", events.len())
                    })?;
                    seen.extend(
                        events
                            .iter()
                            .filter_map(|event| event["eventId"].as_str().map(ToOwned::to_owned)),
                    );
                    pages += 1;
                    ensure(pages <= 5, || "pages without an end".to_owned())?;
                    match page["next"].as_str() {
                        Some(next) => {
                            let next = form_urlencoded::byte_serialize(next.as_bytes())
                                .collect::<String>();
                            path = format!("pages-1?history=true&limit=10&next={next}");
                        }
                        None => break,
                    }
                }
                ensure(
                    seen.len() == 25 && seen.iter().collect::<BTreeSet<_>>().len() == 25,
                    || format!("{seen:?}"),
                )?;
                Ok(format!("{pages} pages"))
            },
        )
        .await;
    report
        .check("status: an unknown transaction is answered by 404", async {
            is_problem(
                &world.status("never-heard-of-it").await?,
                404,
                "unknown-transaction",
            )?;
            passed()
        })
        .await;
    report
        .check("status: questions of bad form are answered by 400", async {
            for path in [
                "happy-1?history=true&limit=0",
                "happy-1?history=true&limit=many",
                "happy-1?history=true&limit=100000",
                "happy-1?history=true&next=%00",
                "happy-1?history=true&next=AAAA",
                "happy-1?history=perhaps",
            ] {
                let answer = world.status(path).await?;
                ensure(answer.status() == StatusCode::BAD_REQUEST, || {
                    format!("{path}: {}: {}", answer.status(), text_of(&answer))
                })?;
            }
            passed()
        })
        .await;
}
