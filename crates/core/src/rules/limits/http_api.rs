//! HTTP APIs.
//!
//! Source: Amazon API Gateway Version 2 API Reference, and Amazon API Gateway Developer Guide, "Quotas for
//! configuring and running an HTTP API in API Gateway".

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(API, "name", Kind::Name(NAME)),
        Limit::new(API, "description", Kind::Name(DESCRIPTION)),
        Limit::new(API, "protocol_type", Kind::Values(&["HTTP", "WEBSOCKET"])),
        Limit::new(API, "ip_address_type", Kind::Values(&["dualstack", "ipv4"])),
        // -1 forbids browsers to remember.
        Limit::new(
            API,
            "cors_configuration.max_age",
            Kind::Range(-1.0, 86_400.0, "s"),
        ),
        Limit::new(API, "cors_configuration.allow_origins", Kind::Name(ORIGIN)).key("origins"),
        Limit::new(ROUTE, "authorization_type", Kind::Values(AUTHORIZATIONS)),
        Limit::new(ROUTE, "authorization_scopes", Kind::Count(10, "scopes")).key("scopes"),
        Limit::new(INTEGRATION, "integration_type", Kind::Values(INTEGRATIONS)),
        Limit::new(
            INTEGRATION,
            "connection_type",
            Kind::Values(&["INTERNET", "VPC_LINK"]),
        ),
        Limit::new(
            INTEGRATION,
            "payload_format_version",
            Kind::Values(&["1.0", "2.0"]),
        ),
        Limit::new(
            INTEGRATION,
            "timeout_milliseconds",
            Kind::Range(50.0, 30_000.0, "ms"),
        ),
        Limit::new(AUTHORIZER, "name", Kind::Name(NAME)),
        Limit::new(
            AUTHORIZER,
            "authorizer_type",
            Kind::Values(&["JWT", "REQUEST"]),
        ),
        Limit::new(
            AUTHORIZER,
            "authorizer_payload_format_version",
            Kind::Values(&["1.0", "2.0"]),
        ),
        Limit::new(
            AUTHORIZER,
            "authorizer_result_ttl_in_seconds",
            Kind::Range(0.0, 3_600.0, "s"),
        )
        .key("ttl"),
        Limit::new(AUTHORIZER, "jwt_configuration.issuer", Kind::Name(ISSUER)),
        Limit::new(
            AUTHORIZER,
            "jwt_configuration.audience",
            Kind::Count(50, "audiences"),
        ),
        Limit::new(STAGE, "name", Kind::Name(STAGE_NAME)).key("stage"),
        Limit::new(STAGE, "description", Kind::Name(DESCRIPTION)),
        Limit::new(
            STAGE,
            "default_route_settings.throttling_rate_limit",
            Kind::Range(0.0, f64::INFINITY, ""),
        )
        .key("rate"),
        Limit::new(
            STAGE,
            "default_route_settings.throttling_burst_limit",
            Kind::Range(0.0, f64::INFINITY, ""),
        )
        .key("burst"),
    ],
};

const API: &str = "aws_apigatewayv2_api";
const ROUTE: &str = "aws_apigatewayv2_route";
const INTEGRATION: &str = "aws_apigatewayv2_integration";
const AUTHORIZER: &str = "aws_apigatewayv2_authorizer";
const STAGE: &str = "aws_apigatewayv2_stage";

const AUTHORIZATIONS: &[&str] = &["AWS_IAM", "CUSTOM", "JWT", "NONE"];
const INTEGRATIONS: &[&str] = &["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"];

const NAME: Name = Name::of(1, 128, "any characters", |_| true);
const DESCRIPTION: Name = Name::of(0, 1_024, "any characters", |_| true);
/// API Gateway fetches the keys from there.
const ISSUER: Name = Name {
    flaw: |name| (!name.starts_with("https://")).then_some("does not begin with `https://`"),
    ..Name::of(
        1,
        2_048,
        "a URL such as `https://login.example/`",
        |character| !character.is_whitespace(),
    )
};
/// Browsers send scheme, host and port, and nothing after them.
pub(super) const ORIGIN: Name = Name {
    flaw: |name| {
        let rest = name.split_once("://").map(|(_, rest)| rest);
        match rest {
            _ if name == "*" => None,
            None => Some("has no scheme such as `https://`"),
            Some(rest) if rest.contains('/') => {
                Some("has a `/` behind the host, which no browser sends")
            }
            Some(_) => None,
        }
    },
    ..Name::of(
        1,
        253,
        "scheme, host and port, such as `https://shop.example`",
        |character| !character.is_whitespace(),
    )
};
const STAGE_NAME: Name = Name {
    flaw: |name| {
        (name.contains('$') && name != "$default").then_some("begins like `$default` and is not it")
    },
    ..Name::of(
        1,
        128,
        "letters, digits, `-` and `_`, or `$default`",
        |character| is_plain(character) || character == '$',
    )
};
