//! Functions, their event sources and their asynchronous calls.
//!
//! Source: AWS Lambda API Reference, `CreateFunction`, and AWS Lambda Developer Guide, "Lambda quotas".

use super::{Kind, Limit, Name, PLAIN, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        // Functions on capacity of their own (managed instances) have wider limits.
        Limit::new(FUNCTION, "timeout", Kind::Range(1.0, 900.0, "s"))
            .unless("capacity_provider_config"),
        Limit::new(FUNCTION, "memory_size", Kind::Range(128.0, 10_240.0, "MB"))
            .key("memory")
            .unless("capacity_provider_config"),
        Limit::new(
            FUNCTION,
            "ephemeral_storage.size",
            Kind::Range(512.0, 10_240.0, "MB"),
        )
        .key("storage"),
        Limit::new(
            FUNCTION,
            "architectures",
            Kind::Values(&["arm64", "x86_64"]),
        )
        .key("arch"),
        Limit::new(FUNCTION, "runtime", Kind::Values(RUNTIMES)),
        Limit::new(FUNCTION, "package_type", Kind::Values(&["Image", "Zip"])),
        Limit::new(
            FUNCTION,
            "logging_config.log_format",
            Kind::Values(&["JSON", "Text"]),
        ),
        Limit::new(
            FUNCTION,
            "logging_config.application_log_level",
            Kind::Values(LEVELS),
        )
        .key("log_level"),
        Limit::new(
            FUNCTION,
            "logging_config.system_log_level",
            Kind::Values(&["DEBUG", "INFO", "WARN"]),
        ),
        Limit::new(
            FUNCTION,
            "tracing_config.mode",
            Kind::Values(&["Active", "PassThrough"]),
        ),
        Limit::new(
            FUNCTION,
            "snap_start.apply_on",
            Kind::Values(&["None", "PublishedVersions"]),
        ),
        Limit::new(FUNCTION, "function_name", Kind::Name(FUNCTION_NAME)),
        Limit::new(
            FUNCTION,
            "description",
            Kind::Name(Name::of(0, 256, "any characters", |_| true)),
        ),
        Limit::new(FUNCTION, "handler", Kind::Name(HANDLER)),
        // -1 takes the reservation away.
        Limit::new(
            FUNCTION,
            "reserved_concurrent_executions",
            Kind::Range(0.0, f64::INFINITY, ""),
        )
        .key("reserved"),
        Limit::new(FUNCTION, "layers", Kind::Count(5, "layers")),
        Limit::new(
            MAPPING,
            "batch_size",
            Kind::Range(1.0, 10_000.0, "messages"),
        ),
        Limit::new(
            MAPPING,
            "maximum_batching_window_in_seconds",
            Kind::Range(0.0, 300.0, "s"),
        )
        .key("batching_window"),
        Limit::new(
            MAPPING,
            "scaling_config.maximum_concurrency",
            Kind::Range(2.0, 1_000.0, ""),
        )
        .key("max_concurrency"),
        Limit::new(
            MAPPING,
            "parallelization_factor",
            Kind::Range(1.0, 10.0, ""),
        ),
        Limit::new(
            MAPPING,
            "maximum_retry_attempts",
            Kind::Range(-1.0, 10_000.0, ""),
        ),
        Limit::new(
            MAPPING,
            "tumbling_window_in_seconds",
            Kind::Range(0.0, 900.0, "s"),
        ),
        Limit::new(
            MAPPING,
            "starting_position",
            Kind::Values(&["AT_TIMESTAMP", "LATEST", "TRIM_HORIZON"]),
        ),
        Limit::new(
            INVOCATION,
            "maximum_retry_attempts",
            Kind::Range(0.0, 2.0, ""),
        ),
        Limit::new(
            INVOCATION,
            "maximum_event_age_in_seconds",
            Kind::Range(60.0, 21_600.0, "s"),
        ),
        Limit::new(
            "aws_lambda_function_url",
            "authorization_type",
            Kind::Values(&["AWS_IAM", "NONE"]),
        ),
        Limit::new(
            "aws_lambda_function_url",
            "invoke_mode",
            Kind::Values(&["BUFFERED", "RESPONSE_STREAM"]),
        ),
        Limit::new(
            "aws_lambda_function_url",
            "cors.allow_origins",
            Kind::Name(super::http_api::ORIGIN),
        )
        .key("origins"),
        Limit::new(
            "aws_lambda_function_url",
            "cors.max_age",
            Kind::Range(0.0, 86_400.0, "s"),
        ),
        Limit::new("aws_lambda_alias", "name", Kind::Name(ALIAS_NAME)),
        Limit::new(
            "aws_lambda_provisioned_concurrency_config",
            "provisioned_concurrent_executions",
            Kind::Range(1.0, f64::INFINITY, ""),
        )
        .key("provisioned"),
        Limit::new(
            LAYER,
            "layer_name",
            Kind::Name(Name::of(1, 140, PLAIN, is_plain)),
        ),
        Limit::new(
            LAYER,
            "description",
            Kind::Name(Name::of(0, 256, "any characters", |_| true)),
        ),
        Limit::new(
            LAYER,
            "license_info",
            Kind::Name(Name::of(0, 512, "any characters", |_| true)),
        ),
        Limit::new(LAYER, "compatible_runtimes", Kind::Count(15, "runtimes")).key("runtimes"),
        Limit::new(LAYER, "compatible_runtimes", Kind::Values(RUNTIMES)).key("runtimes"),
        Limit::new(
            LAYER,
            "compatible_architectures",
            Kind::Values(&["arm64", "x86_64"]),
        )
        .key("arch"),
    ],
};

const FUNCTION: &str = "aws_lambda_function";
const MAPPING: &str = "aws_lambda_event_source_mapping";
const INVOCATION: &str = "aws_lambda_function_event_invoke_config";

const LAYER: &str = "aws_lambda_layer_version";

const LEVELS: &[&str] = &["DEBUG", "ERROR", "FATAL", "INFO", "TRACE", "WARN"];

/// All that the API knows, retired ones included.
const RUNTIMES: &[&str] = &[
    "dotnet10",
    "dotnet6",
    "dotnet8",
    "dotnetcore1.0",
    "dotnetcore2.0",
    "dotnetcore2.1",
    "dotnetcore3.1",
    "go1.x",
    "java11",
    "java17",
    "java21",
    "java25",
    "java8",
    "java8.al2",
    "nodejs",
    "nodejs10.x",
    "nodejs12.x",
    "nodejs14.x",
    "nodejs16.x",
    "nodejs18.x",
    "nodejs20.x",
    "nodejs22.x",
    "nodejs24.x",
    "nodejs4.3",
    "nodejs4.3-edge",
    "nodejs6.10",
    "nodejs8.10",
    "provided",
    "provided.al2",
    "provided.al2023",
    "python2.7",
    "python3.10",
    "python3.11",
    "python3.12",
    "python3.13",
    "python3.14",
    "python3.6",
    "python3.7",
    "python3.8",
    "python3.9",
    "ruby2.5",
    "ruby2.7",
    "ruby3.2",
    "ruby3.3",
    "ruby3.4",
    "ruby4.0",
];

const FUNCTION_NAME: Name = Name::of(1, 64, PLAIN, is_plain);
/// A number would be a version.
const ALIAS_NAME: Name = Name {
    flaw: |name| {
        let is_number = name.chars().all(|character| character.is_ascii_digit());
        is_number.then_some("is the number of a version")
    },
    ..Name::of(1, 128, PLAIN, is_plain)
};
const HANDLER: Name = Name::of(1, 128, "any characters but white space", |character| {
    !character.is_whitespace()
});
