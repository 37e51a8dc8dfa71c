// A bucket that exists already, found by what identifies it.
// json only: it needs Terraform 1.12.

#[stack(name = "orders", target(terraform = ">= 1.12"))]
pub mod orders {
    #[s3(bucket = "orders-uploads", versioned, encrypted)]
    #[import(identity(bucket = "orders-uploads"))]
    pub struct Uploads;
}
