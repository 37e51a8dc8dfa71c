//! Each event once, whatever happens to its deliveries.

use proptest::prelude::*;
use webhook_infra::client::Carrier as _;

use super::*;
use crate::testing::{self, Faults, Items, Objects, invocation};

struct Stage {
    store: Store,
    items: Items,
    objects: Objects,
}

fn stage(table: &Faults, bucket: &Faults) -> Stage {
    let (dynamodb, items) = testing::table(table);
    let (s3, objects) = testing::bucket(bucket);
    let clients = Processing {
        transactions: PutItem::with_client(dynamodb, "transactions"),
        payloads: PutObject::with_client(s3, "payloads"),
    };
    Stage {
        store: Store::with(clients, testing::keep),
        items,
        objects,
    }
}

fn event(transaction: &str, id: &str, body: &str) -> WebhookEvent {
    let hash = sha256_hex(body.as_bytes());
    let received_at = "2026-04-09T12:34:56.789Z".to_owned();
    WebhookEvent {
        transaction_id: transaction.to_owned(),
        event_id: id.to_owned(),
        provider: "generic".to_owned(),
        event_type: "payment".to_owned(),
        status: "PAID".to_owned(),
        occurred_at: None,
        payload_key: archive::key("generic", &received_at, transaction, id, &hash),
        received_at,
        correlation_id: "c-1".to_owned(),
        payload_sha256: hash,
        body: Some(body.to_owned()),
    }
}

fn message(event: &WebhookEvent) -> Message<Events> {
    Message::new("m-1", Events::encode(event).unwrap())
}

impl Stage {
    async fn handle(&self, event: &WebhookEvent) -> Result<Outcome, Failure> {
        self.store.handle(message(event), invocation()).await
    }

    /// The sort keys within a transaction.
    fn keys(&self, transaction: &str) -> Vec<String> {
        let items = self.items.lock().unwrap();
        items
            .keys()
            .filter(|(partition, _)| partition == transaction)
            .map(|(_, key)| key.clone())
            .collect()
    }
}

#[tokio::test]
async fn an_event_is_archived_and_stored() {
    let stage = stage(&Faults::default(), &Faults::default());
    let event = event("tx-1", "e-1", "{}");
    assert_eq!(stage.handle(&event).await.unwrap(), Outcome::Processed);
    assert_eq!(
        stage.keys("tx-1"),
        ["2026-04-09T12:34:56.789Z#2026-04-09T12:34:56.789Z#generic#e-1"]
    );
    let items = stage.items.lock().unwrap();
    let item = items.values().next().unwrap();
    assert_eq!(item["status"].as_s().unwrap(), "PAID");
    assert!(items.contains_key(&("~seen#generic#e-1".to_owned(), "~".to_owned())));
    let objects = stage.objects.lock().unwrap();
    assert_eq!(objects[&event.payload_key].body, b"{}");
    let lines = testing::lines();
    assert_eq!(lines[0]["Processed"], 1);
    assert_eq!(lines[0]["correlationId"], "c-1");
    assert_eq!(lines[0]["transactionId"], "tx-1");
}

#[tokio::test]
async fn guarantee_15_ids_are_remembered_for_good() {
    let stage = stage(&Faults::default(), &Faults::default());
    let event = event("tx-1", "e-1", "{}");
    stage.handle(&event).await.unwrap();
    // A year later, out of the archive: the day of receipt is another.
    let mut replayed = event.clone();
    replayed.received_at = "2027-04-09T00:00:00.000Z".to_owned();
    assert_eq!(stage.handle(&replayed).await.unwrap(), Outcome::Duplicate);
    let table = std::fs::read_to_string("../out/main.tf.json").unwrap();
    assert!(!table.contains("\"ttl\""), "nothing in the table expires");
}

#[tokio::test]
async fn guarantee_14_an_event_that_comes_again_happens_once() {
    let stage = stage(&Faults::default(), &Faults::default());
    let first = event("tx-1", "e-1", "{}");
    assert_eq!(stage.handle(&first).await.unwrap(), Outcome::Processed);
    // The sender's second try was received later.
    let mut second = first.clone();
    second.received_at = "2026-04-11T00:00:00.000Z".to_owned();
    second.payload_key = archive::key(
        "generic",
        &second.received_at,
        "tx-1",
        "e-1",
        &second.payload_sha256,
    );
    for event in [&first, &second, &second] {
        assert_eq!(stage.handle(event).await.unwrap(), Outcome::Duplicate);
    }
    assert_eq!(stage.keys("tx-1").len(), 1);
    assert_eq!(testing::lines()[3]["Duplicate"], 1);
}

#[tokio::test]
async fn guarantee_14_deliveries_at_once_have_one_effect() {
    let stage = stage(&Faults::default(), &Faults::default());
    let event = event("tx-1", "e-1", "{}");
    let all = (0..50).map(|number| {
        let mut event = event.clone();
        event.received_at = format!("2026-04-09T12:34:56.{number:03}Z");
        let stage = &stage;
        async move { stage.handle(&event).await.unwrap() }
    });
    let outcomes = futures_util::future::join_all(all).await;
    let processed = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Processed);
    assert_eq!(processed.count(), 1);
    assert_eq!(stage.keys("tx-1").len(), 1);
}

#[tokio::test]
async fn guarantee_16_a_crash_between_the_writes_is_mended_by_the_next_delivery() {
    // 0 is the write of the marker, 1 that of the event; each may fail, or succeed without an answer.
    for faults in [
        Faults::before([0]),
        Faults::after([0]),
        Faults::before([1]),
        Faults::after([1]),
    ] {
        let stage = stage(&faults, &Faults::default());
        let mut event = event("tx-1", "e-1", "{}");
        stage.handle(&event).await.unwrap_err();
        event.received_at = "2026-04-10T00:00:00.000Z".to_owned();
        stage.handle(&event).await.unwrap();
        assert_eq!(stage.handle(&event).await.unwrap(), Outcome::Duplicate);
        assert_eq!(stage.keys("tx-1").len(), 1);
    }
}

#[tokio::test]
async fn guarantee_17_a_duplicate_is_not_acknowledged_before_the_event_is_stored() {
    // The first delivery gets no further than the marker, and of the second the write of the event fails, too.
    let stage = stage(&Faults::before([1, 3]), &Faults::default());
    let event = event("tx-1", "e-1", "{}");
    stage.handle(&event).await.unwrap_err();
    stage.handle(&event).await.unwrap_err();
    assert!(stage.keys("tx-1").is_empty());
    assert_eq!(stage.handle(&event).await.unwrap(), Outcome::Processed);
    assert_eq!(stage.handle(&event).await.unwrap(), Outcome::Duplicate);
}

#[tokio::test]
async fn guarantee_18_the_same_id_with_another_body_is_flagged_and_kept() {
    let stage = stage(&Faults::default(), &Faults::default());
    stage.handle(&event("tx-1", "e-1", "{}")).await.unwrap();
    let other = event("tx-1", "e-1", "{ }");
    assert_eq!(stage.handle(&other).await.unwrap(), Outcome::Conflict);
    let keys = stage.keys("tx-1");
    assert_eq!(keys.len(), 2);
    assert!(keys[1].starts_with("~conflict#generic#e-1#"), "{keys:?}");
    assert_eq!(stage.objects.lock().unwrap().len(), 2);
    let lines = testing::lines();
    assert_eq!(
        (&lines[1]["Conflict"], &lines[1]["level"]),
        (&1.into(), &"ERROR".into())
    );
    // Of another transaction, too.
    let elsewhere = event("tx-2", "e-1", "[]");
    assert_eq!(stage.handle(&elsewhere).await.unwrap(), Outcome::Conflict);
    // And again: still flagged, kept once.
    assert_eq!(stage.handle(&other).await.unwrap(), Outcome::Conflict);
    assert_eq!(stage.keys("tx-1").len(), 2);
}

#[tokio::test]
async fn guarantee_19_nothing_is_stored_while_the_marker_cannot_be() {
    let table = Faults::default();
    table.set(true);
    let stage = stage(&table, &Faults::default());
    let failure = stage.handle(&event("tx-1", "e-1", "{}")).await.unwrap_err();
    assert!(
        failure.to_string().starts_with("PutItem failed"),
        "{failure}"
    );
    assert!(stage.items.lock().unwrap().is_empty());
    assert_eq!(testing::lines()[0]["Failed"], 1);
}

#[tokio::test]
async fn nothing_is_stored_whose_payload_is_not_archived() {
    let stage = stage(&Faults::default(), &Faults::before([0]));
    stage.handle(&event("tx-1", "e-1", "{}")).await.unwrap_err();
    assert!(stage.items.lock().unwrap().is_empty());
    stage.handle(&event("tx-1", "e-1", "{}")).await.unwrap();
    assert_eq!(stage.objects.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn guarantee_21_what_is_no_event_fails_and_stays_as_it_is() {
    let stage = stage(&Faults::default(), &Faults::default());
    let poison = Message::new("m-1", "MARKER");
    let failure = stage.store.handle(poison, invocation()).await.unwrap_err();
    assert!(matches!(failure, Failure::Unreadable));
    let mut wrong = event("tx-1", "e-1", "MARKER");
    wrong.payload_sha256 = sha256_hex(b"other");
    assert!(matches!(
        stage.handle(&wrong).await.unwrap_err(),
        Failure::WrongHash
    ));
    assert!(stage.items.lock().unwrap().is_empty() && stage.objects.lock().unwrap().is_empty());
    for line in testing::lines() {
        assert_eq!(line["Failed"], 1);
        assert!(!line.to_string().contains("MARKER"));
    }
}

#[tokio::test]
async fn guarantee_22_the_newest_event_is_the_last_whatever_came_first() {
    let stage = stage(&Faults::default(), &Faults::default());
    for (id, occurred_at) in [
        ("late", "2026-04-09T11:00:00.000Z"),
        ("early", "2026-04-09T09:00:00.000Z"),
    ] {
        let mut event = event("tx-1", id, id);
        event.occurred_at = Some(occurred_at.to_owned());
        stage.handle(&event).await.unwrap();
    }
    let keys = stage.keys("tx-1");
    assert!(
        keys[0].ends_with("early") && keys[1].ends_with("late"),
        "{keys:?}"
    );
}

#[tokio::test]
async fn guarantee_22_within_a_second_of_the_provider_the_order_of_arrival_counts() {
    let stage = stage(&Faults::default(), &Faults::default());
    for (id, received_at) in [
        ("z-first", "2026-04-09T12:00:00.100Z"),
        ("a-second", "2026-04-09T12:00:00.200Z"),
    ] {
        let mut event = event("tx-1", id, id);
        event.occurred_at = Some("2026-04-09T11:59:59.000Z".to_owned());
        event.received_at = received_at.to_owned();
        stage.handle(&event).await.unwrap();
    }
    let keys = stage.keys("tx-1");
    assert!(keys[1].ends_with("a-second"), "{keys:?}");
}

#[tokio::test]
async fn what_there_is_no_time_for_comes_back_and_is_told() {
    let stage = stage(&Faults::default(), &Faults::default());
    let mut invocation = invocation();
    invocation.deadline = std::time::SystemTime::now() + Duration::from_secs(3);
    let late = stage
        .store
        .handle(message(&event("tx-1", "e-1", "{}")), invocation)
        .await;
    assert!(matches!(late.unwrap_err(), Failure::NoTime));
    assert!(stage.items.lock().unwrap().is_empty());
    assert_eq!(testing::lines()[0]["Failed"], 1);
}

#[tokio::test]
async fn two_events_of_one_millisecond_both_stay() {
    let stage = stage(&Faults::default(), &Faults::default());
    for id in ["e-1", "e-2"] {
        let outcome = stage.handle(&event("tx-1", id, id)).await.unwrap();
        assert_eq!(outcome, Outcome::Processed);
    }
    assert_eq!(stage.keys("tx-1").len(), 2);
}

#[tokio::test]
async fn what_ingestion_has_archived_is_only_stored() {
    let stage = stage(&Faults::default(), &Faults::default());
    let mut event = event("tx-1", "e-1", "{}");
    event.body = None;
    assert_eq!(stage.handle(&event).await.unwrap(), Outcome::Processed);
    assert!(stage.objects.lock().unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Deliveries of three events, in any order, with any writes failing before or after they are done:
    /// once all have been acknowledged, each event is there once.
    #[test]
    fn guarantee_14_any_order_and_any_faults_end_in_each_event_once(
        deliveries in prop::collection::vec(0_usize..3, 1..20),
        before in prop::collection::vec(0_usize..40, 0..10),
        after in prop::collection::vec(0_usize..40, 0..10),
        bucket in prop::collection::vec(0_usize..20, 0..5),
        is_after in any::<bool>(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let table = if is_after { Faults::after(after) } else { Faults::before(before) };
        let stage = stage(&table, &Faults::before(bucket));
        runtime.block_on(async {
            let mut queue = deliveries.iter().copied().chain([0, 1, 2]).collect::<std::collections::VecDeque<_>>();
            let mut receives = 0;
            while let Some(number) = queue.pop_front() {
                receives += 1;
                let mut event = event("tx-1", &format!("e-{number}"), &format!("{number}"));
                event.received_at = format!("2026-04-09T12:{:02}:{:02}.000Z", receives / 60, receives % 60);
                if stage.handle(&event).await.is_err() {
                    queue.push_back(number);
                }
            }
        });
        prop_assert_eq!(stage.keys("tx-1").len(), 3);
        let markers = stage.items.lock().unwrap().keys().filter(|(id, _)| id.starts_with("~seen#")).count();
        prop_assert_eq!(markers, 3);
        testing::lines();
    }
}
