// `dynamic` of arguments that read like blocks, and a `for` over whole resources.

#[stack(name = "web", region = "eu-central-1")]
pub mod web {
    #[variable(default = { "http" = 80, "https" = 443 })]
    pub struct Ports;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Network;

    #[resource(
        aws_security_group, name = "web", vpc_id = Network.id,
        dynamic(ingress, for_each = Ports, iterator = port, content(
            description = port.key, from_port = port.value, to_port = port.value, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"]
        ))
    )]
    pub struct Web;

    #[resource(aws_security_group, name = "jobs", vpc_id = Network.id)]
    pub struct Jobs;

    #[output([for group in [Web, Jobs] : group.arn])]
    pub struct Groups;
}
