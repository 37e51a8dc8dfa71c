//! Origin Access Control: CloudFront signs what it asks, and buckets and functions answer nobody else.

use webhook_infra_core::{Object, Target, Value};

use super::cloudfront_origins::{Kind, Source};
use crate::context::{Context, Declaration, attribute};

/// The access controls of a distribution.
pub(super) struct Controls {
    bucket: Option<Target>,
    function: Option<Target>,
}

impl Controls {
    /// The one for an origin.
    pub(super) fn of(&self, source: &Source<'_>) -> Option<&Target> {
        match source.kind {
            Kind::Bucket(_) => self.bucket.as_ref(),
            Kind::Function(_) => self.function.as_ref(),
            Kind::HttpApi(_) | Kind::RestApi(_) | Kind::Domain(_) => None,
        }
    }
}

/// Makes the access controls that the origins need.
pub(super) fn controls(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    sources: &[Source<'_>],
) -> Controls {
    let has = |wanted: fn(&Kind<'_>) -> bool| sources.iter().any(|source| wanted(&source.kind));
    let id = declaration.id;
    let name = declaration.kebab_name();
    Controls {
        bucket: has(|kind| matches!(kind, Kind::Bucket(_)))
            .then(|| control(context, id, &name, "s3")),
        function: has(|kind| matches!(kind, Kind::Function(_))).then(|| {
            control(
                context,
                &format!("{id}_functions"),
                &format!("{name}-functions"),
                "lambda",
            )
        }),
    }
}

fn control(context: &mut Context<'_>, id: &str, name: &str, kind: &str) -> Target {
    let name = context.prefixed(name);
    context.resource(
        "aws_cloudfront_origin_access_control",
        id,
        Object::new()
            .with("name", name)
            .with("origin_access_control_origin_type", kind)
            .with("signing_behavior", "always")
            .with("signing_protocol", "sigv4"),
    )
}

/// Lets the distribution call the functions that are its origins. Buckets do so in their own policies.
///
/// Source: Amazon CloudFront Developer Guide, "Restrict access to an AWS Lambda function URL origin".
pub(super) fn let_in(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    sources: &[Source<'_>],
) {
    for source in sources {
        let Kind::Function(function) = &source.kind else {
            continue;
        };
        let Some(url) = function.part("url") else {
            continue;
        };
        for (ending, action, through_url) in [
            ("url", "lambda:InvokeFunctionUrl", false),
            ("invoke", "lambda:InvokeFunction", true),
        ] {
            let mut body = Object::new()
                .with("action", action)
                .with("function_name", attribute(&url, "function_name"))
                // Empty unless the URL is that of an alias.
                .with("qualifier", attribute(&url, "qualifier"))
                .with("principal", "cloudfront.amazonaws.com")
                .with("source_arn", attribute(&declaration.target(), "arn"));
            if through_url {
                body.set("invoked_via_function_url", Value::from(true));
            }
            let id = format!("{}_{}_{ending}", declaration.id, function.id);
            context.resource("aws_lambda_permission", &id, body);
        }
    }
}
