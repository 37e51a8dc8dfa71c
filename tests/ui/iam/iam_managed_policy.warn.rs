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
        aws_iam_role_policy_attachment,
        role = Import.name,
        policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
    )]
    pub struct ImportRights;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().render().unwrap();
    let [warning] = rendered.warnings.as_slice() else {
        panic!("one warning was expected: {:#?}", rendered.warnings);
    };
    assert!(warning.contains("iam_managed_policy"), "{warning}");
    assert!(warning.contains("`AmazonSQSFullAccess`"), "{warning}");
}
