// The types that Terraform brings along, checked like all others.

#[stack(name = "builtin")]
pub mod builtin {
    #[variable(default = "1")]
    pub struct Revision;

    /// Replaced with every revision.
    #[resource(terraform_data, input = { "revision" = var.revision, "list" = [1, 2] }, triggers_replace = var.revision)]
    pub struct Marker;

    #[data(terraform_remote_state, backend = "local", config = { "path" = "../network/terraform.tfstate" })]
    pub struct Network;

    #[output(Marker.output)]
    pub struct Revised;
}
