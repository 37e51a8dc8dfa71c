//! HTTP API → Lambda → DynamoDB, with the tokens of any OpenID Connect provider.

use webhook_infra::prelude::*;

/// Notes that belong to whoever is signed in.
#[stack(name = "notes", region = "eu-central-1", tags(service = "notes"))]
pub mod crud_api {
    use super::*;

    /// Who issues the tokens: `https://login.example.com/`.
    #[variable(validation(
        condition = startswith(var.issuer, "https://"),
        error_message = "An issuer is an https address."
    ))]
    pub struct Issuer;

    /// The pages that may call the API.
    #[variable(default = ["https://notes.example.com"])]
    pub struct Origins;

    /// Where alarms go.
    #[sns(encrypted)]
    pub struct Alerts;

    /// A person's notes.
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Notes {
        #[hash_key]
        pub owner: String,
        #[range_key]
        pub id: String,
        pub text: String,
    }

    /// Reads notes.
    #[lambda(arch = "arm64", timeout = "5s", reserved = 50, log_retention = "14d")]
    pub struct Reader {
        pub one: GetItem<Notes>,
        pub all: Query<Notes>,
    }

    /// Writes notes.
    #[lambda(arch = "arm64", timeout = "5s", reserved = 20, log_retention = "14d")]
    pub struct Writer {
        pub put: PutItem<Notes>,
        pub delete: DeleteItem<Notes>,
    }

    /// What the pages call.
    #[http_api(
        cors(origins = var.origins, methods = ["GET", "PUT", "DELETE"], headers = ["authorization", "content-type"], max_age = "1h"),
        throttle(rate = 500, burst = 1000),
        access_log(retention = "14d"),
        authorizer(jwt, issuer = var.issuer, audience = ["notes"])
    )]
    pub struct Api {
        #[get("/notes", auth = "jwt", scopes = ["notes/read"])]
        #[get("/notes/{id}", auth = "jwt", scopes = ["notes/read"])]
        pub read: Reader,
        #[put("/notes/{id}", auth = "jwt", scopes = ["notes/write"])]
        #[delete("/notes/{id}", auth = "jwt", scopes = ["notes/write"])]
        pub write: Writer,
    }

    /// Callers get errors.
    #[alarm(Api.server_errors >= 5, period = "5m", notify = Alerts)]
    pub struct ApiErrors;

    #[alarm(Reader.errors >= 1, period = "5m", notify = Alerts)]
    pub struct ReaderErrors;

    #[alarm(Writer.errors >= 1, period = "5m", notify = Alerts)]
    pub struct WriterErrors;

    /// Base URL of the API.
    #[output(Api.url)]
    pub struct Url;
}
