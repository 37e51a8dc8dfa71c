//! The count: what was accepted is stored or put aside, nothing is lost, and nothing is there twice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::report::{Report, ensure};
use super::world::{Item, World, text};
use crate::error::{Context, Error};

/// What happened once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    pub(super) provider: String,
    pub(super) id: String,
    pub(super) transaction: String,
}

/// What the stack has answered for.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    accepted: BTreeSet<Event>,
    answers: usize,
    /// Bodies of messages that nobody can process.
    poison: Vec<String>,
}

impl Ledger {
    /// Notes an answer of 202.
    pub(super) fn accepted(&mut self, provider: &str, answer: &Value) -> Result<(), Error> {
        let member = |name: &str| {
            answer[name]
                .as_str()
                .map(ToOwned::to_owned)
                .ok_or_else(|| Error::new(format!("202 without `{name}`: {answer}")))
        };
        self.answers += 1;
        self.accepted.insert(Event {
            provider: provider.to_owned(),
            id: member("eventId")?,
            transaction: member("transactionId")?,
        });
        Ok(())
    }

    /// Notes a message that nobody can process.
    pub(super) fn poisoned(&mut self, body: &str) {
        self.poison.push(body.to_owned());
    }

    /// How often 202 was answered.
    pub(super) fn answers(&self) -> usize {
        self.answers
    }
}

/// Counts everything that this run has done.
pub(super) async fn run(world: &World, report: &mut Report) {
    report
        .check(
            "accepted = stored + put aside: nothing lost, nothing twice",
            async {
                world.drained(std::time::Duration::from_mins(2)).await?;
                let items = all_items(world).await?;
                let mut stored = BTreeSet::new();
                let mut times = BTreeMap::<_, usize>::new();
                let mut conflicts = BTreeSet::new();
                for item in &items {
                    if text(item, "timestamp").starts_with("~conflict#") {
                        conflicts.insert(event_of(item));
                    } else if is_event(item) {
                        let event = event_of(item);
                        let id = (event.provider.clone(), event.id.clone());
                        *times.entry(id).or_default() += 1;
                        stored.insert(event);
                    }
                }
                let mut aside = BTreeSet::new();
                let mut strange = Vec::new();
                for message in world.put_aside().await? {
                    let body = message.body().unwrap_or_default();
                    match serde_json::from_str::<Value>(body)
                        .ok()
                        .as_ref()
                        .and_then(event_in)
                    {
                        Some(event) => {
                            aside.insert(event);
                        }
                        None => strange.push(body.to_owned()),
                    }
                }
                let twice = times
                    .iter()
                    .filter(|(_, count)| **count > 1)
                    .collect::<Vec<_>>();
                ensure(twice.is_empty(), || {
                    format!("stored more than once: {:?}", first(&twice))
                })?;

                let ledger = world.ledger();
                let lost = ledger
                    .accepted
                    .iter()
                    .filter(|event| {
                        !stored.contains(event)
                            && !conflicts.contains(event)
                            && !aside.contains(event)
                    })
                    .collect::<Vec<_>>();
                ensure(lost.is_empty(), || {
                    format!("{} lost, such as {:?}", lost.len(), first(&lost))
                })?;
                let both = aside.iter().filter(|event| stored.contains(event)).count();
                let accepted_aside = aside
                    .iter()
                    .filter(|event| ledger.accepted.contains(event))
                    .count();
                // A webhook whose answer was lost may be stored without having been accepted; senders send it again
                // until it is, so that none is left here.
                let unknown = stored
                    .iter()
                    .filter(|event| !ledger.accepted.contains(event))
                    .collect::<Vec<_>>();
                ensure(unknown.is_empty(), || {
                    format!("stored and never accepted: {:?}", first(&unknown))
                })?;
                let (mut sent, mut found) = (ledger.poison.clone(), strange);
                sent.sort();
                found.sort();
                ensure(sent == found, || {
                    format!(
                        "{} poison messages were sent, and {} were put aside",
                        sent.len(),
                        found.len()
                    )
                })?;
                let told = [
                    (
                        "of other bodies under the same id",
                        conflicts.difference(&stored).count(),
                    ),
                    ("of the stored put aside as well", both),
                ];
                let told = told.iter().filter(|(_, count)| *count > 0);
                Ok(format!(
                    "{} accepted in {} answers = {} stored + {} put aside{}",
                    ledger.accepted.len(),
                    ledger.answers,
                    stored.union(&conflicts).count(),
                    accepted_aside - both,
                    told.map(|(what, count)| format!(", {count} {what}"))
                        .collect::<String>(),
                ))
            },
        )
        .await;
    report
        .check("each stored event has its payload, once", async {
            let items = all_items(world).await?;
            let mut versions = BTreeMap::<String, usize>::new();
            let mut next: (Option<String>, Option<String>) = (None, None);
            loop {
                let page = world
                    .s3
                    .list_object_versions()
                    .bucket(&world.bucket)
                    .prefix("raw/")
                    .set_key_marker(next.0.take())
                    .set_version_id_marker(next.1.take())
                    .send()
                    .await
                    .context(|| "the bucket's versions".to_owned())?;
                for version in page.versions() {
                    *versions
                        .entry(version.key().unwrap_or_default().to_owned())
                        .or_default() += 1;
                }
                if page.is_truncated() != Some(true) {
                    break;
                }
                next = (
                    page.next_key_marker().map(ToOwned::to_owned),
                    page.next_version_id_marker().map(ToOwned::to_owned),
                );
            }
            let events = items
                .iter()
                .filter(|item| is_event(item))
                .collect::<Vec<_>>();
            for item in &events {
                let key = text(item, "payloadKey");
                ensure(versions.contains_key(key), || {
                    format!("{item:?} has no object {key}")
                })?;
            }
            let twice = versions
                .iter()
                .filter(|(_, count)| **count > 1)
                .collect::<Vec<_>>();
            ensure(twice.is_empty(), || {
                format!("written more than once: {:?}", first(&twice))
            })?;
            Ok(format!(
                "{} events, {} objects",
                events.len(),
                versions.len()
            ))
        })
        .await;
}

fn first<T>(found: &[T]) -> &[T] {
    &found[..found.len().min(3)]
}

/// The event of an item.
pub(super) fn event_of(item: &Item) -> Event {
    Event {
        provider: text(item, "provider").to_owned(),
        id: text(item, "eventId").to_owned(),
        transaction: text(item, "transactionId").to_owned(),
    }
}

/// The items that are no events have keys behind those of all events.
pub(super) fn is_event(item: &Item) -> bool {
    !text(item, "timestamp").starts_with('~')
}

fn event_in(message: &Value) -> Option<Event> {
    let member = |name: &str| message[name].as_str().map(ToOwned::to_owned);
    Some(Event {
        provider: member("provider")?,
        id: member("eventId")?,
        transaction: member("transactionId")?,
    })
}

async fn all_items(world: &World) -> Result<Vec<Item>, Error> {
    let mut pages = world
        .dynamodb
        .scan()
        .table_name(&world.table)
        .consistent_read(true)
        .into_paginator()
        .items()
        .send();
    let mut items = Vec::new();
    while let Some(item) = pages.next().await {
        items.push(item.context(|| "the table's items".to_owned())?);
    }
    Ok(items)
}
