//! Functions behind a REST API.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A request, as API Gateway's proxy integration hands it on.
///
/// The fields are API Gateway's, as far as functions ask for them. Header values are texts of any kind:
/// a type that takes only valid ones would make a stranger's odd header an error of the function.
///
/// Source: Amazon API Gateway Developer Guide, "Set up Lambda proxy integrations in API Gateway", input format.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// `GET`, `POST`, …
    #[serde(default)]
    pub http_method: String,
    /// The path's parameters, decoded: a REST API hands them on as they stand in the URL.
    #[serde(default, deserialize_with = "decoded")]
    pub path_parameters: BTreeMap<String, String>,
    /// The query's parameters, decoded; of one that came twice the last.
    #[serde(default, deserialize_with = "or_empty")]
    pub query_string_parameters: BTreeMap<String, String>,
    /// Every header with all of its values, as the sender spelled it.
    #[serde(default, deserialize_with = "or_empty")]
    pub multi_value_headers: BTreeMap<String, Vec<String>>,
    /// What API Gateway says of the request.
    #[serde(default)]
    pub request_context: RequestContext,
    /// The body, see [`body`](Self::body).
    #[serde(default)]
    pub body: Option<String>,
    /// Whether `body` is in base64.
    #[serde(default)]
    pub is_base64_encoded: bool,
}

/// What API Gateway says of a request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestContext {
    /// API Gateway's id of the request, which is in its access log.
    #[serde(default)]
    pub request_id: String,
}

/// A map that API Gateway writes as `null` when it is empty.
fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// The same, with its texts percent-decoded; one that is no UTF-8 then stays as it is.
fn decoded<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, String>, D::Error> {
    let mut texts: BTreeMap<String, String> = or_empty(deserializer)?;
    for text in texts.values_mut() {
        if let Ok(decoded) = percent_encoding::percent_decode_str(text).decode_utf8() {
            *text = decoded.into_owned();
        }
    }
    Ok(texts)
}

impl Request {
    /// The first value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.multi_value_headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .and_then(|(_, values)| values.first())
            .map(String::as_str)
    }

    /// The exact bytes of the body; `None` when they are marked as base64 and are none.
    pub fn body(&self) -> Option<Cow<'_, [u8]>> {
        let text = self.body.as_deref().unwrap_or_default();
        if self.is_base64_encoded {
            let bytes = data_encoding::BASE64.decode(text.as_bytes()).ok()?;
            return Some(Cow::Owned(bytes));
        }
        Some(Cow::Borrowed(text.as_bytes()))
    }
}

impl fmt::Debug for Request {
    /// Without headers and body, which may hold secrets and anybody's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("http_method", &self.http_method)
            .field("request_context", &self.request_context)
            .finish_non_exhaustive()
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    /// The status.
    pub status_code: u16,
    /// The headers.
    pub headers: BTreeMap<&'static str, String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// An answer with a body of that media type.
    pub fn new(status_code: u16, content_type: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            status_code,
            headers: BTreeMap::from([("content-type", content_type.into())]),
            body: body.into(),
        }
    }

    /// With another header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.insert(name, value.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_api_gateway_leaves_out_or_writes_as_null_is_empty() {
        let request: Request = serde_json::from_str(
            r#"{"httpMethod":"POST","pathParameters":null,"multiValueHeaders":null,"body":null,
                "requestContext":{"requestId":"r1","identity":{"sourceIp":"203.0.113.7"}}}"#,
        )
        .unwrap();
        assert_eq!(request.request_context.request_id, "r1");
        assert!(request.path_parameters.is_empty());
        assert_eq!(request.body().unwrap().as_ref(), b"");
        let _: Request = serde_json::from_str("{}").unwrap();
    }

    #[test]
    fn parameters_of_the_path_are_decoded() {
        let request: Request = serde_json::from_str(
            r#"{"pathParameters":{"id":"order%3A7","odd":"%zz","bytes":"%ff","plain":"a@b"}}"#,
        )
        .unwrap();
        let parameters = &request.path_parameters;
        assert_eq!(parameters["id"], "order:7");
        assert_eq!(parameters["odd"], "%zz");
        assert_eq!(parameters["bytes"], "%ff");
        assert_eq!(parameters["plain"], "a@b");
    }

    #[test]
    fn bodies_are_the_bytes_that_were_sent() {
        let mut request = Request {
            body: Some("eyJhIjogMX0=".to_owned()),
            is_base64_encoded: true,
            ..Request::default()
        };
        assert_eq!(request.body().unwrap().as_ref(), b"{\"a\": 1}");
        request.body = Some("*".to_owned());
        assert!(request.body().is_none());
    }

    #[test]
    fn headers_are_found_in_any_case() {
        let mut request = Request::default();
        request
            .multi_value_headers
            .insert("X-Correlation-Id".to_owned(), vec!["ü".to_owned()]);
        assert_eq!(request.header("x-correlation-id"), Some("ü"));
        assert_eq!(request.header("x-other"), None);
        assert!(!format!("{request:?}").contains('ü'));
    }

    #[test]
    fn an_answer_has_api_gateways_form() {
        let response = Response::new(202, "application/json", "{}").header("x-a", "b");
        assert_eq!(
            serde_json::to_value(response).unwrap(),
            serde_json::json!({
                "statusCode": 202, "body": "{}",
                "headers": { "content-type": "application/json", "x-a": "b" },
            })
        );
    }
}
