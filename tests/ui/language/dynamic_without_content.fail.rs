use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {

    #[variable(default = ["a"])]
    pub struct Names;

    #[data(aws_iam_policy_document, dynamic(statement, for_each = Names))]
    pub struct Access;
}

fn main() {}
