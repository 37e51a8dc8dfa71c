// A stack with one raw resource: what every document has besides.

#[stack(name = "smallest", region = "eu-central-1", tags(team = "payments"))]
pub mod smallest {
    /// Where the parameter is read by others.
    #[resource(aws_ssm_parameter, name = "/smallest", type = "String", value = "1")]
    pub struct Marker;
}
