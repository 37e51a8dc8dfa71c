use webhook_infra::prelude::*;

#[stack(name = "deploy")]
pub mod deploy {
    #[resource(
        aws_iam_openid_connect_provider,
        url = "https://token.actions.githubusercontent.com",
        client_id_list = ["sts.amazonaws.com"]
    )]
    pub struct Github;

    #[resource(
        aws_iam_role,
        name = "deploy",
        assume_role_policy = jsonencode({
            "Version" = "2012-10-17",
            "Statement" = [{
                "Effect" = "Allow",
                "Action" = "sts:AssumeRoleWithWebIdentity",
                "Principal" = { "Federated" = Github.arn },
                "Condition" = {
                    "StringEquals" = {
                        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com",
                        "token.actions.githubusercontent.com:sub" = "repo:acme/shop:ref:refs/heads/main",
                    },
                },
            }],
        })
    )]
    pub struct Deploy;
}

fn main() {
    webhook_infra::build::<deploy::Stack>().render().unwrap();
}
