// whole document: another provider, checked with the schema of a file.

#[stack(name = "mixed", region = "eu-central-1")]
pub mod mixed {
    #[provider(random, version = "~> 3.6", schema = "../../examples/tokens/schemas/random.json")]
    pub struct Random;

    /// What the service is called by others.
    #[resource(random_pet, length = 2, keepers = { "stage" = "prod" })]
    pub struct Nickname;

    #[resource(aws_ssm_parameter, name = "/mixed/nickname", type = "String", value = Nickname.id)]
    pub struct NicknameParameter;
}
