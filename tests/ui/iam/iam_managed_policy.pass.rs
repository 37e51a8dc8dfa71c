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

    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(
        aws_iam_role_policy,
        role = Import.id,
        policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{ "Effect" = "Allow", "Action" = "sns:Publish", "Resource" = Alerts.arn }],
        })
    )]
    pub struct ImportRights;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
