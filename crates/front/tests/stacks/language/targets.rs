// Both products, each from a version on, and the state in S3. The constraint is compared with either.
// whole document

/// Kept in S3, with a lock beside it.
#[stack(
    name = "orders",
    region = "eu-central-1",
    target(terraform = ">= 1.10", opentofu = "~> 1.10"),
    backend(
        s3,
        bucket = "orders-state",
        key = "orders.tfstate",
        region = "eu-central-1",
        use_lockfile = true,
        assume_role = { "role_arn" = "arn:aws:iam::123456789012:role/state", "tags" = { "stage" = "live" } },
        endpoints(s3 = "https://s3.eu-central-1.amazonaws.com")
    )
)]
pub mod orders {
    #[resource(aws_ssm_parameter, name = "/orders/a", type = "String", value = "1")]
    pub struct Marker;
}
