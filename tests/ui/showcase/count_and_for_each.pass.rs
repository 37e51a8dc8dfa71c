use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_sns_topic,
        name = "alerts-${count.index}",
        kms_master_key_id = "alias/alerts",
        count = 2
    )]
    pub struct Alerts;

    #[resource(
        aws_sns_topic,
        name = "mails-${each.key}",
        kms_master_key_id = "alias/mails",
        for_each = toset(["a", "b"])
    )]
    pub struct Mails;

    #[data(aws_ssm_parameter, name = each.value, for_each = toset(["/a", "/b"]))]
    pub struct Parameters;

    #[output(
        { "one" = Alerts[0].arn, "all" = Alerts[*].arn, "mail" = Mails["a"].arn, "b" = Parameters["/b"].value }
    )]
    pub struct Arns;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let topics = &json["resource"]["aws_sns_topic"];
    assert_eq!(topics["alerts"]["count"], 2);
    assert_eq!(topics["mails"]["for_each"], r#"${toset(["a", "b"])}"#);
    let arns = &json["output"]["arns"]["value"];
    assert_eq!(arns["one"], "${aws_sns_topic.alerts[0].arn}");
    assert_eq!(arns["all"], "${aws_sns_topic.alerts[*].arn}");
    assert_eq!(arns["mail"], "${aws_sns_topic.mails[\"a\"].arn}");
}
