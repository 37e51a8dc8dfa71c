// Nested blocks, one for each element of a collection.

#[stack(name = "orders")]
pub mod orders {
    /// Who may do what.
    #[variable(
        type = "map(object({ actions = list(string), resources = list(string), accounts = optional(list(string), []) }))",
        default = { "read" = { "actions" = ["sqs:ReceiveMessage"], "resources" = ["arn:aws:sqs:eu-central-1:123456789012:orders"] } }
    )]
    pub struct Grants;

    #[data(
        aws_iam_policy_document,
        dynamic(
            statement,
            for_each = Grants,
            iterator = grant,
            content(
                sid = title(grant.key),
                actions = grant.value.actions,
                resources = grant.value.resources,
                dynamic(principals, for_each = grant.value.accounts, content(type = "AWS", identifiers = [principals.value]))
            )
        ),
        statement(sid = "List", actions = ["sqs:GetQueueUrl"], resources = ["arn:aws:sqs:eu-central-1:123456789012:orders"])
    )]
    pub struct Access;

    #[resource(aws_iam_policy, name = "orders", policy = Access.json)]
    pub struct AccessPolicy;

    /// A construct takes them as well.
    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        dynamic(replica, for_each = toset(["eu-west-1", "us-east-1"]), content(region_name = replica.key, propagate_tags = true)),
        stream = "new_and_old_images"
    )]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[resource(
        aws_cloudwatch_metric_alarm,
        alarm_name = "orders-share",
        comparison_operator = "GreaterThanThreshold",
        evaluation_periods = 1,
        threshold = 10,
        treat_missing_data = "notBreaching",
        dynamic(metric_query, for_each = ["SentMessages", "Errors"], content(
            id = lower(metric_query.value),
            return_data = metric_query.key == 0,
            metric(metric_name = metric_query.value, namespace = "Orders", period = 60, stat = "Sum")
        ))
    )]
    #[webhook_infra::allow(alarm_missing_action, reason = "not what this test is about")]
    pub struct Share;
}
