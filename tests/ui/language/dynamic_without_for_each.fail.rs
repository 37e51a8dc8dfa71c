use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[data(aws_iam_policy_document, dynamic(statement, content(sid = statement.value)))]
    pub struct Access;
}

fn main() {}
