//! CloudFront asks its origins over TLS.

use super::cloudfront::{DISTRIBUTION, bucket, place};
use super::lookup::{blocks, objects};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "cloudfront_origin_insecure",
    summary: "CloudFront asks its origins over HTTPS, with TLS 1.2",
    explanation: "A viewer sees a lock and believes the connection private, but between CloudFront and the origin \
        it goes over the internet once more. With `http-only`, and with `match-viewer` whenever a viewer uses HTTP, \
        that part is in the clear; SSL 3, TLS 1.0 and 1.1 can be broken.",
    severity: Severity::Deny,
    source: "Amazon CloudFront Developer Guide, \"Require HTTPS for communication between CloudFront and your custom origin\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for distribution in graph.resources(DISTRIBUTION) {
        for origin in blocks(distribution, "origin").unwrap_or_default() {
            // A bucket's website knows no HTTPS; another rule speaks of it.
            if bucket(distribution, origin).is_some() {
                continue;
            }
            for server in objects(origin.get("custom_origin_config")).unwrap_or_default() {
                let policy = server.get("origin_protocol_policy").and_then(Value::as_str);
                let old = server
                    .get("origin_ssl_protocols")
                    .and_then(Value::as_list)
                    .into_iter()
                    .flatten()
                    .find(|protocol| {
                        matches!(protocol.as_str(), Some("SSLv3" | "TLSv1" | "TLSv1.1"))
                    });
                let (flaw, field) = match (policy, old.and_then(Value::as_str)) {
                    (Some(policy @ ("http-only" | "match-viewer")), _) => (
                        format!("over plain HTTP (`{policy}`)"),
                        "origin_protocol_policy",
                    ),
                    (_, Some(protocol)) => {
                        (format!("with {protocol} as well"), "origin_ssl_protocols")
                    }
                    _ => continue,
                };
                let name = origin
                    .get("origin_id")
                    .and_then(Value::as_str)
                    .unwrap_or("?");
                findings
                    .at(
                        distribution,
                        place(server, field, distribution),
                        format!("{} asks origin `{name}` {flaw}", distribution.describe()),
                    )
                    .because("what viewers send over HTTPS travels on where others can read it")
                    .help("write `origin_protocol_policy = \"https-only\"` and `origin_ssl_protocols = [\"TLSv1.2\"]`, as `origin(…)` of `#[cloudfront]` does (Terraform: the same)");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::cloudfront::testing::distribution;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn origins_are_asked_over_tls() {
        let with = |policy: &str, protocols: &str| {
            distribution(&format!(
                r#""origin": [{{"origin_id": "api", "domain_name": "api.example.com", "custom_origin_config":
                    {{"origin_protocol_policy": "{policy}", "origin_ssl_protocols": [{protocols}]}}}}]"#
            ))
        };
        fires(
            &RULE,
            &with("http-only", r#""TLSv1.2""#),
            "asks origin `api` over plain HTTP (`http-only`)",
        );
        fires(
            &RULE,
            &with("match-viewer", r#""TLSv1.2""#),
            "over plain HTTP",
        );
        fires(
            &RULE,
            &with("https-only", r#""TLSv1.1", "TLSv1.2""#),
            "with TLSv1.1 as well",
        );
        passes(&RULE, &with("https-only", r#""TLSv1.2""#));
        passes(&RULE, &with("${var.policy}", r#""TLSv1.2""#));
    }
}
