//! Outputs of one stack as inputs of another, each with a directory of its own.

use serde_json::{Value, json};
use webhook_infra::prelude::*;
use webhook_infra::{StackDefinition, build};

const NAMES: &str = "/network/names";

#[stack(
    name = "network",
    region = "eu-central-1",
    backend(
        s3,
        bucket = "states",
        key = "network",
        region = "eu-central-1",
        encrypt = true
    )
)]
pub mod network {
    use super::*;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Vpc;

    #[resource(aws_subnet, count = 2, vpc_id = Vpc.id, cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index))]
    pub struct Private;

    /// The network that services live in.
    #[output(Vpc.id, parameter = "/network/vpc_id")]
    pub struct VpcId(pub String);

    #[output(Private[*].id, parameter = NAMES)]
    pub struct Subnets(pub Vec<String>);

    #[output(24, parameter = "/network/prefix")]
    pub struct Prefix(pub u32);

    #[variable(sensitive)]
    pub struct Secret;

    #[output(Secret, sensitive, parameter = "/network/token")]
    pub struct Token(pub String);

    #[output({ "cidr" = Vpc.cidr_block })]
    pub struct Details(pub webhook_infra::Json);

    // Two stacks may read each other's outputs.
    #[input(orders::Ports)]
    pub struct Ports(pub Vec<u16>);

    #[output(Ports[0])]
    pub struct FirstPort;
}

#[stack(name = "orders", backend(local, path = "/states/orders.tfstate"))]
pub mod orders {
    use super::*;

    #[output([443, 8443])]
    pub struct Ports(pub Vec<u16>);

    #[input(network::VpcId)]
    pub struct VpcId(pub String);

    #[input(network::Details)]
    pub struct Details(pub webhook_infra::Json);

    #[input(network::Subnets, workspace = terraform.workspace)]
    pub struct WorkspaceSubnets(pub Vec<String>);

    #[input(network::Subnets, via = "parameter")]
    pub struct Subnets(pub Vec<String>);

    #[input(network::Prefix, via = "parameter")]
    pub struct Prefix(pub u32);

    #[input(network::Token, via = "parameter")]
    pub struct Token(pub String);

    #[resource(
        aws_security_group, name = "orders-${Prefix}", description = "Orders.", vpc_id = VpcId,
        tags = { "cidr" = Details.cidr, "token" = Token, "first" = Subnets[0], "other" = WorkspaceSubnets[0] }
    )]
    pub struct Group;
}

fn rendered<S: StackDefinition>() -> Value {
    let rendered = build::<S>()
        .render()
        .unwrap_or_else(|failure| panic!("{failure}"));
    if let Ok(folder) = std::env::var("KEEP_INPUTS") {
        let folder =
            std::path::Path::new(&folder).join(std::any::type_name::<S>().replace("::", "_"));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        std::fs::write(folder.join("main.tf.json"), &rendered.json).expect("it can be written");
    }
    serde_json::from_str(&rendered.json).expect("the output is JSON")
}

#[test]
fn an_input_reads_the_state_where_the_other_stack_keeps_it() {
    let document = rendered::<orders::Stack>();
    let settings =
        json!({"bucket": "states", "encrypt": true, "key": "network", "region": "eu-central-1"});
    assert_eq!(
        document["data"]["terraform_remote_state"],
        json!({
            "network": {"backend": "s3", "config": settings},
            "workspace_subnets": {"backend": "s3", "config": settings, "workspace": "${terraform.workspace}"},
        })
    );
    let group = &document["resource"]["aws_security_group"]["group"];
    assert_eq!(
        group["vpc_id"],
        "${data.terraform_remote_state.network.outputs.vpc_id}"
    );
    assert_eq!(
        group["tags"]["cidr"],
        "${data.terraform_remote_state.network.outputs.details.cidr}"
    );
    assert_eq!(
        group["tags"]["other"],
        "${data.terraform_remote_state.workspace_subnets.outputs.subnets[0]}"
    );
}

#[test]
fn an_input_reads_the_parameter_that_the_output_makes() {
    let network = rendered::<network::Stack>();
    assert_eq!(
        network["resource"]["aws_ssm_parameter"],
        json!({
            "vpc_id": {
                "name": "/network/vpc_id",
                "type": "String",
                "value": "${aws_vpc.vpc.id}",
                "description": "The network that services live in.",
            },
            "subnets": {
                "name": "/network/names",
                "type": "String",
                "value": "${jsonencode(aws_subnet.private[*].id)}",
            },
            "prefix": {"name": "/network/prefix", "type": "String", "value": 24},
            "token": {"name": "/network/token", "type": "SecureString", "value": "${var.secret}"},
        })
    );
    let orders = rendered::<orders::Stack>();
    assert_eq!(
        orders["data"]["aws_ssm_parameter"],
        json!({
            "subnets": {"name": "/network/names"},
            "prefix": {"name": "/network/prefix"},
            "token": {"name": "/network/token"},
        })
    );
    let group = &orders["resource"]["aws_security_group"]["group"];
    assert_eq!(
        group["name"],
        "orders-${tonumber(data.aws_ssm_parameter.prefix.insecure_value)}"
    );
    assert_eq!(
        group["tags"]["first"],
        "${jsondecode(data.aws_ssm_parameter.subnets.insecure_value)[0]}"
    );
    assert_eq!(
        group["tags"]["token"],
        "${data.aws_ssm_parameter.token.value}"
    );
}

#[test]
fn two_stacks_may_read_each_other() {
    let document = rendered::<network::Stack>();
    assert_eq!(
        document["data"]["terraform_remote_state"]["orders"],
        json!({"backend": "local", "config": {"path": "/states/orders.tfstate"}})
    );
    assert_eq!(
        document["output"]["first_port"]["value"],
        "${data.terraform_remote_state.orders.outputs.ports[0]}"
    );
}
