//! `json!`: JSON text whose structure the rules can see.
use webhook_infra::prelude::*;

#[stack(name = "documents")]
pub mod documents {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[resource(aws_ssm_parameter, name = "/documents/one", type = "String", value = json!({
        "names": var.names,
        "nothing": null,
        "deep" = { "list" = [1, true, "x"] },
    }))]
    pub struct One;

    #[output(json!([for name in var.names : { "name" = name }]))]
    pub struct Two;
}
