//! The constructs: one file a kind, each with its table of keys and its lowering to Terraform blocks.
//!
//! A construct does nothing but lower. It sets what its keys say and the defaults that its own
//! documentation names; whether the result is any good is for the rules to judge, which never see what
//! made a block.

pub(crate) mod addition;
mod alarm;
mod alarm_metrics;
mod async_invoke;
pub mod capability;
mod check;
mod cloudfront;
mod cloudfront_access;
mod cloudfront_log;
mod cloudfront_origins;
pub(crate) mod code;
mod cors;
mod dashboard;
mod dashboard_keys;
mod dashboard_widgets;
mod data;
mod delivery;
mod dynamodb;
mod dynamodb_index;
mod each_instance;
mod encryption;
mod ephemeral;
mod event_bus;
mod event_rule;
mod failures;
pub(crate) mod grants;
mod http_api;
mod http_api_authorizers;
mod http_api_routes;
mod input;
mod key;
mod key_policy;
mod kinesis;
mod kms_key;
mod lambda;
mod lambda_alias;
mod lambda_code;
mod lambda_setup;
mod lambda_url;
mod layer;
mod local;
mod log_group;
mod log_metric_filter;
mod module;
pub(crate) mod notification;
mod objects;
mod output;
mod output_type;
mod own_statements;
mod parameter;
pub(crate) mod policy_statements;
pub(crate) mod provider;
mod removed;
mod resource;
mod rest_api;
mod rest_api_model;
mod rest_api_path;
mod rest_api_problems;
mod rest_api_routes;
mod s3;
mod schedule;
mod secret;
mod service_role;
mod settings;
mod sns;
mod sqs;
mod state_machine;
mod statement;
mod subscription;
mod tls_only;
mod trigger;
mod variable;

pub use addition::{ADDITIONS, Addition};
pub use key::{COMMON, Key, REPEATABLE, Shape, Source};
pub(crate) use local::expression as local_value;
pub(crate) use output_type::OutputDefinition;
pub(crate) use settings::{Content, Setting, Settings};
use webhook_infra_core::{Address, Object, Target, Value, ValueKind};

use crate::context::{Context, Declaration};

/// A kind of declaration.
pub struct Construct {
    /// The attribute's name.
    pub name: &'static str,
    /// What it makes, in one line.
    pub summary: &'static str,
    /// The type of the main resource, whose arguments can all be written as keys; empty when there is
    /// none.
    pub main: &'static str,
    /// The keys.
    pub keys: &'static [Key],
    /// The attributes of fields, each with its keys.
    pub fields: &'static [FieldAttribute],
    /// Helper resources that can be referred to: `Events.dlq`.
    pub parts: &'static [PartName],
    /// Friendlier names of attributes, with what they stand for.
    pub aliases: &'static [(&'static str, &'static str)],
    /// The trait in `webhook_infra` that marks the struct; empty when there is none.
    pub marker: &'static str,
    pub(crate) target: fn(&Declaration<'_>) -> Target,
    pub(crate) lower: for<'s> fn(&mut Context<'s>, &Declaration<'s>),
}

/// An attribute of a field.
pub struct FieldAttribute {
    /// Its name.
    pub name: &'static str,
    /// What it says about the field.
    pub doc: &'static str,
    /// Its keys.
    pub keys: &'static [Key],
}

/// A helper resource of a construct.
pub struct PartName {
    /// How it is called behind the struct's name.
    pub name: &'static str,
    /// Its type.
    pub resource: &'static str,
    /// What its Terraform name has more than the main resource's.
    pub suffix: &'static str,
}

impl Construct {
    /// The word for what it makes, with its article.
    pub(crate) fn a_noun(&self) -> String {
        let noun = self.noun();
        // "HTTP" is spelled out: aitch.
        let is_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u']) || noun.starts_with("HTTP");
        let article = if is_vowel { "an" } else { "a" };
        format!("{article} {noun}")
    }

    /// The word for what it makes.
    pub(crate) fn noun(&self) -> &'static str {
        match self.name {
            "variable" => "variable",
            "output" => "output",
            "check" => "check",
            "data" => "data source",
            "input" => "input",
            "ephemeral" => "ephemeral resource",
            "local" => "local",
            "module" => "module",
            "removed" => "removal",
            "provider" => "provider",
            _ => webhook_infra_core::graph::noun(self.main),
        }
    }
}

/// All constructs, by name.
pub static CONSTRUCTS: &[&Construct] = &[
    &alarm::ALARM,
    &check::CHECK,
    &cloudfront::CLOUDFRONT,
    &dashboard::DASHBOARD,
    &data::DATA,
    &dynamodb::DYNAMODB,
    &ephemeral::EPHEMERAL,
    &event_bus::EVENT_BUS,
    &event_rule::EVENT_RULE,
    &http_api::HTTP_API,
    &input::INPUT,
    &kinesis::KINESIS,
    &kms_key::KMS_KEY,
    &lambda::LAMBDA,
    &layer::LAYER,
    &local::LOCAL,
    &log_group::LOG_GROUP,
    &log_metric_filter::LOG_METRIC_FILTER,
    &module::MODULE,
    &output::OUTPUT,
    &parameter::PARAMETER,
    &provider::PROVIDER,
    &removed::REMOVED,
    &resource::RESOURCE,
    &rest_api::REST_API,
    &s3::S3,
    &schedule::SCHEDULE,
    &secret::SECRET,
    &sns::SNS,
    &sqs::SQS,
    &state_machine::STATE_MACHINE,
    &variable::VARIABLE,
];

/// What can be lowered only when everything else is there.
pub(crate) fn complete(context: &mut Context<'_>) {
    kms_key::complete(context);
}

/// Has a block wait for another one, besides what its author has it wait for.
pub(crate) fn wait_for(address: Address, body: &mut Object) {
    let wait = Value::from(address);
    match body.get_mut("depends_on") {
        Some(Value {
            kind: ValueKind::List(addresses),
            ..
        }) => addresses.push(wait),
        _ => {
            body.set("depends_on", vec![wait]);
        }
    }
}

/// The construct with this name.
pub(crate) fn find(name: &str) -> Option<&'static Construct> {
    CONSTRUCTS
        .iter()
        .copied()
        .find(|construct| construct.name == name)
}

/// Whether a struct that stands for this is a value by itself.
pub(crate) fn is_named_value(target: &Target) -> bool {
    matches!(
        target,
        Target::Variable(_) | Target::Local(_) | Target::Module(_)
    )
}

/// Whether an attribute of this name, on a struct or a field, belongs to the macro.
pub(crate) fn is_attribute(name: &str) -> bool {
    find(name).is_some()
        || addition::find(name).is_some()
        || CONSTRUCTS
            .iter()
            .flat_map(|construct| construct.fields)
            .any(|attribute| attribute.name == name)
}
