//! Keys of a map that are expressions.
use webhook_infra::prelude::*;

#[stack(name = "keys")]
pub mod keys {
    use super::*;

    #[variable(default = "a")]
    pub struct Name;

    #[resource(aws_ssm_parameter, for_each = toset(["x", "y"]), name = "/keys/${each.key}", type = "String", value = "1",
        tags = { (each.key) = "1", "${var.name}-b" = "2", plain = "3", "with space" = "4", (upper(var.name)) = "5" })]
    pub struct Parameters;

    #[output(json!({ (var.name) = 1, "${var.name}-x" = 2, format!("{var.name}-y") = 3 }))]
    pub struct Encoded;
}
