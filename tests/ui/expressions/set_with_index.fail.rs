use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[data(aws_dynamodb_table, name = "x")]
    pub struct Table;

    #[output(Table.attribute[0].name)]
    pub struct Result;
}

fn main() {}
