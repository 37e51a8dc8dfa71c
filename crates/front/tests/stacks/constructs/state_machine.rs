#[stack(name = "shop", region = "eu-central-1", tracing)]
pub mod shop {
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Charge;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Order {
        pub checkout: StartExecution<Checkout>,
        pub refund: StartSyncExecution<Refund>,
    }

    #[alarm(Charge.errors >= 1, notify = Alerts)]
    pub struct ChargeErrors;

    #[alarm(Order.errors >= 1, notify = Alerts)]
    pub struct OrderErrors;

    #[sns(encrypted)]
    pub struct Alerts;

    /// Charges a card, and tells the others.
    #[state_machine(
        definition = {
            "StartAt" = "Charge",
            "States" = {
                "Charge" = {
                    "Type" = "Task",
                    "Resource" = "arn:aws:states:::lambda:invoke",
                    "Parameters" = { "FunctionName" = Charge.arn, "Payload.$" = "$" },
                    "ResultPath" = "$.charge",
                    "Retry" = [{
                        "ErrorEquals" = ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"],
                        "IntervalSeconds" = 1,
                        "MaxAttempts" = 3,
                        "BackoffRate" = 2,
                        "JitterStrategy" = "FULL",
                    }],
                    "Catch" = [{ "ErrorEquals" = ["States.ALL"], "Next" = "Failed" }],
                    "Next" = "Large?",
                },
                "Large?" = {
                    "Type" = "Choice",
                    "Choices" = [{ "Variable" = "$.total", "NumericGreaterThan" = 1000, "Next" = "Tell" }],
                    "Default" = "Done",
                },
                "Tell" = {
                    "Type" = "Task",
                    "Resource" = "arn:aws:states:::sns:publish",
                    "Parameters" = { "TopicArn" = Alerts.arn, "Message.$" = "$" },
                    "Next" = "Done",
                },
                "Done" = { "Type" = "Succeed" },
                "Failed" = { "Type" = "Fail", "Error" = "ChargeFailed" },
            },
        },
        log(level = "ERROR", retention = "7d"),
    )]
    pub struct Checkout {
        pub charge: Invoke<Charge>,
        pub alerts: Publish<Alerts>,
    }

    #[alarm(Checkout.executions_failed >= 1, notify = Alerts)]
    pub struct CheckoutFailures;

    /// Signs at once, and has an answer for who waits.
    #[state_machine(
        type = "EXPRESS",
        definition = {
            "QueryLanguage" = "JSONata",
            "StartAt" = "Each",
            "States" = {
                "Each" = {
                    "Type" = "Map",
                    "Items" = "{% $states.input.orders %}",
                    "ItemProcessor" = {
                        "StartAt" = "Sign",
                        "States" = {
                            "Sign" = {
                                "Type" = "Pass",
                                "Output" = { "signed" = "{% $now() %}" },
                                "End" = true,
                            },
                        },
                    },
                    "End" = true,
                },
            },
        },
        log(retention = "30d", include_execution_data, kms_key_id = var.log_key),
        tracing = false,
    )]
    pub struct Refund;

    #[variable]
    pub struct LogKey;
}
