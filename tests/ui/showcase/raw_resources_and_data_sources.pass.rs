use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[data(aws_region)]
    pub struct Here;

    #[data(aws_vpc, tags(Name = "main"))]
    pub struct Network;

    #[data(aws_subnets, filter(name = "vpc-id", values = [Network.id]), filter(name = "tag:tier", values = ["private"]))]
    pub struct Private;

    #[sns(encrypted)]
    pub struct Alerts;

    /// Whoever is on call.
    #[resource(aws_sns_topic_subscription, topic_arn = Alerts.arn, protocol = "email", endpoint = "oncall@example.com")]
    pub struct Mail;

    #[resource(
        aws_security_group,
        name = "orders-cache",
        description = "The cache of the orders",
        vpc_id = Network.id,
        tags(Name = "orders-cache"),
        lifecycle(create_before_destroy)
    )]
    pub struct Cache;

    #[resource(
        aws_vpc_security_group_ingress_rule,
        security_group_id = Cache.id,
        cidr_ipv4 = Network.cidr_block,
        from_port = 6379,
        to_port = 6379,
        ip_protocol = "tcp"
    )]
    pub struct CacheIngress;

    #[output({ "region" = Here.region, "subnets" = Private.ids, "group" = Cache.id })]
    pub struct Network2;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
