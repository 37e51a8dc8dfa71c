// Values with names, by struct and by Terraform's own name.

#[stack(name = Prefix)]
pub mod orders {
    /// Where it runs.
    #[variable(default = "test")]
    pub struct Stage;

    /// What every name starts with.
    #[local("orders-${var.stage}")]
    pub struct Prefix;

    #[local({ "service" = "orders", "stage" = Stage })]
    pub struct Labels;

    #[local(merge(Labels, { "tier" = "backend" }))]
    pub struct AllLabels;

    #[local(Stage)]
    pub struct Alias;

    #[local(if Stage == "live" { 14 } else { 1 }, id = "days")]
    pub struct RetentionDays;

    #[resource(aws_cloudwatch_log_group, name = "/orders/${local.prefix}", retention_in_days = RetentionDays, tags = local.all_labels)]
    pub struct Log;

    #[resource(aws_ssm_parameter, name = "/orders/stage", type = "String", value = Labels.stage, tags = { "alias" = local.alias })]
    pub struct Marker;
}
