use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_iam_role,
        name = "orders-import",
        assume_role_policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{
                "Effect" = "Allow",
                "Action" = "sts:AssumeRole",
                "Principal" = { "Service" = "ecs-tasks.amazonaws.com" },
            }],
        })
    )]
    pub struct Import;

    #[resource(
        aws_iam_policy,
        name = "orders-start",
        policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{ "Effect" = "Allow", "Action" = "iam:PassRole", "Resource" = "*" }],
        })
    )]
    pub struct Start;
}

fn main() {}
