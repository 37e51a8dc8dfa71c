use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[variable(default = { "a" = 1, "b" = 2 })]
    pub struct Sizes;

    #[output({ "deep" = { "list" = [1, [2.5, -3], { k = null }], "empty" = {}, "none" = [] }, plain: true })]
    pub struct Nested;

    #[output([Names[0], Names[*], Sizes["a"], length(Names), Names[length(Names) - 1]])]
    pub struct Parts;

    #[output(
        value = (length(Names) + 1) * 2 - 3 % 2 >= 4 && !(1 == 2) || false,
        description = "Operators keep their order.",
        sensitive
    )]
    pub struct Operators;

    #[output(0x10 + 1_000 - 0b1)]
    pub struct Numbers;

    #[output(value = merge({ "a" = 1 }, Sizes)["a"])]
    pub struct OfACall;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let output = |name: &str| &json["output"][name]["value"];
    assert_eq!(output("nested")["deep"]["list"][1][1], -3);
    assert_eq!(output("nested")["plain"], true);
    assert_eq!(output("parts")[1], "${var.names[*]}");
    assert_eq!(output("parts")[4], "${var.names[length(var.names) - 1]}");
    assert_eq!(
        *output("operators"),
        "${(length(var.names) + 1) * 2 - 3 % 2 >= 4 && !(1 == 2) || false}"
    );
    assert_eq!(*output("numbers"), 1015);
    assert_eq!(*output("of_a_call"), "${merge({a = 1}, var.sizes)[\"a\"]}");
}
