//! What Terraform binds: `path`, `terraform`, and `self` where a resource looks at itself.
use webhook_infra::prelude::*;

#[stack(name = "scopes")]
pub mod scopes {
    use super::*;

    #[resource(aws_ssm_parameter, name = "/scopes/${terraform.workspace}", type = "String", value = path.module,
        lifecycle(postcondition(condition = self.version >= 1, error_message = "The parameter has no version.")))]
    pub struct Parameter;

    #[output([path.module, path.root, path.cwd, terraform.workspace])]
    pub struct Places;
}
