//! The backends that Terraform 1.5 to 1.14 and OpenTofu have, and their arguments.
//!
//! Source: Terraform, "Backend block" and the page of each backend; OpenTofu, the same pages.

/// A backend.
#[derive(Debug)]
pub struct Backend {
    /// Its name.
    pub name: &'static str,
    /// Its arguments, those in nested maps as `map.argument`.
    pub arguments: &'static [&'static str],
}

/// All backends, by name.
pub static BACKENDS: &[Backend] = &[
    Backend {
        name: "azurerm",
        arguments: &[
            "access_key", "ado_pipeline_service_connection_id", "client_certificate", "client_certificate_password",
            "client_certificate_path", "client_id", "client_id_file_path", "client_secret", "client_secret_file_path",
            "container_name", "endpoint", "environment", "key", "lookup_blob_endpoint", "metadata_host", "msi_endpoint",
            "oidc_request_token", "oidc_request_url", "oidc_token", "oidc_token_file_path", "resource_group_name",
            "sas_token", "snapshot", "storage_account_name", "subscription_id", "tenant_id", "timeout_seconds",
            "use_aks_workload_identity", "use_azuread_auth", "use_cli", "use_msi", "use_oidc",
        ],
    },
    Backend {
        name: "consul",
        arguments: &[
            "access_token", "address", "ca_file", "cert_file", "datacenter", "gzip", "http_auth", "key_file", "lock", "path",
            "scheme",
        ],
    },
    Backend {
        name: "cos",
        arguments: &[
            "accelerate", "acl", "assume_role", "assume_role.external_id", "assume_role.policy", "assume_role.role_arn",
            "assume_role.session_duration", "assume_role.session_name", "bucket", "cam_role_name", "domain", "encrypt",
            "endpoint", "key", "prefix", "profile", "region", "secret_id", "secret_key", "security_token",
            "shared_credentials_dir",
        ],
    },
    Backend {
        name: "gcs",
        arguments: &[
            "access_token", "bucket", "credentials", "encryption_key", "impersonate_service_account",
            "impersonate_service_account_delegates", "kms_encryption_key", "prefix", "storage_custom_endpoint",
            "universe_domain",
        ],
    },
    Backend {
        name: "http",
        arguments: &[
            "address", "client_ca_certificate_pem", "client_certificate_pem", "client_private_key_pem", "headers",
            "lock_address", "lock_method", "password", "retry_max", "retry_wait_max", "retry_wait_min",
            "skip_cert_verification", "unlock_address", "unlock_method", "update_method", "username",
        ],
    },
    Backend {
        name: "kubernetes",
        arguments: &[
            "client_certificate", "client_key", "cluster_ca_certificate", "config_context", "config_context_auth_info",
            "config_context_cluster", "config_path", "config_paths", "exec", "exec.api_version", "exec.args", "exec.command",
            "exec.env", "host", "in_cluster_config", "insecure", "labels", "namespace", "password", "secret_suffix", "token",
            "username",
        ],
    },
    Backend {
        name: "local",
        arguments: &["path", "workspace_dir"],
    },
    Backend {
        name: "oci",
        arguments: &[
            "auth", "bucket", "config_file_profile", "fingerprint", "key", "kms_key_id", "namespace", "private_key",
            "private_key_password", "private_key_path", "region", "sse_customer_algorithm", "sse_customer_key",
            "sse_customer_key_sha256", "tenancy_ocid", "user_ocid", "workspace_key_prefix",
        ],
    },
    Backend {
        name: "oss",
        arguments: &[
            "access_key", "acl", "assume_role", "assume_role.policy", "assume_role.role_arn", "assume_role.session_expiration",
            "assume_role.session_name", "assume_role_policy", "assume_role_role_arn", "assume_role_session_expiration",
            "assume_role_session_name", "bucket", "ecs_role_name", "encrypt", "endpoint", "key", "prefix", "profile", "region",
            "secret_key", "security_token", "shared_credentials_file", "sts_endpoint", "tablestore_endpoint",
            "tablestore_instance_name", "tablestore_table",
        ],
    },
    Backend {
        name: "pg",
        arguments: &[
            "conn_str", "index_name", "schema_name", "skip_index_creation", "skip_schema_creation", "skip_table_creation",
            "table_name",
        ],
    },
    Backend {
        name: "remote",
        arguments: &[
            "hostname", "organization", "token", "workspaces", "workspaces.name", "workspaces.prefix",
        ],
    },
    Backend {
        name: "s3",
        arguments: &[
            "access_key", "acl", "allowed_account_ids", "assume_role", "assume_role.duration", "assume_role.external_id",
            "assume_role.policy", "assume_role.policy_arns", "assume_role.role_arn", "assume_role.session_name",
            "assume_role.source_identity", "assume_role.tags", "assume_role.transitive_tag_keys",
            "assume_role_with_web_identity", "assume_role_with_web_identity.duration",
            "assume_role_with_web_identity.policy", "assume_role_with_web_identity.policy_arns",
            "assume_role_with_web_identity.role_arn", "assume_role_with_web_identity.session_name",
            "assume_role_with_web_identity.web_identity_token", "assume_role_with_web_identity.web_identity_token_file",
            "assume_role_duration_seconds", "assume_role_policy", "assume_role_policy_arns", "assume_role_tags",
            "assume_role_transitive_tag_keys", "bucket", "custom_ca_bundle", "dynamodb_endpoint", "dynamodb_table",
            "ec2_metadata_service_endpoint", "ec2_metadata_service_endpoint_mode", "encrypt", "endpoint", "endpoints",
            "endpoints.dynamodb", "endpoints.iam", "endpoints.s3", "endpoints.sso", "endpoints.sts", "external_id",
            "forbidden_account_ids", "force_path_style", "http_proxy", "https_proxy", "iam_endpoint", "insecure", "key",
            "kms_key_id", "lock_tags", "max_retries", "no_proxy", "profile", "region", "retry_mode", "role_arn",
            "secret_key", "session_name", "shared_config_files", "shared_credentials_file", "shared_credentials_files",
            "skip_credentials_validation", "skip_metadata_api_check", "skip_region_validation",
            "skip_requesting_account_id", "skip_s3_checksum", "sse_customer_key", "state_tags", "sts_endpoint", "sts_region",
            "token", "use_dualstack_endpoint", "use_fips_endpoint", "use_legacy_workflow", "use_lockfile", "use_path_style",
            "workspace_key_prefix",
        ],
    },
];

/// The backend with this name.
pub fn find(name: &str) -> Option<&'static Backend> {
    BACKENDS.iter().find(|backend| backend.name == name)
}

impl Backend {
    /// The arguments beside `path`: at the top when it is empty, else in that map.
    pub fn arguments_in(&self, path: &str) -> impl Iterator<Item = &'static str> + use<> {
        let prefix = if path.is_empty() {
            String::new()
        } else {
            format!("{path}.")
        };
        self.arguments
            .iter()
            .filter_map(move |name| name.strip_prefix(&prefix))
            .filter(|name| !name.contains('.'))
    }
}
