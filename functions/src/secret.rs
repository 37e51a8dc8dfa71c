//! A value that must not be seen.

use std::fmt;

/// The key that a provider and this receiver share.
///
/// Its value is not in its [`Debug`](fmt::Debug) text, so that no log line and no panic message can hold it, and
/// there is no `==`: two secrets are never compared byte by byte.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes the text as the secret store has it.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for whoever is about to make a key of it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it: anyone could sign with such a key.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<String> for Secret {
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn debug_shows_nothing_of_the_value() {
        let secret = Secret::new("whsec_hush");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(format!("{:#?}", vec![secret]), "[\n    Secret(…),\n]");
    }

    #[test]
    fn spaces_are_blank() {
        assert!(Secret::new("").is_blank());
        assert!(Secret::new(" \n").is_blank());
        assert!(!Secret::from("x").is_blank());
        assert_eq!(Secret::from(String::from("x")).expose(), "x");
    }
}
