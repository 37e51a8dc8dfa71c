use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_cloudwatch_log_group, for_each = toset(["a", "b"]), name = each.key, retention_in_days = 7)]
    pub struct Groups;

    #[output([for group in Groups : group.anr])]
    pub struct Result;
}

fn main() {}
