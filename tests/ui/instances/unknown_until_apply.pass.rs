use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Network;

    #[resource(aws_ssm_parameter, for_each = { "main" = Network.id }, name = "/vpc/${each.key}", type = "String", value = each.value)]
    pub struct Networks;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
