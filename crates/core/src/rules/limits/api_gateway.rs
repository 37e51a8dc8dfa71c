//! REST APIs.
//!
//! Source: Amazon API Gateway API Reference, and Amazon API Gateway Developer Guide, "Quotas for
//! configuring and running a REST API in API Gateway.

use super::{Kind, Limit, Service};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            METHOD,
            "authorization",
            Kind::Values(&["AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM", "NONE"]),
        ),
        Limit::new(METHOD, "http_method", Kind::Values(VERBS)),
        Limit::new(INTEGRATION, "http_method", Kind::Values(VERBS)),
        Limit::new(INTEGRATION, "integration_http_method", Kind::Values(VERBS)),
        Limit::new(
            INTEGRATION,
            "type",
            Kind::Values(&["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"]),
        ),
        Limit::new(
            INTEGRATION,
            "connection_type",
            Kind::Values(&["INTERNET", "VPC_LINK"]),
        ),
        Limit::new(
            INTEGRATION,
            "timeout_milliseconds",
            Kind::Range(50.0, 300_000.0, "ms"),
        ),
        // 29 s, which AWS raises for regional and private APIs.
        Limit::new(
            INTEGRATION,
            "timeout_milliseconds",
            Kind::Quota(29_000.0, 300_000.0, "ms"),
        ),
        Limit::new(
            "aws_api_gateway_rest_api",
            "endpoint_configuration.types",
            Kind::Values(&["EDGE", "PRIVATE", "REGIONAL"]),
        ),
        Limit::new(
            "aws_api_gateway_rest_api",
            "api_key_source",
            Kind::Values(&["AUTHORIZER", "HEADER"]),
        ),
        Limit::new(
            "aws_api_gateway_authorizer",
            "type",
            Kind::Values(&["COGNITO_USER_POOLS", "REQUEST", "TOKEN"]),
        ),
        // -1 switches throttling off; that is for `api_missing_throttling`.
        Limit::new(
            SETTINGS,
            "settings.throttling_rate_limit",
            Kind::Range(-1.0, f64::INFINITY, ""),
        )
        .key("rate"),
        Limit::new(
            SETTINGS,
            "settings.throttling_burst_limit",
            Kind::Range(-1.0, f64::INFINITY, ""),
        )
        .key("burst"),
        Limit::new(
            SETTINGS,
            "settings.logging_level",
            Kind::Values(&["ERROR", "INFO", "OFF"]),
        ),
    ],
};

const METHOD: &str = "aws_api_gateway_method";
const INTEGRATION: &str = "aws_api_gateway_integration";
const SETTINGS: &str = "aws_api_gateway_method_settings";

const VERBS: &[&str] = &[
    "ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT",
];
