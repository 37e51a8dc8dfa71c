//! A client together with the place of the resource that it is for.

use std::fmt;
use std::sync::Arc;

use super::{Error, ErrorKind, Place, Sdk};

/// What a capability holds.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Held<C> {
    source: Source<C>,
    place: Place,
}

/// Where a client comes from. One whose connection is not opened ahead is made when it is first used: many a
/// function needs it for few of its events.
#[derive(Clone)]
enum Source<C> {
    Own(C),
    Shared(Arc<Sdk>, fn(&Sdk) -> C),
}

impl<C: fmt::Debug> fmt::Debug for Source<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(client) => client.fmt(f),
            Self::Shared(sdk, _) => sdk.fmt(f),
        }
    }
}

impl<C: Clone> Held<C> {
    /// A client of one's own.
    pub(crate) fn new(client: C, place: Place) -> Self {
        Self {
            source: Source::Own(client),
            place,
        }
    }

    /// The client that all capabilities of a service share.
    pub(crate) fn shared(sdk: &Arc<Sdk>, client: fn(&Sdk) -> C, place: Place) -> Self {
        Self {
            source: Source::Shared(Arc::clone(sdk), client),
            place,
        }
    }

    pub(crate) fn client(&self) -> C {
        match &self.source {
            Source::Own(client) => client.clone(),
            Source::Shared(sdk, client) => client(sdk),
        }
    }

    /// The URL, name or ARN.
    pub(crate) fn place(&self, operation: &'static str) -> Result<&str, Error> {
        match &self.place {
            Place::One(place) => Ok(place),
            Place::Each(places) => Err(Error::new(
                operation,
                ErrorKind::Invalid,
                format!(
                    "there are {} instances of the resource; choose one first: `.instance(\"…\")`",
                    places.len()
                ),
            )),
        }
    }

    pub(crate) fn instance(&self, operation: &'static str, key: &str) -> Result<Self, Error> {
        let place = match &self.place {
            Place::Each(places) => places.get(key),
            Place::One(_) => None,
        };
        let place = place.ok_or_else(|| {
            let message = match &self.place {
                Place::One(_) => "the resource has no instances: use it as it is".to_owned(),
                Place::Each(places) => format!(
                    "there is no instance `{key}`; there are {}",
                    places.keys().cloned().collect::<Vec<_>>().join(", ")
                ),
            };
            Error::new(operation, ErrorKind::NotFound, message)
        })?;
        Ok(Self {
            source: self.source.clone(),
            place: Place::One(place.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_instances_has_to_be_chosen() {
        let places = [("eu".to_owned(), "https://eu".to_owned())].into();
        let all = Held::new((), Place::Each(places));
        let error = all.place("SendMessage").unwrap_err();
        assert!(error.to_string().contains("choose one first"), "{error}");
        let one = all.instance("SendMessage", "eu").unwrap();
        assert_eq!(one.place("SendMessage").unwrap(), "https://eu");
        let error = all.instance("SendMessage", "us").unwrap_err();
        assert!(error.to_string().contains("there are eu"), "{error}");
        assert!(one.instance("SendMessage", "eu").is_err());
    }
}
