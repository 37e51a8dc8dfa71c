//! Connections that are open before the first event: a handshake takes a small function longer than all
//! the rest of its first invocation.

use super::Sdk;

/// Opens the connections that the first requests will use, one a service.
#[doc(hidden)]
pub async fn greet(sdk: &Sdk, hosts: Vec<Option<String>>) {
    for url in pings(hosts) {
        sdk.ping(&url).await;
    }
}

/// `GET /ping` is what services answer to everybody: it needs no permission.
fn pings(hosts: Vec<Option<String>>) -> Vec<String> {
    let mut urls = Vec::new();
    for host in hosts.into_iter().flatten() {
        let url = format!("{}/ping", host.trim_end_matches('/'));
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// Where a service is in a region; `None` where another partition has names of its own.
///
/// Source: AWS General Reference, "AWS service endpoints".
pub(super) fn host(service: &str, region: &str) -> Option<String> {
    let is_of = |partition: &str| region.starts_with(partition);
    if ["us-iso", "eu-iso", "eusc-"].into_iter().any(is_of) {
        return None;
    }
    let suffix = if is_of("cn-") { ".cn" } else { "" };
    Some(format!("https://{service}.{region}.amazonaws.com{suffix}"))
}

#[cfg(test)]
mod tests {
    #[allow(unused_imports)]
    use super::super::sdk::Service;
    use super::*;

    #[test]
    fn a_service_is_greeted_once() {
        let sqs = || Some("https://sqs.example".to_owned());
        let local = Some("http://127.0.0.1:4566/".to_owned());
        assert_eq!(
            pings(vec![sqs(), None, local, sqs()]),
            ["https://sqs.example/ping", "http://127.0.0.1:4566/ping"]
        );
    }

    /// A greeting to another host than the SDK's would open a connection for nothing.
    macro_rules! greeted_where_the_sdk_sends_requests {
        ($($feature:literal $test:ident $sdk:ident;)*) => {$(
            #[cfg(feature = $feature)]
            #[tokio::test]
            async fn $test() {
                use $sdk::config::endpoint::{DefaultResolver, Params, ResolveEndpoint as _};

                let service = <$sdk::Client as Service>::GREETED.unwrap();
                for region in ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1"] {
                    let parameters = Params::builder().region(region).build().unwrap();
                    let resolver = DefaultResolver::new();
                    let endpoint = resolver.resolve_endpoint(&parameters).await.unwrap();
                    assert_eq!(host(service, region).unwrap(), endpoint.url());
                }
            }
        )*};
    }

    greeted_where_the_sdk_sends_requests! {
        "dynamodb" dynamodb aws_sdk_dynamodb;
        "eventbridge" eventbridge aws_sdk_eventbridge;
        "kinesis" kinesis aws_sdk_kinesis;
        "logs" logs aws_sdk_cloudwatchlogs;
        "sfn" sfn aws_sdk_sfn;
        "sns" sns aws_sdk_sns;
        "sqs" sqs aws_sdk_sqs;
    }

    #[test]
    fn another_partition_is_not_greeted() {
        assert_eq!(host("sqs", "us-iso-east-1"), None);
        assert_eq!(host("sqs", "eusc-de-east-1"), None);
    }
}
