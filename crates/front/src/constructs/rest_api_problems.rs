//! `problem_details` of a REST API: what API Gateway answers itself, in the form of RFC 9457.

use webhook_infra_core::{Block, Object, Target};

use super::Settings;
use super::rest_api_routes::Parts;
use crate::context::{Context, Declaration, attribute};

/// What API Gateway answers without asking a function, and what callers should know of it besides.
///
/// Source: Amazon API Gateway Developer Guide, "Gateway response types".
const RESPONSES: &[(&str, Option<&str>)] = &[
    ("DEFAULT_4XX", None),
    // A function that has no concurrency left is answered like this, too.
    ("DEFAULT_5XX", Some("'5'")),
    // The bucket of tokens fills up within a second.
    ("THROTTLED", Some("'1'")),
];

/// The variables stand for JSON: a message in quotation marks, and the id of the request.
const TEMPLATE: &str = r#"{"type":"about:blank","title":$context.error.messageString,"requestId":"$context.requestId"}"#;

pub(super) fn lower(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    parts: &mut Parts,
) {
    if !settings.flag("problem_details") {
        return;
    }
    for (response_type, retry_after) in RESPONSES {
        let id = format!("{}_{}", declaration.id, response_type.to_ascii_lowercase());
        let mut headers = Object::new().with(
            "gatewayresponse.header.Content-Type",
            "'application/problem+json'",
        );
        if let Some(seconds) = retry_after {
            headers.set("gatewayresponse.header.Retry-After", *seconds);
        }
        let mut block = Block::resource("aws_api_gateway_gateway_response", &id);
        block.body = Object::new()
            .with("rest_api_id", attribute(&declaration.target(), "id"))
            .with("response_type", *response_type)
            .with(
                "response_templates",
                Object::new().with("application/json", TEMPLATE),
            )
            .with("response_parameters", headers);
        context.push(block);
        let target = Target::Resource("aws_api_gateway_gateway_response".to_owned(), id);
        parts.all.push(target.clone());
        // A deployment takes up what is there when it is made.
        parts.integrations.push(target);
    }
}
