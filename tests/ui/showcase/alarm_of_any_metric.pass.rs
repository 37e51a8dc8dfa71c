use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[alarm(
        namespace = "AWS/S3",
        metric_name = "NumberOfObjects",
        dimensions = { "BucketName" = Uploads.bucket, "StorageType" = "AllStorageTypes" },
        statistic = "Average",
        comparison_operator = "GreaterThanOrEqualToThreshold",
        threshold = 1000,
        period = "1d",
        notify = Alerts
    )]
    pub struct ManyUploads;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    assert!(json.contains(r#""period": 86400"#) && json.contains(r#""statistic": "Average""#));
}
