use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_ssm_parameter, name = "/x", type = "String", value = "x", lifecycle(postcondition(condition = self.nam != "", error_message = "It has no name.")))]
    pub struct Parameter;
}

fn main() {}
