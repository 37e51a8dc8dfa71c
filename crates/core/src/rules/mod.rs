//! The rules: what a stack may not say, although Terraform's schema would let it.
//!
//! One rule a file. A file gives the rule's name, a one-line summary, an explanation, how serious it is,
//! the document it comes from, the check and its tests; this module lists the files and runs them. A
//! rule sees the Terraform graph and nothing else, so a resource is judged alike whether a construct,
//! a raw resource or `build.rs` made it.

mod alarm_missing_action;
mod alarm_missing_data_unstated;
mod alarm_window_invalid;
mod alarms;
mod api_duplicate_route;
mod api_function_timeout_too_long;
mod api_missing_access_log;
mod api_missing_authorization;
mod api_missing_integration;
mod api_missing_redeployment_trigger;
mod api_missing_throttling;
mod api_missing_validation;
mod api_routes;
mod api_shadowed_route;
mod asynchronous_calls;
mod bucket_parts;
mod cloudfront;
mod cloudfront_alias_without_certificate;
mod cloudfront_bucket_policy_missing;
mod cloudfront_certificate_region;
mod cloudfront_missing_access_log;
mod cloudfront_missing_default_root;
mod cloudfront_missing_security_headers;
mod cloudfront_origin_insecure;
mod cloudfront_s3_origin_public;
mod cloudfront_tls_version;
mod cloudfront_viewer_http;
mod condition_without_reference;
mod cors_wildcard_with_credentials;
mod credentials;
mod dashboard_body_invalid;
mod duplicate_name;
mod duration_invalid;
mod dynamodb_attribute_mismatch;
mod dynamodb_billing_mode;
mod dynamodb_missing_deletion_protection;
mod dynamodb_missing_encryption;
mod dynamodb_missing_pitr;
mod ephemeral_output_of_root;
mod ephemeral_value_misplaced;
mod event_pattern;
mod event_pattern_invalid;
mod event_rule_too_many_targets;
mod event_source_batch_limits;
mod event_source_concurrency_above_reserved;
mod event_source_missing_failure_destination;
mod event_source_missing_iterator_age_alarm;
mod event_source_missing_partial_batch_responses;
mod event_source_missing_starting_position;
mod event_source_missing_stream;
mod event_source_unbounded_retries;
mod event_sources;
mod event_target_missing_dlq;
mod fifo_name_suffix;
mod fifo_setting_invalid;
mod filter_pattern;
mod http_api_missing_authorization;
mod iam_federated_without_condition;
mod iam_managed_policy;
mod iam_pass_role;
mod iam_public_principal;
mod iam_wildcard_action;
mod iam_wildcard_resource;
mod identity_policies;
mod import_id_invalid;
pub mod key_services;
mod kinesis_capacity_mode;
mod kinesis_missing_encryption;
mod kms_deletion_window_too_short;
mod kms_missing_rotation;
mod kms_service_not_allowed;
mod kms_usage_unfit;
mod lambda_async_missing_failure_destination;
mod lambda_deprecated_runtime;
mod lambda_destination_fifo;
mod lambda_environment_credentials;
mod lambda_environment_invalid;
mod lambda_missing_architecture;
mod lambda_missing_error_alarm;
mod lambda_missing_log_group;
mod lambda_missing_reserved_concurrency;
mod lambda_missing_timeout;
mod lambda_permission_missing;
mod lambda_permission_missing_source_arn;
mod lambda_provisioned_above_reserved;
mod lambda_role_shared;
mod lambda_url_public;
mod limits;
mod log_filter_dimensions_invalid;
mod log_filter_pattern_invalid;
mod log_group_missing_retention;
mod lookup;
mod module_source_invalid;
mod moved_still_declared;
mod name_not_allowed;
mod newer_than_target;
mod notifications;
mod number_out_of_range;
mod output_missing_sensitive;
mod parameter_secret_in_plain_text;
mod policy;
mod policy_declared_twice;
mod policy_invalid;
mod policy_missing_sender;
mod provider_missing_version;
mod quota_exceeded;
mod redrives;
mod reference_cycle;
mod role_permissions;
mod s3_missing_abort_incomplete_uploads;
mod s3_missing_encryption;
mod s3_missing_tls_policy;
mod s3_missing_versioning;
mod s3_notification_declared_twice;
mod s3_notification_fifo;
mod s3_notification_loop;
mod s3_notification_overlap;
mod s3_public_access;
mod schedule_expression;
mod schedule_expression_invalid;
mod schedule_missing_dlq;
mod secret_recovery_disabled;
mod secret_rotation_not_permitted;
mod secret_value_literal;
mod security_group_admin_open;
mod sns_alarm_key_unusable;
mod sns_missing_encryption;
mod sns_subscription_fifo;
mod sns_subscription_missing_dlq;
mod sqs_dlq_missing_alarm;
mod sqs_dlq_retention_too_short;
mod sqs_dlq_type_mismatch;
mod sqs_missing_backlog_alarm;
mod sqs_missing_dlq;
mod sqs_missing_encryption;
mod sqs_missing_redrive_allow;
mod sqs_missing_tls_policy;
mod sqs_visibility_below_function_timeout;
mod sqs_visibility_too_short;
mod state_machine_definition_invalid;
mod state_machine_express_unsupported;
mod state_machine_fields;
mod state_machine_missing_failure_alarm;
mod state_machine_missing_logging;
mod state_machine_missing_retry;
mod state_machine_parts;
mod state_machine_permission_missing;
mod state_machine_sync_execution_unsupported;
mod state_machine_ways;
mod state_machines;
#[cfg(test)]
mod testing;
mod transport_policy;
mod value_not_allowed;
mod write_only_missing_version;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Origin;
use crate::graph::{Graph, Resource};

/// A rule, without its check.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, as it is written in `#[webhook_infra::expect(name, …)]`.
    pub name: &'static str,
    /// What it demands, in one line.
    pub summary: &'static str,
    /// Why, and what happens otherwise.
    pub explanation: &'static str,
    /// How serious breaking it is.
    pub severity: Severity,
    /// The documents it comes from, by title.
    pub source: &'static str,
}

/// Takes down what a rule finds.
pub struct Findings {
    rule: &'static Rule,
    diagnostics: Vec<Diagnostic>,
}

impl Findings {
    /// Nothing found yet, by this rule.
    pub fn new(rule: &'static Rule) -> Self {
        Self {
            rule,
            diagnostics: Vec::new(),
        }
    }

    /// Reports a mistake in `resource`, at the token to change.
    pub fn at(
        &mut self,
        resource: Resource<'_>,
        origin: Origin,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.under(self.rule, resource, origin, message)
    }

    /// Reports a mistake under another rule's name, for checks that know several.
    pub fn under(
        &mut self,
        rule: &'static Rule,
        resource: Resource<'_>,
        origin: Origin,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let place = self.diagnostics.len();
        let origin = origin.or(resource.origin());
        let mut diagnostic = Diagnostic::new(rule.name, rule.severity, origin, message);
        diagnostic.owner = resource.block.owner;
        diagnostic.is_helper = resource.is_helper();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[place]
    }

    /// Takes down a mistake that is in no resource of the graph.
    pub fn add(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let place = self.diagnostics.len();
        self.diagnostics.push(diagnostic);
        &mut self.diagnostics[place]
    }

    /// What was found.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}

macro_rules! rules {
    ($($name:ident),* $(,)?) => {
        /// A rule's check.
        type Check = fn(&Graph<'_>, &mut Findings);

        /// All rules, by name.
        pub static RULES: &[&Rule] = &[$(&$name::RULE),*];

        /// The checks, in the order of [`RULES`].
        const CHECKS: &[Check] = &[$($name::check),*];
    };
}

rules! {
    alarm_missing_action,
    alarm_missing_data_unstated,
    alarm_window_invalid,
    api_duplicate_route,
    api_function_timeout_too_long,
    api_missing_access_log,
    api_missing_authorization,
    api_missing_integration,
    api_missing_redeployment_trigger,
    api_missing_throttling,
    api_missing_validation,
    api_shadowed_route,
    cloudfront_alias_without_certificate,
    cloudfront_bucket_policy_missing,
    cloudfront_certificate_region,
    cloudfront_missing_access_log,
    cloudfront_missing_default_root,
    cloudfront_missing_security_headers,
    cloudfront_origin_insecure,
    cloudfront_s3_origin_public,
    cloudfront_tls_version,
    cloudfront_viewer_http,
    condition_without_reference,
    cors_wildcard_with_credentials,
    dashboard_body_invalid,
    duplicate_name,
    duration_invalid,
    dynamodb_attribute_mismatch,
    dynamodb_billing_mode,
    dynamodb_missing_deletion_protection,
    dynamodb_missing_encryption,
    dynamodb_missing_pitr,
    ephemeral_output_of_root,
    ephemeral_value_misplaced,
    event_pattern_invalid,
    event_rule_too_many_targets,
    event_source_batch_limits,
    event_source_concurrency_above_reserved,
    event_source_missing_failure_destination,
    event_source_missing_iterator_age_alarm,
    event_source_missing_partial_batch_responses,
    event_source_missing_starting_position,
    event_source_missing_stream,
    event_source_unbounded_retries,
    event_target_missing_dlq,
    fifo_name_suffix,
    fifo_setting_invalid,
    http_api_missing_authorization,
    iam_federated_without_condition,
    iam_managed_policy,
    iam_pass_role,
    iam_public_principal,
    iam_wildcard_action,
    iam_wildcard_resource,
    import_id_invalid,
    kinesis_capacity_mode,
    kinesis_missing_encryption,
    kms_deletion_window_too_short,
    kms_missing_rotation,
    kms_service_not_allowed,
    kms_usage_unfit,
    lambda_async_missing_failure_destination,
    lambda_deprecated_runtime,
    lambda_destination_fifo,
    lambda_environment_credentials,
    lambda_environment_invalid,
    lambda_missing_architecture,
    lambda_missing_error_alarm,
    lambda_missing_log_group,
    lambda_missing_reserved_concurrency,
    lambda_missing_timeout,
    lambda_permission_missing,
    lambda_permission_missing_source_arn,
    lambda_provisioned_above_reserved,
    lambda_role_shared,
    lambda_url_public,
    log_filter_dimensions_invalid,
    log_filter_pattern_invalid,
    log_group_missing_retention,
    module_source_invalid,
    moved_still_declared,
    name_not_allowed,
    newer_than_target,
    number_out_of_range,
    output_missing_sensitive,
    parameter_secret_in_plain_text,
    policy_declared_twice,
    policy_invalid,
    policy_missing_sender,
    provider_missing_version,
    quota_exceeded,
    reference_cycle,
    s3_missing_abort_incomplete_uploads,
    s3_missing_encryption,
    s3_missing_tls_policy,
    s3_missing_versioning,
    s3_notification_declared_twice,
    s3_notification_fifo,
    s3_notification_loop,
    s3_notification_overlap,
    s3_public_access,
    schedule_expression_invalid,
    schedule_missing_dlq,
    secret_recovery_disabled,
    secret_rotation_not_permitted,
    secret_value_literal,
    security_group_admin_open,
    sns_alarm_key_unusable,
    sns_missing_encryption,
    sns_subscription_fifo,
    sns_subscription_missing_dlq,
    sqs_dlq_missing_alarm,
    sqs_dlq_retention_too_short,
    sqs_dlq_type_mismatch,
    sqs_missing_backlog_alarm,
    sqs_missing_dlq,
    sqs_missing_encryption,
    sqs_missing_redrive_allow,
    sqs_missing_tls_policy,
    sqs_visibility_below_function_timeout,
    sqs_visibility_too_short,
    state_machine_definition_invalid,
    state_machine_express_unsupported,
    state_machine_missing_failure_alarm,
    state_machine_missing_logging,
    state_machine_missing_retry,
    state_machine_permission_missing,
    state_machine_sync_execution_unsupported,
    value_not_allowed,
    write_only_missing_version,
}

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

/// Runs every rule.
pub fn check(graph: &Graph<'_>) -> Vec<Diagnostic> {
    RULES
        .iter()
        .zip(CHECKS)
        .flat_map(|(rule, check)| run(rule, *check, graph))
        .collect()
}

fn run(rule: &'static Rule, check: Check, graph: &Graph<'_>) -> Vec<Diagnostic> {
    let mut findings = Findings::new(rule);
    check(graph, &mut findings);
    findings.into_diagnostics()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_sorted_by_name_and_documented() {
        assert!(RULES.windows(2).all(|pair| pair[0].name < pair[1].name));
        for rule in RULES {
            assert!(
                !rule.summary.ends_with('.') && rule.summary.len() < 100,
                "{}: {}",
                rule.name,
                rule.summary
            );
            assert!(rule.explanation.ends_with('.'), "{}", rule.name);
            assert!(!rule.source.is_empty(), "{}", rule.name);
        }
    }
}
