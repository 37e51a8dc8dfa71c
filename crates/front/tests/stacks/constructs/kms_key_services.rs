// Services that the author lets use a key, beside and without those that the stack shows to need it.

#[stack(name = "orders")]
#[webhook_infra::allow(iam_public_principal, reason = "not what this is about")]
pub mod orders {
    #[variable(default = ["backup.amazonaws.com"])]
    pub struct Services(pub Vec<String>);

    #[kms_key(services = ["logs.eu-central-1.amazonaws.com", "events.amazonaws.com"])]
    pub struct Shared;

    #[kms_key(services = var.services, rotation = false, deletion_window = "30d")]
    #[webhook_infra::expect(kms_missing_rotation, reason = "its material was imported elsewhere")]
    pub struct Named;

    #[log_group(retention = "7d", key = Shared)]
    pub struct Audit;

    #[sns(key = Named)]
    pub struct Alerts;

    /// Whoever has a policy of their own says all of it.
    #[kms_key(policy = OwnPolicy.json)]
    pub struct Own;

    #[data(
        aws_iam_policy_document,
        statement(
            actions = ["kms:*"],
            resources = ["*"],
            principals(type = "AWS", identifiers = ["arn:aws:iam::111122223333:root"]),
        )
    )]
    pub struct OwnPolicy;
}
