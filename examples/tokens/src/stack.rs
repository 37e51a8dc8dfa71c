//! A second provider, checked with the schema that was exported from it.

use webhook_infra::prelude::*;

/// The token with which two services know each other.
#[stack(name = "tokens", region = "eu-central-1", tags(service = "tokens"))]
pub mod tokens {
    use super::*;

    /// Makes what has to be random once, and keeps it in the state.
    #[provider(random, version = "~> 3.6", schema = "schemas/random.json")]
    pub struct Random;

    /// Change it, and there is another token.
    #[variable(default = 1)]
    pub struct Edition;

    /// The token. The state holds it, so the state has to be kept as safe as it is.
    #[resource(random_password, length = 40, special = false, keepers = { "edition" = tostring(var.edition) })]
    pub struct Token;

    /// Apart from others of its kind: names of secrets are free again only after weeks.
    #[resource(random_pet, length = 2, prefix = "token")]
    pub struct Nickname;

    /// Where the services read the token.
    #[secret(name = "tokens/${Nickname.id}", recovery = "30d")]
    pub struct ServiceToken;

    #[resource(
        aws_secretsmanager_secret_version,
        secret_id = ServiceToken.id,
        secret_string_wo = Token.result,
        secret_string_wo_version = var.edition
    )]
    pub struct CurrentToken;

    /// The ARN of the secret.
    #[output(ServiceToken.arn)]
    pub struct SecretArn;
}
