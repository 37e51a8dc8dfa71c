//! Conditions, operators, and what is worked out at once.
use webhook_infra::prelude::*;

#[stack(name = "conditions")]
pub mod conditions {
    use super::*;

    #[variable(default = "test")]
    pub struct Stage;

    #[resource(aws_cloudwatch_log_group, name = "conditions", retention_in_days = if var.stage == "live" { 365 } else { 7 })]
    pub struct Group;

    #[output(if var.stage == "live" { 3 } else if var.stage == "test" { 2 } else { 1 })]
    pub struct Level;

    #[output(24 * 60 * 60)]
    pub struct Day;

    #[output(!(var.stage == "live" && length(var.stage) > 3) || -length(var.stage) % 2 == 1)]
    pub struct Logic;
}
