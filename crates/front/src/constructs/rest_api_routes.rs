//! The routes of a REST API: `#[post("/webhook/{provider}", …)] pub webhook: Ingestion`.

use std::collections::BTreeMap;

use webhook_infra_core::{Block, Key as EntryKey, Object, Target, Value, ValueKind};

use super::rest_api_path::{parameter, path_id, path_of};
use super::{FieldAttribute, Key, Settings, Shape, lambda_alias, rest_api_model};
use crate::context::{Context, Declaration, attribute, unknown};
use crate::lower::Named;
use crate::names;
use crate::syntax::{Annotation, Expression, ExpressionKind};

const ROUTE: &[Key] = &[
    Key::new(
        "auth",
        Shape::OneOf(&[("aws_iam", "AWS_IAM"), ("none", "NONE")]),
        "Who may call: `\"aws_iam\"` for callers with AWS credentials and `execute-api:Invoke`, `\"none\"` for a route whose function checks callers itself, by a signature for instance.",
    ),
    Key::new(
        "api_key",
        Shape::Flag,
        "The caller has to send an API key of a usage plan. It counts callers; it is no authentication.",
    ),
    Key::new(
        "validate",
        Shape::Block(VALIDATE),
        "What API Gateway checks before it calls the function; what fails gets status 400 and costs no invocation.",
    ),
];

const VALIDATE: &[Key] = &[
    Key::new(
        "params",
        Shape::Switch,
        "The parameters of the path have to be there.",
    ),
    Key::new(
        "body",
        Shape::Raw,
        "The struct that the body has to match as JSON; it becomes a model.",
    ),
];

macro_rules! routes {
    ($($name:literal => $method:literal),*) => {
        /// The attributes of route fields.
        pub(super) const ROUTE_ATTRIBUTES: &[FieldAttribute] = &[$(FieldAttribute {
            name: $name,
            doc: concat!("A route for `", $method, "`: the path, then its keys."),
            keys: ROUTE,
        }),*];

        /// The method that an attribute stands for.
        pub(super) fn http_method(attribute: &str) -> Option<&'static str> {
            match attribute {
                $($name => Some($method),)*
                _ => None,
            }
        }
    };
}

routes! {
    "get" => "GET",
    "post" => "POST",
    "put" => "PUT",
    "patch" => "PATCH",
    "delete" => "DELETE",
    "head" => "HEAD",
    "options" => "OPTIONS",
    "any" => "ANY"
}

/// What the routes are made of.
#[derive(Default)]
pub(super) struct Parts {
    /// What a deployment shows.
    pub(super) all: Vec<Target>,
    /// What has to be there before it.
    pub(super) integrations: Vec<Target>,
}

struct Routes<'d, 's> {
    declaration: &'d Declaration<'s>,
    stage_name: &'d Value,
    /// The resource of each path.
    paths: BTreeMap<String, Target>,
    parts: Parts,
}

pub(super) fn lower<'s>(
    context: &mut Context<'s>,
    declaration: &Declaration<'s>,
    stage_name: &Value,
) -> Parts {
    let mut routes = Routes {
        declaration,
        stage_name,
        paths: BTreeMap::new(),
        parts: Parts::default(),
    };
    let mut count = 0;
    for (field, annotations, _) in declaration.fields() {
        let Some(field_name) = field.ident.as_ref() else {
            continue;
        };
        let mut is_route = false;
        for (place, annotation) in annotations.iter().enumerate() {
            if let Some(method) = http_method(&annotation.name.to_string()) {
                is_route = true;
                count += 1;
                let name = route_name(field_name, annotations, place, method);
                routes.route(context, &field.ty, annotation, method, &name);
            }
        }
        if !is_route {
            context.errors.add(
                field_name.span(),
                format!("`{field_name}` says nothing of when it is called"),
                "put a route on it: `#[get(\"/path\", auth = \"aws_iam\")]`",
            );
        }
    }
    if count == 0 {
        context.errors.add(
            declaration.span(),
            format!("REST API `{}` has no route", declaration.name()),
            "add a field: `#[get(\"/path\", auth = \"aws_iam\")] pub read: MyFunction`",
        );
    }
    routes.parts
}

impl Routes<'_, '_> {
    fn api(&self) -> Value {
        attribute(&self.declaration.target(), "id")
    }

    fn add(
        &mut self,
        context: &mut Context<'_>,
        mut block: Block,
        origin: webhook_infra_core::Origin,
    ) -> Target {
        block.origin = origin;
        let target = block.target().unwrap_or_else(|| self.declaration.target());
        context.push(block);
        self.parts.all.push(target.clone());
        target
    }

    fn route(
        &mut self,
        context: &mut Context<'_>,
        type_: &syn::Type,
        annotation: &Annotation,
        method: &str,
        name: &str,
    ) {
        let shown = format!("`#[{}]`", annotation.name);
        let settings =
            context.settings(&annotation.entries, ROUTE, None, &shown, "rest_api::route");
        let Some((path, span)) = path_of(context, &settings, annotation) else {
            return;
        };
        let Some(function) = function_of(context, type_) else {
            context.broken.insert(self.declaration.name());
            return;
        };
        let invoked = lambda_alias::invoked_of(context, &function);
        let origin = context.origin(span);
        let id = format!("{}_{name}", self.declaration.id);
        let resource_id = self.path(context, &path, span);

        let mut block = Block::resource("aws_api_gateway_method", &id);
        block.body = Object::new()
            .with("rest_api_id", self.api())
            .with("resource_id", resource_id.clone())
            .with("http_method", method);
        if let Some(setting) = settings.find("auth") {
            if let Some(value) = settings.value("auth") {
                block.body.set(
                    EntryKey::new("authorization", setting.origin),
                    value.clone(),
                );
            }
        }
        if settings.is_faulty {
            // What could not be read may have said it.
            block.body.set_default("authorization", unknown());
            block.body.set_default("request_validator_id", unknown());
        }
        if let Some(value) = settings.value("api_key") {
            block.body.set("api_key_required", value.clone());
        }
        let parameters = path
            .split('/')
            .filter_map(parameter)
            .map(|name| {
                (
                    crate::context::key(format!("method.request.path.{name}")),
                    Value::from(true),
                )
            })
            .collect::<Object>();
        if !parameters.is_empty() {
            block.body.set("request_parameters", parameters);
        }
        self.validation(context, &settings, origin, &mut block.body);
        let method_target = self.add(context, block, origin);

        let mut block = Block::resource("aws_api_gateway_integration", &id);
        block.body = Object::new()
            .with("rest_api_id", self.api())
            .with("resource_id", resource_id)
            .with("http_method", attribute(&method_target, "http_method"))
            .with("integration_http_method", "POST")
            .with("type", "AWS_PROXY")
            .with("uri", attribute(&invoked.target, "invoke_arn"));
        let integration = self.add(context, block, origin);
        self.parts.integrations.push(integration);
        self.permission(context, &id, &invoked, method, &path);
    }

    /// The function may be invoked for this route of this API and stage, and for nothing else.
    fn permission(
        &self,
        context: &mut Context<'_>,
        id: &str,
        function: &lambda_alias::Invoked,
        method: &str,
        path: &str,
    ) {
        let method = if method == "ANY" { "*" } else { method };
        let path = path
            .split('/')
            .map(|part| if parameter(part).is_some() { "*" } else { part })
            .collect::<Vec<_>>()
            .join("/");
        let arn = attribute(&self.declaration.target(), "execution_arn");
        let source = Value::template(vec![
            webhook_infra_core::Part::Interpolation(arn),
            webhook_infra_core::Part::Text("/".to_owned()),
            webhook_infra_core::Part::Interpolation(self.stage_name.clone()),
            webhook_infra_core::Part::Text(format!("/{method}{path}")),
        ]);
        function.permit(
            context,
            id,
            "apigateway.amazonaws.com",
            "ApiGateway",
            source,
        );
    }

    /// The id, with a number behind it when another path has it: `/a-b` beside `/a_b`.
    fn free_id(&self, id: &str) -> String {
        let taken = |id: &str| {
            self.paths
                .values()
                .any(|target| matches!(target, Target::Resource(_, name) if name == id))
        };
        let mut free = id.to_owned();
        let mut number = 2;
        while taken(&free) {
            free = format!("{id}_{number}");
            number += 1;
        }
        free
    }

    /// The id of the resource for a path, making those that are not there yet.
    fn path(&mut self, context: &mut Context<'_>, path: &str, span: proc_macro2::Span) -> Value {
        let mut parent = attribute(&self.declaration.target(), "root_resource_id");
        let mut so_far = String::new();
        let origin = context.origin(span);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            so_far = format!("{so_far}/{part}");
            let target = match self.paths.get(&so_far) {
                Some(target) => target.clone(),
                None => {
                    let id = self.free_id(&format!("{}{}", self.declaration.id, path_id(&so_far)));
                    let mut block = Block::resource("aws_api_gateway_resource", &id);
                    block.body = Object::new()
                        .with("rest_api_id", self.api())
                        .with("parent_id", parent)
                        .with("path_part", ValueKind::String(part.to_owned()).at(origin));
                    let target = self.add(context, block, origin);
                    self.paths.insert(so_far.clone(), target.clone());
                    target
                }
            };
            parent = attribute(&target, "id");
        }
        parent
    }

    fn validation(
        &mut self,
        context: &mut Context<'_>,
        settings: &Settings,
        origin: webhook_infra_core::Origin,
        body: &mut Object,
    ) {
        let Some(validate) = settings.block("validate").cloned() else {
            return;
        };
        let has_body = validate.raw("body").is_some();
        let has_parameters = validate.flag("params");
        let kind = match (has_parameters, has_body) {
            (true, true) => "params_and_body",
            (true, false) => "params",
            (false, true) => "body",
            (false, false) if validate.is_faulty => return,
            (false, false) => {
                let span = settings.find("validate").map(|setting| setting.span);
                if let Some(span) = span {
                    context.errors.add(
                        span,
                        "`validate` does not say what is validated",
                        "write `validate(params)`, `validate(body = Type)` or both",
                    );
                }
                return;
            }
        };
        let id = format!("{}_{kind}", self.declaration.id);
        let target = Target::Resource("aws_api_gateway_request_validator".to_owned(), id.clone());
        if !self.parts.all.contains(&target) {
            let mut block = Block::resource("aws_api_gateway_request_validator", &id);
            block.body = Object::new()
                .with("name", kind.replace('_', "-"))
                .with("rest_api_id", self.api())
                .with("validate_request_body", has_body)
                .with("validate_request_parameters", has_parameters);
            self.add(context, block, origin);
        }
        body.set("request_validator_id", attribute(&target, "id"));
        if let Some(expression) = validate.raw("body") {
            if let Some(model) = self.model(context, expression) {
                let models = Object::new().with("application/json", attribute(&model, "name"));
                body.set("request_models", models);
            }
        }
    }

    fn model(&mut self, context: &mut Context<'_>, expression: &Expression) -> Option<Target> {
        let ExpressionKind::Name(name) = &expression.kind else {
            context.errors.add(
                expression.span,
                "`body` takes the name of a struct",
                "write `validate(body = WebhookBody)`",
            );
            return None;
        };
        let text = name.to_string();
        let id = format!("{}_{}", self.declaration.id, names::snake(&text));
        let target = Target::Resource("aws_api_gateway_model".to_owned(), id.clone());
        if self.parts.all.contains(&target) {
            return Some(target);
        }
        let schema = rest_api_model::schema(context, name)?;
        let origin = context.origin(name.span());
        let mut block = Block::resource("aws_api_gateway_model", &id);
        block.body = Object::new()
            .with("rest_api_id", self.api())
            .with("name", text.as_str())
            .with("content_type", "application/json")
            .with("schema", Value::from(ValueKind::json(schema)));
        if let Some(item) = context
            .scope
            .types
            .get(&text)
            .filter(|item| !item.docs.is_empty())
        {
            block
                .body
                .set("description", crate::context::one_line(&item.docs));
        }
        Some(self.add(context, block, origin))
    }
}

/// The name of a route in Terraform: its field's, with the verb where the field has several.
pub(super) fn route_name(
    field: &syn::Ident,
    annotations: &[Annotation],
    place: usize,
    method: &str,
) -> String {
    let name = annotations.get(place).map(|annotation| &annotation.name);
    let verbs = annotations
        .iter()
        .filter(|other| Some(&other.name) == name)
        .count();
    let base = names::snake(&field.to_string());
    let method = method.to_lowercase();
    match (annotations.len(), verbs) {
        (1, _) => base,
        (_, 1) => format!("{base}_{method}"),
        // Several routes of one verb: their places tell them apart.
        _ => format!("{base}_{method}_{place}", place = place + 1),
    }
}

/// The function that the type of a route's field names.
pub(super) fn function_of<'s>(context: &mut Context<'s>, type_: &syn::Type) -> Option<Named<'s>> {
    let segment = match type_ {
        syn::Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let Some(segment) = segment.filter(|segment| segment.arguments.is_none()) else {
        let span = quote::ToTokens::to_token_stream(type_)
            .into_iter()
            .next()
            .map(|token| token.span());
        context.errors.add(
            span.unwrap_or_else(proc_macro2::Span::call_site),
            "the type of a route is the function that it calls",
            "write the name of a struct with `#[lambda]`",
        );
        return None;
    };
    let kind = match type_ {
        syn::Type::Path(path) if path.path.segments.len() > 1 => {
            ExpressionKind::Path(quote::ToTokens::to_token_stream(&path.path))
        }
        _ => ExpressionKind::Name(segment.ident.clone()),
    };
    let span = segment.ident.span();
    let expression = Expression { kind, span };
    context.expect_named(&expression, &["lambda"], "what a route calls")
}
