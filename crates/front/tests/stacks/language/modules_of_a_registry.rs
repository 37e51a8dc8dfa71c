// Modules of a registry and of an address, with versions and providers of their own.
// json only: Terraform would fetch the modules.

#[stack(name = "orders")]
pub mod orders {
    #[provider(aws, alias = "west", region = "eu-west-1")]
    pub struct West;

    #[provider(aws, alias = "east", region = "us-east-1")]
    pub struct East;

    #[module(
        source = "terraform-aws-modules/vpc/aws",
        version = "~> 6.0",
        name = "orders",
        cidr = "10.0.0.0/16",
        azs = ["eu-central-1a", "eu-central-1b"],
        tags(team = "orders"),
        providers = { aws = West, aws.peer = aws.east }
    )]
    pub struct Vpc {
        pub vpc_id: String,
        pub private_subnets: Vec<String>,
    }

    #[module(source = "git::https://example.com/network.git?ref=v1.2.0", count = 2)]
    pub struct Peering;

    #[resource(aws_security_group, name = "orders", vpc_id = Vpc.vpc_id)]
    pub struct Inner;

    #[output({ "subnets" = Vpc.private_subnets, "first" = Vpc.private_subnets[0], "peering" = Peering[0].id })]
    pub struct Network;
}
