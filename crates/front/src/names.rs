//! One name in the spelling of another world: `WebhookEvents` is `webhook_events` to Terraform,
//! `webhook-events` to AWS and `WEBHOOK_EVENTS` to the environment.

/// The words of a Rust name, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let characters = name.trim_start_matches("r#").chars().collect::<Vec<_>>();
    for (place, &c) in characters.iter().enumerate() {
        if c == '_' {
            words.push(String::new());
            continue;
        }
        let before = place.checked_sub(1).and_then(|place| characters.get(place));
        let after = characters.get(place + 1);
        // `HTTPServer` is `http` and `server`: a capital starts a word after a small letter, or before one.
        let starts = c.is_uppercase()
            && (before.is_some_and(|b| b.is_lowercase() || b.is_ascii_digit())
                || before.is_some_and(|b| b.is_uppercase())
                    && after.is_some_and(|a| a.is_lowercase()));
        match words.last_mut() {
            Some(word) if !starts => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// `snake_case`.
pub(crate) fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `kebab-case`.
pub(crate) fn kebab(name: &str) -> String {
    words(name).join("-")
}

/// `SCREAMING_SNAKE_CASE`.
pub(crate) fn screaming(name: &str) -> String {
    words(name).join("_").to_uppercase()
}

/// `camelCase`.
pub(crate) fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut characters = pascal.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => pascal,
    }
}

/// `PascalCase`.
pub(crate) fn pascal(name: &str) -> String {
    words(name)
        .iter()
        .map(|word| {
            let mut characters = word.chars();
            characters
                .next()
                .map(|first| first.to_uppercase().chain(characters).collect::<String>())
                .unwrap_or_default()
        })
        .collect()
}

/// Whether the name is spelled as a Rust constant is.
pub(crate) fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_change_their_spelling() {
        assert_eq!(snake("WebhookEvents"), "webhook_events");
        assert_eq!(snake("HTTPServer2Go"), "http_server2_go");
        assert_eq!(kebab("IngestionErrors"), "ingestion-errors");
        assert_eq!(screaming("Events"), "EVENTS");
        assert_eq!(camel("transaction_id"), "transactionId");
        assert_eq!(pascal("transaction_id"), "TransactionId");
        assert!(is_constant("TIMEOUT_SECONDS") && !is_constant("Timeout") && !is_constant("T"));
    }
}
