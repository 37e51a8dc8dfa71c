//! Functions that a topic triggers.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;

use crate::client::Carrier;

/// A notification of a topic.
#[derive(Deserialize)]
#[serde(from = "Entry", bound = "")]
pub struct Notification<T> {
    /// SNS's id of it, the same when it is delivered again.
    pub id: String,
    /// Its subject, when it has one.
    pub subject: Option<String>,
    /// Its text.
    pub text: String,
    /// The texts beside it.
    pub attributes: BTreeMap<String, String>,
    topic: PhantomData<fn() -> T>,
}

impl<T: Carrier> Notification<T> {
    /// What the notification says.
    ///
    /// # Errors
    ///
    /// When it is of another form than the topic's messages.
    pub fn read(&self) -> Result<T::Message, serde_json::Error> {
        T::decode(&self.text)
    }

    /// A notification as Lambda would hand it over, for tests.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            subject: None,
            text: text.into(),
            attributes: BTreeMap::new(),
            topic: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Notification<T> {
    /// Without the text, which may be anybody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Source: AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications", example event.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    sns: Raw,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Raw {
    message_id: String,
    subject: Option<String>,
    message: String,
    #[serde(default)]
    message_attributes: BTreeMap<String, Attribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    #[serde(rename = "Type")]
    type_: String,
    value: String,
}

impl<T> From<Entry> for Notification<T> {
    fn from(entry: Entry) -> Self {
        let raw = entry.sns;
        let attributes = raw.message_attributes.into_iter();
        Self {
            id: raw.message_id,
            subject: raw.subject,
            text: raw.message,
            attributes: attributes
                .filter(|(_, attribute)| attribute.type_ != "Binary")
                .map(|(name, attribute)| (name, attribute.value))
                .collect(),
            topic: PhantomData,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::batch::Batch;
    use super::*;

    struct Texts;

    impl Carrier for Texts {
        type Message = String;
        fn encode(message: &String) -> Result<String, serde_json::Error> {
            Ok(message.clone())
        }
        fn decode(text: &str) -> Result<String, serde_json::Error> {
            Ok(text.to_owned())
        }
    }

    #[test]
    fn a_notification_is_read() {
        let event = serde_json::json!({ "Records": [{
            "EventVersion": "1.0", "EventSource": "aws:sns",
            "EventSubscriptionArn": "arn:aws:sns:us-east-2:123456789012:alerts:1",
            "Sns": {
                "SignatureVersion": "1", "Timestamp": "2019-01-02T12:45:07.000Z", "Signature": "x",
                "MessageId": "95df01b4", "Message": "Hello", "Type": "Notification",
                "Subject": null, "TopicArn": "arn:aws:sns:us-east-2:123456789012:alerts",
                "MessageAttributes": {
                    "kind": { "Type": "String", "Value": "greeting" },
                    "bytes": { "Type": "Binary", "Value": "AAAA" },
                },
            },
        }] });
        let batch: Batch<Notification<Texts>> = serde_json::from_value(event).unwrap();
        let notification = &batch.records[0];
        assert_eq!(notification.id, "95df01b4");
        assert_eq!(notification.subject, None);
        assert_eq!(notification.read().unwrap(), "Hello");
        assert_eq!(
            notification.attributes,
            [("kind".to_owned(), "greeting".to_owned())].into()
        );
        assert!(!format!("{notification:?}").contains("Hello"));
    }
}
