use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_db_instance, instance_class = "db.t4g.micro", username = "orders", password = "hunter2")]
    pub struct Database;
}

fn main() {}
