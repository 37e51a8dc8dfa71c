#[allow(
    clippy::wildcard_imports,
    dead_code,
    missing_docs,
    unexpected_cfgs,
    unreachable_pub,
    unused_imports
)]
/// What is shipped.
pub mod orders {
    use super::*;
    pub const LONGEST: u32 = 30;
    pub struct Orders(pub Order);
    ::webhook_infra::__payload! {
        { #[serde(rename_all = "camelCase")] #[derive(Clone)] pub struct Order { pub
        order_id : String, } } { #[derive(Clone)] pub struct Order { pub order_id :
        String, } }
    }
    pub struct Booking {
        pub orders: (),
    }
    const _: () = {
        const __ATTRIBUTES0: &str = "arn\ncontent_based_deduplication\ndeduplication_scope\ndelay_seconds\nfifo_queue\nfifo_throughput_limit\nid\nkms_data_key_reuse_period_seconds\nkms_master_key_id\nmax_message_size\nmessage_retention_seconds\nname\nname_prefix\npolicy\nreceive_wait_time_seconds\nredrive_allow_policy\nredrive_policy\nregion\nsqs_managed_sse_enabled\ntags\ntags_all\nurl\nvisibility_timeout_seconds\ntimeouts\n";
        const __ATTRIBUTES1: &str = "architectures\narn\ncode_sha256\ncode_signing_config_arn\ndescription\nfilename\nfunction_name\nhandler\nid\nimage_uri\ninvoke_arn\nkms_key_arn\nlast_modified\nlayers\nmemory_size\npackage_type\npublish\npublish_to\nqualified_arn\nqualified_invoke_arn\nregion\nreplace_security_groups_on_destroy\nreplacement_security_group_ids\nreserved_concurrent_executions\nresponse_streaming_invoke_arn\nrole\nruntime\ns3_bucket\ns3_key\ns3_object_version\nsigning_job_arn\nsigning_profile_version_arn\nskip_destroy\nsource_code_hash\nsource_code_size\nsource_kms_key_arn\ntags\ntags_all\ntimeout\nuse_resource_timeout_for_propagation\nversion\ncapacity_provider_config\ndead_letter_config\ndurable_config\nenvironment\nephemeral_storage\nfile_system_config\nimage_config\nlogging_config\nsnap_start\ntenancy_config\ntimeouts\ntracing_config\nvpc_config\n";
        const __ATTRIBUTES2: &str = "arn\nassume_role_policy\ncreate_date\ndescription\nforce_detach_policies\nid\nmanaged_policy_arns\nmax_session_duration\nname\nname_prefix\npath\npermissions_boundary\ntags\ntags_all\nunique_id\ninline_policy\n";
        const __ATTRIBUTES3: &str = "arn\ndeletion_protection_enabled\nid\nkms_key_id\nlog_group_class\nname\nname_prefix\nregion\nretention_in_days\nskip_destroy\ntags\ntags_all\n";
        const __KIND0: ::webhook_infra::__::Kind = ::webhook_infra::__::Kind {
            stack: "orders",
            noun: "queue",
            attributes: __ATTRIBUTES0,
            aliases: &[("queue_url", "url")],
        };
        const __KIND1: ::webhook_infra::__::Kind = ::webhook_infra::__::Kind {
            stack: "orders",
            noun: "function",
            attributes: __ATTRIBUTES1,
            aliases: &[("name", "function_name")],
        };
        impl ::webhook_infra::Declared for Orders {
            const DECLARATION: ::webhook_infra::__::Declaration = ::webhook_infra::__::Declaration::new(
                    "aws_sqs_queue.orders",
                    &__KIND0,
                )
                .parts(
                    &[
                        ::webhook_infra::__::Helper {
                            name: "dlq",
                            address: "aws_sqs_queue.orders_dlq",
                            attributes: __ATTRIBUTES0,
                        },
                    ],
                );
        }
        impl ::webhook_infra::Queue for Orders {}
        impl ::webhook_infra::Declared for Booking {
            const DECLARATION: ::webhook_infra::__::Declaration = ::webhook_infra::__::Declaration::new(
                    "aws_lambda_function.booking",
                    &__KIND1,
                )
                .parts(
                    &[
                        ::webhook_infra::__::Helper {
                            name: "role",
                            address: "aws_iam_role.booking",
                            attributes: __ATTRIBUTES2,
                        },
                        ::webhook_infra::__::Helper {
                            name: "log_group",
                            address: "aws_cloudwatch_log_group.booking",
                            attributes: __ATTRIBUTES3,
                        },
                    ],
                );
        }
        impl ::webhook_infra::Function for Booking {}
    };
    const _: &dyn ::webhook_infra::Constant = &::webhook_infra::__::InUnit(
        &LONGEST,
        ::webhook_infra::__::Unit::Seconds,
    );
    /// The whole stack, for `webhook_infra::build` in build.rs.
    pub struct Stack;
    impl ::webhook_infra::StackDefinition for Stack {
        #[doc(hidden)]
        const DEFINITION: ::webhook_infra::__::Definition = ::webhook_infra::__::Definition {
            name: "orders",
            module: "orders",
            file: "<parsed string 2>",
            line: 3,
            text: &[],
            owners: "Orders\taws_sqs_queue.orders\t8\t11\t\t\t\nBooking\taws_lambda_function.booking\t18\t11\t\t\t\n",
            targets: "- -",
            suppressions: &[
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "sqs_missing_backlog_alarm",
                    reason: "a test",
                    expected: false,
                    owners: &[0],
                    line: 9,
                    column: 32,
                },
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "sqs_dlq_missing_alarm",
                    reason: "a test",
                    expected: false,
                    owners: &[0],
                    line: 9,
                    column: 59,
                },
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "lambda_missing_error_alarm",
                    reason: "a test",
                    expected: true,
                    owners: &[1],
                    line: 19,
                    column: 33,
                },
            ],
            schemas: &[],
            borrowed: &[],
        };
    }
    ::webhook_infra::__carrier! {
        Orders, Order
    }
    #[cfg(rust_analyzer)]
    const _: () = {
        use ::webhook_infra::__::ide::lambda::{
            arch as _, timeout as _, reserved as _, log_retention as _,
        };
        use ::webhook_infra::__::ide::sqs::{visibility_timeout as _, dlq as _};
        use ::webhook_infra::__::ide::sqs::dlq::max_recieves as _;
        use ::webhook_infra::__::ide::stack::name as _;
    };
}
::core::compile_error! {
    "`dlq(…)` of `#[sqs]` has no key `max_recieves`\nhelp: did you mean `max_receives`?"
}
::core::compile_error! {
    "the stack declares no `Ordres`\nhelp: did you mean `Orders`?"
}
