//! Connections that are open before the first event: a handshake takes a small function longer than all
//! the rest of its first invocation.

use std::future::Future;
use std::pin::Pin;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

/// A request that asks for nothing, over the connection that the next one will use.
#[doc(hidden)]
pub struct Greeting {
    /// One greeting is enough for a service.
    pub(crate) service: &'static str,
    pub(crate) request: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// Sends the greetings, one a service. Whatever the answers are, the connections are open then.
#[doc(hidden)]
pub async fn greet(greetings: Vec<Option<Greeting>>) {
    let mut greeted = Vec::new();
    for greeting in greetings.into_iter().flatten() {
        if !greeted.contains(&greeting.service) {
            greeted.push(greeting.service);
            greeting.request.await;
        }
    }
}

/// Makes of any request a `GET` of `/ping`, which the services answer to everybody: it needs no permission.
#[allow(dead_code)]
pub(crate) fn into_ping(request: &mut HttpRequest) {
    let uri = request.uri();
    let host = uri.find("://").map_or(0, |scheme| scheme + 3);
    let end = uri[host..].find('/').map_or(uri.len(), |path| host + path);
    let ping = format!("{}/ping", &uri[..end]);
    // The host is the one that was there, and `GET` is a method.
    let _ = request.set_uri(ping);
    let _ = request.set_method("GET");
    for header in ["content-length", "content-type", "x-amz-target"] {
        request.headers_mut().remove(header);
    }
    *request.body_mut() = aws_smithy_types::body::SdkBody::empty();
}

/// A greeting over the connection of a client: any of its operations, turned into a ping, once.
#[allow(unused_macros)]
macro_rules! greeting {
    ($service:ident, $operation:expr) => {{
        let request = $operation
            .customize()
            .config_override(
                $service::config::Builder::new()
                    .retry_config(::aws_smithy_types::retry::RetryConfig::disabled()),
            )
            .mutate_request($crate::client::into_ping);
        Some($crate::client::Greeting {
            service: stringify!($service),
            request: Box::pin(async move {
                // There is no answer that would help.
                let _ = request.send().await;
            }),
        })
    }};
}

#[allow(unused_imports)]
pub(crate) use greeting;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ping_goes_where_the_request_went_and_says_nothing() {
        let mut request = HttpRequest::new("{}".into());
        request
            .set_uri("https://sqs.example/123/queue?a=b")
            .unwrap();
        request.set_method("POST").unwrap();
        request
            .headers_mut()
            .insert("x-amz-target", "AmazonSQS.SendMessage");
        into_ping(&mut request);
        assert_eq!(request.uri(), "https://sqs.example/ping");
        assert_eq!(request.method(), "GET");
        assert_eq!(request.body().bytes(), Some(&b""[..]));
        assert!(request.headers().get("x-amz-target").is_none());
        request.set_uri("https://sqs.example").unwrap();
        into_ping(&mut request);
        assert_eq!(request.uri(), "https://sqs.example/ping");
    }
}
