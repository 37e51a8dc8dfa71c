// A module in a folder, whose outputs are the fields of the struct.

#[stack(name = "orders")]
pub mod orders {
    /// The names of the queues that orders come in by.
    #[module(source = "./queues", names = ["orders", "returns"], settings = { "retention" = 60 }, depends_on = [Marker])]
    pub struct Queues {
        pub urls: std::collections::BTreeMap<String, String>,
        pub count_of: u32,
    }

    #[module(source = "./queues", for_each = toset(["eu", "us"]), names = [each.key])]
    pub struct Regional {
        pub urls: std::collections::HashMap<String, String>,
    }

    #[resource(aws_ssm_parameter, name = "/orders/marker", type = "String", value = "1")]
    pub struct Marker;

    #[resource(aws_ssm_parameter, name = "/orders/queue", type = "String", value = Queues.urls["orders"])]
    pub struct QueueUrl;

    #[output(module.queues.count_of)]
    pub struct Count;

    #[output(Regional["eu"].urls)]
    pub struct Europe;
}
