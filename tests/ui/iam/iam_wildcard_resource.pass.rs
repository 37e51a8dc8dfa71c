use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(
        aws_iam_policy,
        name = "orders-import",
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
