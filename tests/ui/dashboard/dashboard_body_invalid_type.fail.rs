use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_cloudwatch_dashboard,
        dashboard_name = "orders",
        dashboard_body = jsonencode({
            "widgets" = [
                { "type" = "txt", "x" = 12, "y" = 0, "width" = 12, "height" = 2, "properties" = { "markdown" = "# Orders" } },
            ],
        })
    )]
    pub struct Overview;
}

fn main() {}
