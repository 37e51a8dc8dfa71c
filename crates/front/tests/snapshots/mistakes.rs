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
    #[derive(Clone)]
    pub struct Order {
        pub order_id: String,
    }
    pub struct Booking {
        pub orders: (),
    }
    impl ::webhook_infra::Queue for Orders {
        const ADDRESS: &'static str = "aws_sqs_queue.orders";
    }
    impl ::webhook_infra::Function for Booking {
        const ADDRESS: &'static str = "aws_lambda_function.booking";
    }
    const _: &dyn ::webhook_infra::Constant = &LONGEST;
    /// The whole stack, for `webhook_infra::build` in build.rs.
    pub struct Stack;
    impl ::webhook_infra::StackDefinition for Stack {
        #[doc(hidden)]
        const DEFINITION: ::webhook_infra::__::Definition = ::webhook_infra::__::Definition {
            name: "orders",
            file: "<unspecified>",
            text: &[],
            owners: "Orders\taws_sqs_queue.orders\t8\t11\t\nBooking\taws_lambda_function.booking\t18\t11\t\n",
            targets: "- -",
            suppressions: &[
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "sqs_missing_backlog_alarm",
                    reason: "a test",
                    expected: false,
                    owner: Some(0),
                    line: 9,
                    column: 32,
                },
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "sqs_dlq_missing_alarm",
                    reason: "a test",
                    expected: false,
                    owner: Some(0),
                    line: 9,
                    column: 59,
                },
                ::webhook_infra::__::SuppressionDefinition {
                    rule: "lambda_missing_error_alarm",
                    reason: "a test",
                    expected: true,
                    owner: Some(1),
                    line: 19,
                    column: 33,
                },
            ],
            schemas: &[],
        };
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
