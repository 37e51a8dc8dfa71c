//! What is served, and how soon a change of it is seen.

use super::*;
use crate::testing::{self, Faults};

const DOCUMENT: &str = r#"{
    "stripe": ["whsec_a", "whsec_b"],
    "acme": { "scheme": "github", "secrets": ["s"] },
    "generic": [],
    "typo": ["s"],
    "empty": { "scheme": "stripe", "secrets": [] },
    "blank": { "scheme": "stripe", "secrets": [" "] },
    "Odd/Name": { "scheme": "generic", "secrets": [] }
}"#;

fn cache(faults: &Faults, document: &str) -> (Cache, testing::SecretText) {
    let (client, text) = testing::secret(faults, document);
    (
        Cache::new(GetSecretValue::with_client(client, "arn"), testing::keep),
        text,
    )
}

#[tokio::test]
async fn providers_are_named_by_their_scheme_or_name_it() {
    let (cache, _) = cache(&Faults::default(), DOCUMENT);
    let now = SystemTime::now();
    let stripe = cache.get("stripe", now).await.unwrap().unwrap();
    assert_eq!((stripe.scheme.name(), stripe.secrets.len()), ("stripe", 2));
    let acme = cache.get("acme", now).await.unwrap().unwrap();
    assert_eq!(acme.scheme.name(), "github");
    assert_eq!(format!("{acme:?}"), "github with 1 secrets");
    let generic = cache.get("generic", now).await.unwrap().unwrap();
    assert!(generic.secrets.is_empty());
    for name in ["github", "", "Odd/Name"] {
        assert!(cache.get(name, now).await.unwrap().is_none(), "{name}");
    }
}

#[tokio::test]
async fn mistakes_are_told_without_the_secrets() {
    let (cache, text) = cache(&Faults::default(), DOCUMENT);
    let now = SystemTime::now();
    for name in ["empty", "blank"] {
        let error = cache.get(name, now).await.unwrap_err().to_string();
        assert!(
            error.contains("has no secret, or one that its scheme cannot use"),
            "{error}"
        );
    }
    let error = cache.get("typo", now).await.unwrap_err().to_string();
    assert!(error.contains("provider `typo` has no scheme"), "{error}");
    // Each is told at once, although the last one could be read.
    let later = now + TIME_TO_LIVE;
    for document in ["hush", "[]", r#"{"stripe": "hush"}"#] {
        *text.lock().unwrap() = Some(document.to_owned());
        let error = cache.get("stripe", later).await.unwrap_err().to_string();
        assert!(error.contains("no JSON object"), "{error}");
        assert!(!error.contains("hush"));
    }
    *text.lock().unwrap() = None;
    let error = cache
        .get("stripe", later + TIME_TO_LIVE)
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("GetSecretValue failed"), "{error}");
}

#[tokio::test]
async fn guarantee_06_a_change_is_seen_within_five_minutes() {
    assert!(TIME_TO_LIVE <= Duration::from_mins(5));
    let faults = Faults::default();
    let (cache, text) = cache(&faults, DOCUMENT);
    let start = SystemTime::now();
    let at = |seconds| start + Duration::from_secs(seconds);
    cache.warm().await;
    assert_eq!(
        cache
            .get("stripe", at(1))
            .await
            .unwrap()
            .unwrap()
            .secrets
            .len(),
        2
    );
    *text.lock().unwrap() = Some(r#"{"stripe": ["whsec_b"]}"#.to_owned());
    assert_eq!(
        cache
            .get("stripe", at(200))
            .await
            .unwrap()
            .unwrap()
            .secrets
            .len(),
        2
    );
    assert_eq!(faults.calls(), 1);
    assert_eq!(
        cache
            .get("stripe", at(300))
            .await
            .unwrap()
            .unwrap()
            .secrets
            .len(),
        1
    );
    assert_eq!(faults.calls(), 2);
}

#[tokio::test]
async fn guarantee_06_a_new_secret_is_looked_for_when_a_signature_is_wrong() {
    let faults = Faults::default();
    let (cache, _) = cache(&faults, DOCUMENT);
    let start = SystemTime::now();
    cache.get("stripe", start).await.unwrap();
    let soon = start + Duration::from_secs(5);
    assert!(cache.renewed("stripe", soon).await.unwrap().is_none());
    assert_eq!(faults.calls(), 1);
    let later = start + Duration::from_secs(30);
    assert!(cache.renewed("stripe", later).await.unwrap().is_some());
    // A flood of wrong signatures asks once in a while, not every time.
    for _ in 0..100 {
        assert!(cache.renewed("stripe", later).await.unwrap().is_none());
    }
    assert_eq!(faults.calls(), 2);
}

#[tokio::test]
async fn the_last_secrets_serve_while_secrets_manager_does_not_answer() {
    let faults = Faults::default();
    let (cache, _) = cache(&faults, DOCUMENT);
    let start = SystemTime::now();
    cache.get("stripe", start).await.unwrap();
    faults.set(true);
    let later = start + Duration::from_mins(10);
    for _ in 0..10 {
        assert!(cache.get("stripe", later).await.unwrap().is_some());
    }
    assert_eq!(faults.calls(), 2);
    let lines = testing::lines();
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0]["level"], "ERROR");
    assert!(cache.get("stripe", start + LONGEST).await.is_err());
    faults.set(false);
    assert!(cache.get("stripe", start + LONGEST).await.is_ok());
}
