//! Where a function's resources are: what the stack put into its environment.

use std::collections::BTreeMap;
use std::fmt;

/// The whereabouts of a resource, or of each of its instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its URL, name or ARN.
    One(String),
    /// The same of each instance, by its key: a resource with `count` or `for_each`.
    Each(BTreeMap<String, String>),
}

/// The variable of a capability, as the stack has written it.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Variable {
    One(&'static str),
    Each(&'static str),
}

impl Variable {
    /// Reads it.
    pub(crate) fn read(self) -> Result<Place, ConnectError> {
        self.read_from(&|name| std::env::var(name).ok())
    }

    fn read_from(self, lookup: &dyn Fn(&str) -> Option<String>) -> Result<Place, ConnectError> {
        let (Self::One(name) | Self::Each(name)) = self;
        let text = lookup(name)
            .filter(|text| !text.is_empty())
            .ok_or(ConnectError::MissingVariable(name))?;
        match self {
            Self::One(_) => Ok(Place::One(text)),
            Self::Each(_) => instances(&text)
                .map(Place::Each)
                .ok_or(ConnectError::MalformedVariable(name)),
        }
    }
}

/// A list of texts, or a map of them.
fn instances(text: &str) -> Option<BTreeMap<String, String>> {
    if let Ok(list) = serde_json::from_str::<Vec<String>>(text) {
        let numbered = list.into_iter().enumerate();
        return Some(
            numbered
                .map(|(number, place)| (number.to_string(), place))
                .collect(),
        );
    }
    serde_json::from_str(text).ok()
}

/// Why a function has no clients.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// A variable is not there.
    MissingVariable(&'static str),
    /// A variable with the whereabouts of several instances is no JSON.
    MalformedVariable(&'static str),
    /// The certificates in the file of `AWS_CA_BUNDLE` cannot be used.
    Certificates(String),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingVariable(name) => write!(
                f,
                "the environment variable `{name}` is not set: Lambda sets what the stack declares, elsewhere set it yourself"
            ),
            Self::MalformedVariable(name) => write!(
                f,
                "the environment variable `{name}` is no JSON list or map of texts, as the stack writes it for several instances"
            ),
            Self::Certificates(reason) => {
                write!(
                    f,
                    "the certificates of `AWS_CA_BUNDLE` cannot be used: {reason}"
                )
            }
        }
    }
}

impl std::error::Error for ConnectError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variable: Variable, text: &str) -> Result<Place, ConnectError> {
        variable.read_from(&|_| Some(text.to_owned()))
    }

    #[test]
    fn a_resource_and_its_instances_are_read() {
        assert_eq!(
            read(Variable::One("QUEUE_URL"), "https://q").unwrap(),
            Place::One("https://q".to_owned())
        );
        let Place::Each(list) = read(Variable::Each("URLS"), r#"["a","b"]"#).unwrap() else {
            panic!("there are several");
        };
        assert_eq!(list["1"], "b");
        let Place::Each(map) = read(Variable::Each("URLS"), r#"{"eu":"a"}"#).unwrap() else {
            panic!("there are several");
        };
        assert_eq!(map["eu"], "a");
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = Variable::One("QUEUE_URL").read_from(&|_| None).unwrap_err();
        assert!(error.to_string().contains("`QUEUE_URL` is not set"));
        let error = read(Variable::Each("URLS"), "a,b").unwrap_err();
        assert!(error.to_string().contains("`URLS` is no JSON"));
    }
}
