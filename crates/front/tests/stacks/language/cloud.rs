// The state in HCP Terraform; the version is what the newest part of the language in use needs.
// whole document

#[stack(
    name = "orders",
    region = "eu-central-1",
    cloud(organization = "acme", hostname = "terraform.acme.example", workspaces(tags = ["orders"], project = "shop"))
)]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[resource(aws_ssm_parameter, name = "/orders/a", type = "SecureString", value_wo = var.token, value_wo_version = 1)]
    pub struct Marker;
}
