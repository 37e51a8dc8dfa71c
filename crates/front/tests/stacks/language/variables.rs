// Inputs of the stack: types, validations, and structs as objects.

#[stack(name = "orders-${var.stage}", target(terraform = ">= 1.10"))]
pub mod orders {
    /// Where it runs.
    #[variable(
        default = "test",
        nullable = false,
        validation(condition = contains(["test", "live"], Stage), error_message = "The stage is test or live."),
        validation(condition = length(var.stage) <= 8, error_message = "Names get too long: ${var.stage}.")
    )]
    pub struct Stage;

    #[variable(type = list(object({ name = string, size = optional(number, 1), tags = optional(map(string)) })), default = [{ "name" = "a" }])]
    pub struct Queues;

    #[variable(type = "map(set(string))", default = { "a" = ["x", "y"] })]
    pub struct Groups;

    #[variable(type = tuple([string, number, bool]), default = ["a", 1, true])]
    pub struct Mixed;

    #[variable(type = any, default = null)]
    pub struct Anything;

    #[variable(ephemeral, sensitive, default = "")]
    pub struct Token;

    #[variable(default = 30)]
    pub struct Days;

    #[variable(default = ["eu-central-1"])]
    pub struct Regions(pub std::collections::BTreeSet<String>);

    /// How much may come in. A validation may look at other variables since Terraform 1.9.
    #[variable(
        default = { "rate" = 100, "window" = { "seconds" = 60 } },
        validation(condition = Limits.rate > 0, error_message = "Nothing would come in."),
        validation(condition = Stage != "live" || Limits.rate >= 100, error_message = "Live needs more.")
    )]
    pub struct Limits {
        pub rate: u32,
        pub burst: Option<u32>,
        pub window: Window,
    }

    pub struct Window {
        pub seconds: u32,
        pub names: Option<Vec<String>>,
    }

    #[resource(
        aws_api_gateway_usage_plan,
        name = "orders-${Stage}",
        throttle_settings(rate_limit = Limits.rate, burst_limit = coalesce(var.limits.burst, Limits.rate * 2))
    )]
    pub struct Plan;

    #[resource(aws_cloudwatch_log_group, name = "orders", retention_in_days = Days, tags = { "window" = Limits.window.seconds })]
    pub struct Log;

    #[output(Queues[0].name)]
    pub struct FirstQueue;

    #[output({ "any" = Anything, "groups" = Groups, "mixed" = Mixed[0], "regions" = Regions })]
    pub struct Everything;
}
