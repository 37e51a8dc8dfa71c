//! The routes of an HTTP API: `#[get("/items/{id}", auth = "jwt", scopes = ["read"])] pub read: Reader`.

use std::collections::BTreeMap;

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Block, Key as EntryKey, Object, Origin, Target, ValueKind};

use super::http_api_authorizers::Authorizer;
use super::rest_api_path::{parameter, path_of};
use super::rest_api_routes::{function_of, http_method, route_name};
use super::{FieldAttribute, Key, Settings, Shape, lambda_alias};
use crate::context::{Context, Declaration, attribute, suffixed, surrounded, unknown};
use crate::lower::{Named, listed};
use crate::syntax::Annotation;

const ROUTE: &[Key] = &[
    Key::new(
        "auth",
        Shape::Text,
        "Who may call: `\"jwt\"` or `\"lambda\"` (or the name of an `authorizer(…)`), `\"aws_iam\"` for callers with AWS credentials and `execute-api:Invoke`, `\"none\"` for a route whose function checks callers itself.",
    ),
    Key::new(
        "scopes",
        Shape::Value,
        "The scopes of which a token has to have one: `[\"read\"]`; only with a JWT authorizer.",
    ),
];

macro_rules! route_attributes {
    ($($name:literal: $doc:literal,)*) => {
        /// The attributes of route fields.
        pub(super) const ROUTE_ATTRIBUTES: &[FieldAttribute] = &[$(FieldAttribute {
            name: $name,
            doc: $doc,
            keys: ROUTE,
        }),*];
    };
}

route_attributes! {
    "get": "A route for `GET`: the path, then its keys.",
    "post": "A route for `POST`: the path, then its keys.",
    "put": "A route for `PUT`: the path, then its keys.",
    "patch": "A route for `PATCH`: the path, then its keys.",
    "delete": "A route for `DELETE`: the path, then its keys.",
    "head": "A route for `HEAD`: the path, then its keys.",
    "options": "A route for `OPTIONS`: the path, then its keys.",
    "any": "A route for every method: the path, then its keys. `\"/{proxy+}\"` takes the rest of a path.",
    "default_route": "What no other route takes (`$default`); it has no path.",
}

struct Routes<'r, 's> {
    declaration: &'r Declaration<'s>,
    stage: &'r Target,
    authorizers: &'r [Authorizer],
    /// Whether an authorizer could not be read, so that an unknown name may be its.
    may_have_more: bool,
    /// The integration of each function.
    integrations: BTreeMap<Target, Target>,
}

pub(super) fn lower(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    stage: &Target,
    authorizers: &[Authorizer],
) {
    let mut routes = Routes {
        declaration,
        stage,
        authorizers,
        may_have_more: settings.blocks("authorizer").count() > authorizers.len()
            || settings.is_faulty,
        integrations: BTreeMap::new(),
    };
    let mut count = 0;
    for (field, annotations, _) in declaration.fields() {
        let Some(field_name) = field.ident.as_ref() else {
            continue;
        };
        let mut is_route = false;
        for (place, annotation) in annotations.iter().enumerate() {
            let attribute = annotation.name.to_string();
            let method = match http_method(&attribute) {
                Some(method) => method,
                None if attribute == "default_route" => "$default",
                None => continue,
            };
            is_route = true;
            count += 1;
            let name = route_name(
                field_name,
                annotations,
                place,
                method.trim_start_matches('$'),
            );
            routes.route(context, &field.ty, annotation, method, &name);
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
            format!("HTTP API `{}` has no route", declaration.name()),
            "add a field: `#[get(\"/path\", auth = \"aws_iam\")] pub read: MyFunction`",
        );
    }
}

impl Routes<'_, '_> {
    fn route(
        &mut self,
        context: &mut Context<'_>,
        type_: &syn::Type,
        annotation: &Annotation,
        method: &str,
        name: &str,
    ) {
        let shown = format!("`#[{}]`", annotation.name);
        let module = if method == "$default" {
            "http_api::default_route"
        } else {
            "http_api::route"
        };
        let settings = context.settings(&annotation.entries, ROUTE, None, &shown, module);
        let (key, source, span) = if method == "$default" {
            let span = annotation.name.span();
            if let Some(path) = settings.positional.first() {
                context.errors.add(
                    path.span,
                    "`#[default_route]` has no path: it is for all that no other route takes",
                    "remove the path, or write `#[any(\"/orders\", …)]` for one path",
                );
            }
            ("$default".to_owned(), "/$default".to_owned(), span)
        } else {
            let Some((path, span)) = path_of(context, &settings, annotation) else {
                return;
            };
            (format!("{method} {path}"), source(method, &path), span)
        };
        let Some(function) = function_of(context, type_) else {
            context.broken.insert(self.declaration.name());
            return;
        };
        let origin = context.origin(span);
        let id = format!("{}_{name}", self.declaration.id);
        let integration = self.integration(context, &function, origin);
        let mut block = Block::resource("aws_apigatewayv2_route", &id);
        block.origin = origin;
        block.body = Object::new()
            .with("api_id", attribute(&self.declaration.target(), "id"))
            .with("route_key", ValueKind::String(key).at(origin))
            .with(
                "target",
                surrounded("integrations/", &attribute(&integration, "id"), ""),
            );
        self.authorization(context, &settings, &mut block.body);
        context.push(block);
        let source = suffixed(&attribute(self.stage, "execution_arn"), &source);
        lambda_alias::invoked_of(context, &function).permit(
            context,
            &id,
            "apigateway.amazonaws.com",
            "ApiGateway",
            source,
        );
    }

    /// One for each function: routes to the same function share it.
    fn integration(
        &mut self,
        context: &mut Context<'_>,
        function: &Named<'_>,
        origin: Origin,
    ) -> Target {
        let called = function.target(context);
        if let Some(integration) = self.integrations.get(&called) {
            return integration.clone();
        }
        let id = format!("{}_{}", self.declaration.id, function.id());
        let invoked = lambda_alias::invoked_of(context, function).target;
        let mut block = Block::resource("aws_apigatewayv2_integration", &id);
        block.origin = origin;
        block.body = Object::new()
            .with("api_id", attribute(&self.declaration.target(), "id"))
            .with("integration_type", "AWS_PROXY")
            .with("integration_uri", attribute(&invoked, "invoke_arn"))
            .with("payload_format_version", "2.0");
        context.push(block);
        let target = Target::Resource("aws_apigatewayv2_integration".to_owned(), id);
        self.integrations.insert(called, target.clone());
        target
    }

    fn authorization(&self, context: &mut Context<'_>, settings: &Settings, body: &mut Object) {
        let Some((setting, auth)) = settings.find("auth").zip(settings.value("auth")) else {
            if settings.is_faulty {
                body.set("authorization_type", unknown());
            }
            return;
        };
        let key = |argument: &str| EntryKey::new(argument, setting.origin);
        let mut is_jwt = false;
        match auth.as_str() {
            // A mistake that is reported, or a constant.
            None => {
                body.set(key("authorization_type"), auth.clone());
                return;
            }
            Some("none") => {
                body.set(key("authorization_type"), "NONE");
            }
            Some("aws_iam") => {
                body.set(key("authorization_type"), "AWS_IAM");
            }
            Some(name) => {
                let found = self.authorizers.iter().find(|one| one.name == name);
                let Some(authorizer) = found else {
                    body.set(key("authorization_type"), unknown());
                    if !self.may_have_more {
                        self.unknown_authorizer(context, setting.span, name);
                    }
                    return;
                };
                is_jwt = authorizer.is_jwt;
                let kind = if is_jwt { "JWT" } else { "CUSTOM" };
                body.set(key("authorization_type"), kind);
                body.set("authorizer_id", attribute(&authorizer.target, "id"));
            }
        }
        let Some((setting, scopes)) = settings.find("scopes").zip(settings.value("scopes")) else {
            return;
        };
        if is_jwt {
            let key = EntryKey::new("authorization_scopes", setting.origin);
            body.set(key, scopes.clone());
        } else {
            context.errors.add(
                setting.span,
                "only tokens have scopes, and nobody reads tokens here",
                "remove `scopes`, or write `auth = \"jwt\"` and an `authorizer(jwt, …)` in `#[http_api(…)]`",
            );
        }
    }

    fn unknown_authorizer(&self, context: &mut Context<'_>, span: proc_macro2::Span, name: &str) {
        let api = self.declaration.name();
        let names = || {
            let own = self.authorizers.iter().map(|one| one.name.as_str());
            ["none", "aws_iam"].into_iter().chain(own)
        };
        let help = match (name, nearest(name, names()).as_slice()) {
            ("jwt", _) => {
                "write `authorizer(jwt, issuer = \"https://…\", audience = [\"…\"])` in `#[http_api(…)]`"
                    .to_owned()
            }
            ("lambda", _) => {
                "write `authorizer(lambda, function = Checker)` in `#[http_api(…)]`".to_owned()
            }
            (_, []) => format!("`auth` is one of {}", listed(names()).replace('`', "\"")),
            (_, near) => did_you_mean(near).replace('`', "\""),
        };
        context.errors.add(
            span,
            format!("HTTP API `{api}` has no authorizer \"{name}\""),
            help,
        );
    }
}

/// The end of the ARN on whose behalf API Gateway calls. Variables of the path have the values of the
/// request in it.
fn source(method: &str, path: &str) -> String {
    let method = if method == "ANY" { "*" } else { method };
    let path = path
        .split('/')
        .map(|part| if parameter(part).is_some() { "*" } else { part })
        .collect::<Vec<_>>()
        .join("/");
    format!("/{method}{path}")
}
