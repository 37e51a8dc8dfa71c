use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {

    #[variable(default = ["a"])]
    pub struct Names;

    #[data(aws_iam_policy_document, dynamic(statment, for_each = Names, content(sid = statment.value)))]
    pub struct Access;
}

fn main() {}
