//! Resources by `count` and `for_each`, one of them, all of them, and each in turn.
use webhook_infra::prelude::*;

#[stack(name = "many")]
pub mod many {
    use super::*;

    #[variable(type = "set(string)", default = ["orders", "refunds"])]
    pub struct Names;

    #[resource(aws_cloudwatch_log_group, for_each = var.names, name = "/many/${each.key}", retention_in_days = 7)]
    pub struct Groups;

    #[resource(aws_ssm_parameter, count = 2, name = "/many/${count.index}", type = "String", value = Groups["orders"].arn)]
    pub struct Parameters;

    #[resource(aws_ssm_parameter, for_each = Groups, name = "/many/of/${each.key}", type = "String", value = each.value.arn)]
    pub struct Chained;

    #[resource(aws_ssm_parameter, for_each = var.names, name = "/many/again/${each.value}", type = "String", value = Groups[each.key].arn)]
    pub struct Again;

    #[output(Parameters[*].arn)]
    pub struct All;

    #[output(Parameters[1].arn)]
    pub struct Second;

    #[output(values(Groups)[*].arn)]
    pub struct Values;

    #[output({ for name, group in Groups : name => group.arn })]
    pub struct ByName;
}
