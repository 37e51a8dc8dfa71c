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
        pub orders: SendMessage<Orders>,
    }
    impl ::webhook_infra::Queue for Orders {
        const ADDRESS: &'static str = "aws_sqs_queue.orders";
    }
    impl ::webhook_infra::Function for Booking {
        const ADDRESS: &'static str = "aws_lambda_function.booking";
    }
    /// The whole stack, for `webhook_infra::build` in build.rs.
    pub struct Stack;
    impl ::webhook_infra::StackDefinition for Stack {
        #[doc(hidden)]
        const DEFINITION: ::webhook_infra::__::Definition = ::webhook_infra::__::Definition {
            name: "orders",
            file: "<unspecified>",
            text: &[
                ::webhook_infra::__::Piece::Text(
                    "-1\t1\t1\tterraform\t{\"//\":\"What is shipped.\",\"required_providers\":{\"aws\":{\"source\":\"hashicorp/aws\",\"version\":\"~> 6.0\"}},\"required_version\":\">= 1.5\"}\n-1\t1\t1\tprovider\taws\t{}\n0\t8\t11\tresource\taws_sqs_queue\torders_dlq\t{\"//\":\"Messages of Orders that could not be processed.\",\"message_retention_seconds\":1209600,\"name\":\"orders-orders-dlq\",\"sqs_managed_sse_enabled\":true}\n0\t8\t11\tresource\taws_sqs_queue_redrive_allow_policy\torders_dlq\t{\"queue_url\":\"${aws_sqs_queue.orders_dlq.url}\",\"redrive_allow_policy\":\"${jsonencode({redrivePermission = \\\"byQueue\\\", sourceQueueArns = [aws_sqs_queue.orders.arn]})}\"}\n0\t8\t11\tdata\taws_iam_policy_document\torders_dlq_queue\t{\"statement\":[{\"actions\":[\"sqs:*\"],\"condition\":[{\"test\":\"Bool\",\"values\":[\"false\"],\"variable\":\"aws:SecureTransport\"}],\"effect\":\"Deny\",\"principals\":[{\"identifiers\":[\"*\"],\"type\":\"*\"}],\"resources\":[\"${aws_sqs_queue.orders_dlq.arn}\"],\"sid\":\"DenyInsecureTransport\"}]}\n0\t8\t11\tresource\taws_sqs_queue_policy\torders_dlq\t{\"policy\":\"${data.aws_iam_policy_document.orders_dlq_queue.json}\",\"queue_url\":\"${aws_sqs_queue.orders_dlq.url}\"}\n0\t8\t11\tresource\taws_sqs_queue\torders\t{\"name\":\"orders-orders\",\"redrive_policy\":\"${jsonencode({deadLetterTargetArn = aws_sqs_queue.orders_dlq.arn, maxReceiveCount = 5})}\",\"sqs_managed_sse_enabled\":true,\"visibility_timeout_seconds\":180}\n0\t8\t11\tdata\taws_iam_policy_document\torders_queue\t{\"statement\":[{\"actions\":[\"sqs:*\"],\"condition\":[{\"test\":\"Bool\",\"values\":[\"false\"],\"variable\":\"aws:SecureTransport\"}],\"effect\":\"Deny\",\"principals\":[{\"identifiers\":[\"*\"],\"type\":\"*\"}],\"resources\":[\"${aws_sqs_queue.orders.arn}\"],\"sid\":\"DenyInsecureTransport\"}]}\n0\t8\t11\tresource\taws_sqs_queue_policy\torders\t{\"policy\":\"${data.aws_iam_policy_document.orders_queue.json}\",\"queue_url\":\"${aws_sqs_queue.orders.url}\"}\n1\t18\t11\tresource\taws_cloudwatch_log_group\tbooking\t{\"name\":\"/aws/lambda/orders-booking\",\"retention_in_days\":7}\n-1\t18\t11\tdata\taws_iam_policy_document\tlambda_assume_role\t{\"statement\":[{\"actions\":[\"sts:AssumeRole\"],\"effect\":\"Allow\",\"principals\":[{\"identifiers\":[\"lambda.amazonaws.com\"],\"type\":\"Service\"}]}]}\n1\t18\t11\tresource\taws_iam_role\tbooking\t{\"assume_role_policy\":\"${data.aws_iam_policy_document.lambda_assume_role.json}\",\"name\":\"orders-booking\"}\n1\t18\t11\tdata\taws_iam_policy_document\tbooking\t{\"statement\":[{\"actions\":[\"logs:CreateLogStream\",\"logs:PutLogEvents\"],\"effect\":\"Allow\",\"resources\":[\"${aws_cloudwatch_log_group.booking.arn}:*\"],\"sid\":\"WriteLogs\"},{\"actions\":[\"sqs:SendMessage\"],\"effect\":\"Allow\",\"resources\":[\"${aws_sqs_queue.orders.arn}\"],\"sid\":\"SendMessageOrders\"}]}\n1\t18\t11\tresource\taws_iam_role_policy\tbooking\t{\"name\":\"orders-booking\",\"policy\":\"${data.aws_iam_policy_document.booking.json}\",\"role\":\"${aws_iam_role.booking.id}\"}\n1\t18\t11\tresource\taws_lambda_function\tbooking\t{\"architectures\":[\"arm64\"],\"environment\":[{\"variables\":{\"ORDERS_QUEUE_URL\":\"${aws_sqs_queue.orders.url}\"}}],\"filename\":\"${path.module}/../target/lambda/booking/bootstrap.zip\",\"function_name\":\"orders-booking\",\"handler\":\"bootstrap\",\"logging_config\":[{\"application_log_level\":\"INFO\",\"log_format\":\"JSON\",\"log_group\":\"${aws_cloudwatch_log_group.booking.name}\",\"system_log_level\":\"WARN\"}],\"reserved_concurrent_executions\":5,\"role\":\"${aws_iam_role.booking.arn}\",\"runtime\":\"provided.al2023\",\"source_code_hash\":\"${filebase64sha256(\\\"${path.module}/../target/lambda/booking/bootstrap.zip\\\")}\",\"timeout\":",
                ),
                ::webhook_infra::__::Piece::Json(&LONGEST),
                ::webhook_infra::__::Piece::Text("}\n"),
            ],
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
        use ::webhook_infra::__::ide::sqs::dlq::max_receives as _;
        use ::webhook_infra::__::ide::stack::name as _;
    };
}
