//! `#[kms_key]`: a key, its alias, and a policy that lets in the services that have to use it.

use std::collections::{BTreeMap, BTreeSet};

use webhook_infra_core::rules::key_services::{self, CLOUDFRONT, LOGS};
use webhook_infra_core::{BlockKind, Graph, Object, Target, Value, ValueKind};

use super::{Construct, Key, PartName, Settings, Shape, key_policy};
use crate::context::{Context, Declaration, attribute, surrounded};
use crate::lower::is_truth;

const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The key's alias, without `alias/`. At most 250 letters, digits, `/`, `-` and `_`. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "key_usage",
        "usage",
        Shape::OneOf(&[
            ("encrypt", "ENCRYPT_DECRYPT"),
            ("sign", "SIGN_VERIFY"),
            ("mac", "GENERATE_VERIFY_MAC"),
            ("agree", "KEY_AGREEMENT"),
        ]),
        "`\"encrypt\"`, `\"sign\"` for digital signatures, `\"mac\"` for message authentication codes, `\"agree\"` for shared secrets. It cannot be changed later. Default: `\"encrypt\"`.",
    ),
    Key::sets(
        "customer_master_key_spec",
        "spec",
        Shape::Text,
        "The kind of key, such as `\"RSA_4096\"`. Default: `\"SYMMETRIC_DEFAULT\"`, `\"ECC_NIST_P256\"` for `sign` and `agree`, `\"HMAC_256\"` for `mac`.",
    ),
    Key::new(
        "rotation",
        Shape::FlagOrDays,
        "How often KMS replaces the key's material; what was encrypted before can still be read. 90 to 2,560 days. On when absent, every 365 days, for keys that KMS can rotate.",
    ),
    Key::sets(
        "deletion_window_in_days",
        "deletion_window",
        Shape::Days,
        "How long KMS waits before it deletes the key, in case that was a mistake. 7 to 30 days. Default: 30 days.",
    ),
    Key::sets(
        "multi_region",
        "multi_region",
        Shape::Flag,
        "The key can be replicated to other regions. It cannot be changed later.",
    ),
    Key::new(
        "services",
        Shape::Value,
        "AWS services that may use the key besides those that the stack shows to need it: `[\"backup.amazonaws.com\"]`. For this account only.",
    ),
    Key::sets(
        "description",
        "description",
        Shape::Text,
        "What it is for. Default: the struct's documentation.",
    ),
];

pub(super) static KMS_KEY: Construct = Construct {
    name: "kms_key",
    summary: "A KMS key with an alias, rotated, which the AWS services that need it may use",
    main: "aws_kms_key",
    keys: KEYS,
    fields: &[],
    parts: &[PartName {
        name: "alias",
        resource: "aws_kms_alias",
        suffix: "",
    }],
    aliases: &[],
    marker: "Key",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let id = declaration.id;
    let mut body = settings.arguments();
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    kind(&mut body);
    rotation(&settings, &mut body);
    body.set_default("deletion_window_in_days", 30_u64);
    if body.get("policy").is_none() {
        let mut statements = vec![key_policy::account(context)];
        statements.extend(by_hand(context, &settings));
        let policy = context.policy(&policy_id(id), statements);
        body.set("policy", policy);
    } else if let Some(setting) = settings.find("services") {
        context.errors.add(
            setting.span,
            format!(
                "key `{}` has a `policy` of its own, which `services` would not change",
                declaration.name()
            ),
            "leave `policy` out, or allow the services in it",
        );
    }
    let key = context.resource("aws_kms_key", id, body);
    let name = context.physical_name(&settings, declaration);
    context.resource(
        "aws_kms_alias",
        id,
        Object::new()
            .with("name", surrounded("alias/", &name, ""))
            .with("target_key_id", attribute(&key, "key_id")),
    );
}

fn policy_id(id: &str) -> String {
    format!("{id}_key")
}

/// KMS asks for a spec with every usage but the first.
fn kind(body: &mut Object) {
    let spec = match body.get("key_usage").and_then(Value::as_str) {
        Some("SIGN_VERIFY" | "KEY_AGREEMENT") => "ECC_NIST_P256",
        Some("GENERATE_VERIFY_MAC") => "HMAC_256",
        _ => return,
    };
    body.set_default("customer_master_key_spec", spec);
}

/// Rotation is on, where KMS offers it.
fn rotation(settings: &Settings, body: &mut Object) {
    let is_default = |argument: &str, default: &str| {
        body.get(argument)
            .is_none_or(|value| value.as_str() == Some(default))
    };
    let can_rotate = is_default("key_usage", "ENCRYPT_DECRYPT")
        && is_default("customer_master_key_spec", "SYMMETRIC_DEFAULT")
        && body.get("custom_key_store_id").is_none();
    match (settings.find("rotation"), settings.value("rotation")) {
        (Some(setting), Some(value)) => {
            let origin = setting.origin;
            let key = |name: &str| webhook_infra_core::Key::new(name, origin);
            if is_truth(value) {
                body.set(key("enable_key_rotation"), value.clone());
            } else {
                body.set(key("enable_key_rotation"), true);
                body.set(key("rotation_period_in_days"), value.clone());
            }
        }
        _ if can_rotate => {
            body.set_default("enable_key_rotation", true);
        }
        _ => {}
    }
}

/// The services that the author named.
fn by_hand(context: &mut Context<'_>, settings: &Settings) -> Vec<Object> {
    let Some(value) = settings.value("services") else {
        return Vec::new();
    };
    let ValueKind::List(items) = &value.kind else {
        return key_policy::services(context, value);
    };
    // CloudWatch Logs says which log group it is working for in its own way.
    let (readers, items) = items
        .iter()
        .cloned()
        .partition::<Vec<_>, _>(|item| item.as_str() == Some(CLOUDFRONT));
    let (logs, others) = items
        .iter()
        .cloned()
        .partition::<Vec<_>, _>(|item| item.as_str().is_some_and(|name| name.starts_with("logs.")));
    let mut statements = Vec::new();
    if !readers.is_empty() {
        statements.push(key_policy::cloudfront(context));
    }
    if !others.is_empty() {
        statements.extend(key_policy::services(context, &others.into()));
    }
    if !logs.is_empty() {
        statements.push(key_policy::logs(context, Some(logs), None));
    }
    statements
}

/// What a key turned out to be needed for.
#[derive(Default)]
struct Needs {
    services: BTreeSet<String>,
    logs: bool,
    /// The names of the log groups, as far as they can stand in the key's policy.
    groups: Vec<Value>,
    /// Whether there are other log groups.
    any_group: bool,
}

/// Lets in the services that have to use a key, once everything is there to see who they are.
pub(super) fn complete(context: &mut Context<'_>) {
    let keys = context
        .scope
        .declarations
        .values()
        .filter(|declaration| declaration.construct.name == "kms_key")
        .map(|declaration| declaration.id.to_owned())
        .collect::<BTreeSet<_>>();
    if keys.is_empty() {
        return;
    }
    for (id, mut needs) in needs(context) {
        if !keys.contains(&id) {
            continue;
        }
        let place = context.document.blocks.iter().position(|block| {
            block.kind == BlockKind::Data
                && block.labels == ["aws_iam_policy_document".to_owned(), policy_id(&id)]
                && block.owner.is_some()
        });
        let Some(place) = place else {
            continue;
        };
        context.here = context.document.blocks[place].origin;
        let mut statements = Vec::new();
        if needs.services.remove(CLOUDFRONT) {
            statements.push(key_policy::cloudfront(context));
        }
        if !needs.services.is_empty() {
            let services = needs.services.into_iter().map(Value::from);
            let services = services.collect::<Vec<_>>().into();
            statements.extend(key_policy::services(context, &services));
        }
        if needs.logs {
            let groups = (!needs.any_group).then_some(needs.groups);
            statements.push(key_policy::logs(context, None, groups));
        }
        let block = &mut context.document.blocks[place];
        add(&mut block.body, statements);
    }
}

/// Adds statements to a policy. What the author named already has a statement, which then names more.
fn add(body: &mut Object, statements: Vec<Object>) {
    for mut statement in statements {
        let sid = statement.get("sid").and_then(Value::as_str);
        let sid = sid.unwrap_or_default().to_owned();
        let known = body.get_mut("statement").and_then(|known| {
            let ValueKind::List(known) = &mut known.kind else {
                return None;
            };
            known.iter_mut().find_map(|known| match &mut known.kind {
                ValueKind::Object(known) => {
                    (known.get("sid")?.as_str() == Some(&sid)).then_some(known)
                }
                _ => None,
            })
        });
        let Some(known) = known else {
            body.push_block("statement", statement.into());
            continue;
        };
        let more = identifiers(&mut statement).cloned().unwrap_or_default();
        match identifiers(known) {
            Some(identifiers) => {
                for identifier in more {
                    if !identifiers.contains(&identifier) {
                        identifiers.push(identifier);
                    }
                }
            }
            // The author's are in a variable.
            None => {
                statement.set("sid", format!("{sid}Found"));
                body.push_block("statement", statement.into());
            }
        }
    }
}

/// The identifiers of a statement's principals, where they are a list.
fn identifiers(statement: &mut Object) -> Option<&mut Vec<Value>> {
    let ValueKind::List(principals) = &mut statement.get_mut("principals")?.kind else {
        return None;
    };
    let ValueKind::Object(principals) = &mut principals.first_mut()?.kind else {
        return None;
    };
    match &mut principals.get_mut("identifiers")?.kind {
        ValueKind::List(identifiers) => Some(identifiers),
        _ => None,
    }
}

/// For each key of the stack, by its id, the services that have to use it.
fn needs(context: &Context<'_>) -> BTreeMap<String, Needs> {
    let graph = Graph::new(&context.document);
    let mut needs: BTreeMap<String, Needs> = BTreeMap::new();
    let id_of = |resource: webhook_infra_core::Resource<'_>, argument: &str| {
        key_services::key_of(resource, argument)?
            .block
            .labels
            .get(1)
            .cloned()
    };
    for found in key_services::uses(&graph) {
        let Some(id) = id_of(found.encrypted, found.argument) else {
            continue;
        };
        let needs = needs.entry(id).or_default();
        if found.service != LOGS {
            needs.services.insert(found.service.to_owned());
            continue;
        }
        needs.logs = true;
        match found.encrypted.get("name").filter(|name| can_stand(name)) {
            Some(name) => needs.groups.push(name.clone()),
            None => needs.any_group = true,
        }
    }
    for type_name in ["aws_sqs_queue", "aws_sns_topic"] {
        for resource in graph.resources(type_name) {
            if let Some(id) = id_of(resource, "kms_master_key_id") {
                let services = key_services::invited(resource);
                needs.entry(id).or_default().services.extend(services);
            }
        }
    }
    needs
}

/// Whether a log group's name can stand in the policy of its key: what comes of a resource may come of
/// the log group itself, and Terraform refuses a circle; `each.key` is the log group's own.
fn can_stand(name: &Value) -> bool {
    let mut can = true;
    name.walk(&mut |value| {
        can &= match &value.kind {
            ValueKind::Reference(reference) => {
                matches!(reference.target, Target::Variable(_) | Target::Local(_))
            }
            ValueKind::Raw { .. } => false,
            _ => true,
        };
    });
    can
}
