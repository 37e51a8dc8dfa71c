//! The headers of a request, read with suspicion.

use std::{collections::BTreeMap, fmt};

use crate::providers::Rejection;

/// The longest value that is read. A signature header with a dozen signatures has about 1 KiB.
pub const LONGEST_VALUE: usize = 8 * 1024;

/// Headers by their names, upper and lower case alike; a name may have several values.
///
/// They are collected from pairs, and a name that comes twice keeps both values: which of two signatures or ids
/// counts must not depend on who reads them, so [`one`](Self::one) refuses both.
#[derive(Clone, Default)]
pub struct Headers(BTreeMap<String, Vec<String>>);

impl Headers {
    /// Adds a value to those that the name has.
    pub fn append(&mut self, name: &str, value: impl Into<String>) {
        self.0
            .entry(name.to_ascii_lowercase())
            .or_default()
            .push(value.into());
    }

    /// The only value of a header, or nothing when the header is absent.
    ///
    /// # Errors
    ///
    /// [`Rejection::DuplicateHeader`] when the header has several values, even equal ones, and
    /// [`Rejection::MalformedHeader`] when the value has characters other than spaces and visible ASCII or is longer
    /// than [`LONGEST_VALUE`].
    pub fn one(&self, name: &'static str) -> Result<Option<&str>, Rejection> {
        let value = match self.0.get(&name.to_ascii_lowercase()).map(Vec::as_slice) {
            None | Some([]) => return Ok(None),
            Some([value]) => value,
            Some(_) => return Err(Rejection::DuplicateHeader(name)),
        };
        let readable = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if value.len() > LONGEST_VALUE || !readable {
            return Err(Rejection::MalformedHeader(name));
        }
        Ok(Some(value))
    }

    /// The only value of a header that a scheme cannot do without.
    ///
    /// # Errors
    ///
    /// Those of [`one`](Self::one), and [`Rejection::MissingHeader`] when the header is absent or empty.
    pub fn required(&self, name: &'static str) -> Result<&str, Rejection> {
        match self.one(name)? {
            None | Some("") => Err(Rejection::MissingHeader(name)),
            Some(value) => Ok(value),
        }
    }
}

impl<Name: AsRef<str>, Value: Into<String>> FromIterator<(Name, Value)> for Headers {
    fn from_iter<Pairs: IntoIterator<Item = (Name, Value)>>(pairs: Pairs) -> Self {
        let mut headers = Self::default();
        for (name, value) in pairs {
            headers.append(name.as_ref(), value);
        }
        headers
    }
}

/// Shows the names only: values hold signatures and whatever else a sender puts there.
impl fmt::Debug for Headers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Headers, LONGEST_VALUE};
    use crate::providers::Rejection;

    const NAME: &str = "Webhook-Id";

    fn headers(value: &str) -> Headers {
        Headers::from_iter([("webhook-ID", value)])
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(headers("a b").one(NAME), Ok(Some("a b")));
        assert_eq!(headers("a").one("webhook-id"), Ok(Some("a")));
        assert_eq!(headers("a").one("WEBHOOK-ID"), Ok(Some("a")));
        assert_eq!(headers("a").one("webhook-ids"), Ok(None));
    }

    #[test]
    fn guarantee_07_missing_and_empty_headers_are_refused() {
        assert_eq!(
            Headers::default().required(NAME),
            Err(Rejection::MissingHeader(NAME))
        );
        assert_eq!(
            headers("").required(NAME),
            Err(Rejection::MissingHeader(NAME))
        );
        assert_eq!(headers("").one(NAME), Ok(Some("")));
    }

    #[test]
    fn guarantee_07_duplicate_headers_are_refused() {
        for pair in [
            [("webhook-id", "a"), ("webhook-id", "b")],
            [("webhook-id", "a"), ("Webhook-Id", "a")],
        ] {
            let headers = Headers::from_iter(pair);
            assert_eq!(headers.one(NAME), Err(Rejection::DuplicateHeader(NAME)));
            assert_eq!(
                headers.required(NAME),
                Err(Rejection::DuplicateHeader(NAME))
            );
        }
    }

    #[test]
    fn guarantee_07_only_visible_ascii_is_read() {
        for value in ["ä", "a\tb", "a\nb", "a\0", "\u{7f}", "\u{200b}"] {
            assert_eq!(
                headers(value).one(NAME),
                Err(Rejection::MalformedHeader(NAME)),
                "{value:?}"
            );
        }
    }

    #[test]
    fn guarantee_07_oversized_headers_are_refused() {
        assert!(headers(&"a".repeat(LONGEST_VALUE)).one(NAME).is_ok());
        assert_eq!(
            headers(&"a".repeat(LONGEST_VALUE + 1)).one(NAME),
            Err(Rejection::MalformedHeader(NAME))
        );
    }

    #[test]
    fn debug_shows_no_value() {
        assert_eq!(format!("{:?}", headers("hush")), r#"{"webhook-id"}"#);
    }
}
