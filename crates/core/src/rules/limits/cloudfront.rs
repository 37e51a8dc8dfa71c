//! Distributions.
//!
//! Source: Amazon CloudFront API Reference, `DistributionConfig`, and Amazon CloudFront Developer Guide,
//! "Quotas".

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            DISTRIBUTION,
            "comment",
            Kind::Name(Name::of(0, 128, "any characters", |_| true)),
        ),
        Limit::new(
            DISTRIBUTION,
            "price_class",
            Kind::Values(&["PriceClass_100", "PriceClass_200", "PriceClass_All"]),
        ),
        Limit::new(
            DISTRIBUTION,
            "http_version",
            Kind::Values(&["http1.1", "http2", "http2and3", "http3"]),
        ),
        Limit::new(
            DISTRIBUTION,
            "default_root_object",
            Kind::Name(Name {
                flaw: |name| {
                    name.starts_with('/')
                        .then_some("begins with `/`, which CloudFront adds itself")
                },
                ..Name::of(0, 255, "any characters", |_| true)
            }),
        )
        .key("default_root"),
        Limit::new(
            DISTRIBUTION,
            "viewer_certificate.minimum_protocol_version",
            Kind::Values(&[
                "SSLv3",
                "TLSv1",
                "TLSv1.1_2016",
                "TLSv1.2_2018",
                "TLSv1.2_2019",
                "TLSv1.2_2021",
                "TLSv1.2_2025",
                "TLSv1.3_2025",
                "TLSv1_2016",
            ]),
        )
        .key("tls"),
        Limit::new(
            DISTRIBUTION,
            "viewer_certificate.ssl_support_method",
            Kind::Values(&["sni-only", "static-ip", "vip"]),
        ),
        Limit::new(
            DISTRIBUTION,
            "default_cache_behavior.viewer_protocol_policy",
            Kind::Values(POLICIES),
        ),
        Limit::new(
            DISTRIBUTION,
            "ordered_cache_behavior.viewer_protocol_policy",
            Kind::Values(POLICIES),
        ),
        Limit::new(
            DISTRIBUTION,
            "ordered_cache_behavior.path_pattern",
            Kind::Name(Name::of(
                1,
                255,
                "letters, digits and `_-.*$/~\"'@:+?&`",
                |character| {
                    character.is_ascii_alphanumeric() || "_-.*$/~\"'@:+?&".contains(character)
                },
            )),
        )
        .key("path"),
        Limit::new(
            DISTRIBUTION,
            "custom_error_response.error_code",
            Kind::Numbers(
                &[
                    400.0, 403.0, 404.0, 405.0, 414.0, 416.0, 500.0, 501.0, 502.0, 503.0, 504.0,
                ],
                "as a status",
            ),
        ),
        Limit::new(
            DISTRIBUTION,
            "restrictions.geo_restriction.restriction_type",
            Kind::Values(&["blacklist", "none", "whitelist"]),
        ),
        Limit::new(
            DISTRIBUTION,
            "origin.custom_origin_config.origin_protocol_policy",
            Kind::Values(&["http-only", "https-only", "match-viewer"]),
        ),
        Limit::new(
            CONTROL,
            "name",
            Kind::Name(Name::of(1, 64, "any characters", |_| true)),
        ),
        Limit::new(
            CONTROL,
            "signing_behavior",
            Kind::Values(&["always", "never", "no-override"]),
        ),
        Limit::new(
            CONTROL,
            "origin_access_control_origin_type",
            Kind::Values(&["lambda", "mediapackagev2", "mediastore", "s3"]),
        ),
        Limit::new(
            "aws_cloudfront_function",
            "name",
            Kind::Name(Name::of(1, 64, super::PLAIN, is_plain)),
        ),
        Limit::new(
            "aws_cloudfront_function",
            "runtime",
            Kind::Values(&["cloudfront-js-1.0", "cloudfront-js-2.0"]),
        ),
    ],
};

const DISTRIBUTION: &str = "aws_cloudfront_distribution";
const CONTROL: &str = "aws_cloudfront_origin_access_control";

const POLICIES: &[&str] = &["allow-all", "https-only", "redirect-to-https"];
