// A password is made and handed on without a trace in plan and state.

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_secretsmanager_secret, name = "orders/database")]
    pub struct Credentials;

    /// Made anew in each run; written only when the version changes.
    #[ephemeral(aws_secretsmanager_random_password, password_length = 40, exclude_punctuation)]
    pub struct Generated;

    /// A token that whoever applies the stack has.
    #[variable(ephemeral, sensitive)]
    pub struct Token;

    #[local({ "user" = "orders", "password" = Generated.random_password, "token" = Token })]
    pub struct Content;

    #[resource(aws_secretsmanager_secret_version, secret_id = Credentials.id, secret_string_wo = jsonencode(Content), secret_string_wo_version = 1)]
    pub struct CredentialsContent;

    #[ephemeral(aws_secretsmanager_secret_version, secret_id = CredentialsContent.secret_id)]
    pub struct Stored;

    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value_wo = Stored.secret_string, value_wo_version = 1)]
    pub struct Copy;
}
