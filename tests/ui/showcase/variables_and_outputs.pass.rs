use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    /// Where it runs.
    #[variable(default = "test", validation(condition = contains(["test", "live"], var.stage), error_message = "test or live"))]
    pub struct Stage;

    #[variable(sensitive, nullable = false)]
    pub struct Token(String);

    #[variable]
    pub struct Amount(u32);

    #[variable]
    pub struct Names(Vec<String>);

    #[variable(default = { "a" = "b" }, description = "Labels.")]
    pub struct Labels;

    /// What the stage is.
    #[output(Stage)]
    pub struct TheStage;

    #[output(Token, sensitive)]
    pub struct TheToken;

    #[output(value = Labels["a"])]
    pub struct TheLabel;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let type_ = |name: &str| json["variable"][name]["type"].as_str().unwrap().to_owned();
    assert_eq!(type_("stage"), "string");
    assert_eq!(type_("amount"), "number");
    assert_eq!(type_("names"), "list(string)");
    assert_eq!(type_("labels"), "map(string)");
    assert_eq!(json["output"]["the_token"]["sensitive"], true);
}
