//! What all clients of a function share: region, credentials, connections, timeouts and retries.

use std::env;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_async::time::{SharedTimeSource, SystemTimeSource};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;

use super::ConnectError;
use super::greeting;
use super::http::Pool;

/// The SDK's configuration, and the clients that were made from it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Sdk {
    config: SdkConfig,
    pool: Pool,
    /// The time of one try of a call.
    attempt: Duration,
    #[cfg(feature = "dynamodb")]
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    #[cfg(feature = "eventbridge")]
    eventbridge: OnceLock<aws_sdk_eventbridge::Client>,
    #[cfg(feature = "invoke")]
    invoke: OnceLock<aws_sdk_lambda::Client>,
    #[cfg(feature = "kinesis")]
    kinesis: OnceLock<aws_sdk_kinesis::Client>,
    #[cfg(feature = "kms")]
    kms: OnceLock<aws_sdk_kms::Client>,
    #[cfg(feature = "logs")]
    logs: OnceLock<aws_sdk_cloudwatchlogs::Client>,
    #[cfg(feature = "sfn")]
    sfn: OnceLock<aws_sdk_sfn::Client>,
    #[cfg(feature = "s3")]
    s3: OnceLock<aws_sdk_s3::Client>,
    #[cfg(feature = "secretsmanager")]
    secretsmanager: OnceLock<aws_sdk_secretsmanager::Client>,
    #[cfg(feature = "sns")]
    sns: OnceLock<aws_sdk_sns::Client>,
    #[cfg(feature = "sqs")]
    sqs: OnceLock<aws_sdk_sqs::Client>,
    #[cfg(feature = "ssm")]
    ssm: OnceLock<aws_sdk_ssm::Client>,
}

impl Sdk {
    /// Reads the environment that Lambda gives a function. `seconds` is the function's own timeout, 0 when
    /// only Terraform knows it.
    ///
    /// # Errors
    ///
    /// When the region or the credentials are not there, or the certificates of `AWS_CA_BUNDLE` are none.
    pub fn from_environment(seconds: u64) -> Result<Arc<Self>, ConnectError> {
        let variable = |name| env::var(name).map_err(|_| ConnectError::MissingVariable(name));
        let credentials = Credentials::new(
            variable("AWS_ACCESS_KEY_ID")?,
            variable("AWS_SECRET_ACCESS_KEY")?,
            env::var("AWS_SESSION_TOKEN")
                .ok()
                .filter(|token| !token.is_empty()),
            None,
            "Lambda",
        );
        let pool = Pool::new(connect_timeout(seconds))?;
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(variable("AWS_REGION")?))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(SharedHttpClient::new(pool.clone()))
            .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
            .time_source(SharedTimeSource::new(SystemTimeSource::new()))
            .timeout_config(timeouts(seconds))
            .retry_config(
                RetryConfig::standard()
                    .with_max_attempts(4)
                    .with_initial_backoff(Duration::from_millis(100))
                    .with_max_backoff(Duration::from_secs(2)),
            )
            .build();
        Ok(Arc::new(Self {
            config,
            pool,
            attempt: attempt(seconds),
            #[cfg(feature = "dynamodb")]
            dynamodb: OnceLock::new(),
            #[cfg(feature = "eventbridge")]
            eventbridge: OnceLock::new(),
            #[cfg(feature = "invoke")]
            invoke: OnceLock::new(),
            #[cfg(feature = "kinesis")]
            kinesis: OnceLock::new(),
            #[cfg(feature = "kms")]
            kms: OnceLock::new(),
            #[cfg(feature = "logs")]
            logs: OnceLock::new(),
            #[cfg(feature = "sfn")]
            sfn: OnceLock::new(),
            #[cfg(feature = "s3")]
            s3: OnceLock::new(),
            #[cfg(feature = "secretsmanager")]
            secretsmanager: OnceLock::new(),
            #[cfg(feature = "sns")]
            sns: OnceLock::new(),
            #[cfg(feature = "sqs")]
            sqs: OnceLock::new(),
            #[cfg(feature = "ssm")]
            ssm: OnceLock::new(),
        }))
    }

    /// The host to greet of a service.
    #[allow(dead_code)]
    pub(crate) fn host<S: Service>(&self) -> Option<String> {
        let name = S::GREETED?;
        endpoint(S::ENDPOINT).or_else(|| greeting::host(name, self.config.region()?.as_ref()))
    }

    /// Sends a request for its connection's sake: there is no answer that would help.
    pub(super) async fn ping(&self, url: &str) {
        let _ = tokio::time::timeout(self.attempt, self.pool.get(url)).await;
    }
}

/// A service, by its client.
pub(crate) trait Service {
    /// The variable with another address than AWS's own.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
    const ENDPOINT: &'static str;
    /// Its name in AWS's addresses, where it answers everybody's `GET /ping`.
    const GREETED: Option<&'static str>;
}

/// A client is made once, however many capabilities use it.
macro_rules! clients {
    (@greeted) => { None };
    (@greeted $host:literal) => { Some($host) };
    ($($feature:literal $name:ident $sdk:ident $variable:literal $($host:literal)? $(.$setting:ident)?;)*) => {$(
        #[cfg(feature = $feature)]
        impl Service for $sdk::Client {
            const ENDPOINT: &'static str = $variable;
            const GREETED: Option<&'static str> = clients!(@greeted $($host)?);
        }

        #[cfg(feature = $feature)]
        impl Sdk {
            pub(crate) fn $name(&self) -> $sdk::Client {
                let make = || {
                    let mut config = $sdk::config::Builder::from(&self.config);
                    if let Some(url) = endpoint(<$sdk::Client as Service>::ENDPOINT) {
                        config = config.endpoint_url(url)$(.$setting(true))?;
                    }
                    $sdk::Client::from_conf(config.build())
                };
                self.$name.get_or_init(make).clone()
            }
        }
    )*};
}

clients! {
    "dynamodb" dynamodb aws_sdk_dynamodb "AWS_ENDPOINT_URL_DYNAMODB" "dynamodb";
    "eventbridge" eventbridge aws_sdk_eventbridge "AWS_ENDPOINT_URL_EVENTBRIDGE" "events";
    "invoke" invoke aws_sdk_lambda "AWS_ENDPOINT_URL_LAMBDA";
    "kinesis" kinesis aws_sdk_kinesis "AWS_ENDPOINT_URL_KINESIS" "kinesis";
    "kms" kms aws_sdk_kms "AWS_ENDPOINT_URL_KMS";
    "logs" logs aws_sdk_cloudwatchlogs "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS" "logs";
    "sfn" sfn aws_sdk_sfn "AWS_ENDPOINT_URL_SFN" "states";
    "s3" s3 aws_sdk_s3 "AWS_ENDPOINT_URL_S3" .force_path_style;
    "secretsmanager" secretsmanager aws_sdk_secretsmanager "AWS_ENDPOINT_URL_SECRETS_MANAGER";
    "sns" sns aws_sdk_sns "AWS_ENDPOINT_URL_SNS" "sns";
    "sqs" sqs aws_sdk_sqs "AWS_ENDPOINT_URL_SQS" "sqs";
    "ssm" ssm aws_sdk_ssm "AWS_ENDPOINT_URL_SSM";
}

/// An address other than AWS's own: an emulator's.
#[allow(dead_code)]
fn endpoint(variable: &str) -> Option<String> {
    env::var(variable)
        .or_else(|_| env::var("AWS_ENDPOINT_URL"))
        .ok()
        .filter(|url| !url.is_empty())
}

/// The time of a call with all its tries: it ends before the function does.
fn call(seconds: u64) -> Duration {
    if seconds == 0 {
        Duration::from_secs(10)
    } else {
        Duration::from_secs(seconds) * 7 / 10
    }
}

fn connect_timeout(seconds: u64) -> Duration {
    (call(seconds) / 5).min(Duration::from_secs(2))
}

/// A silent connection leaves time for another try.
fn attempt(seconds: u64) -> Duration {
    call(seconds) * 2 / 5
}

fn timeouts(seconds: u64) -> TimeoutConfig {
    TimeoutConfig::builder()
        .operation_attempt_timeout(attempt(seconds))
        .operation_timeout(call(seconds))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_ends_before_the_function_does() {
        for seconds in [1, 3, 10, 50, 900] {
            let timeouts = timeouts(seconds);
            let all = timeouts.operation_timeout().unwrap();
            assert!(all < Duration::from_secs(seconds));
            assert!(timeouts.operation_attempt_timeout().unwrap() * 2 < all);
            assert!(connect_timeout(seconds) * 2 < all);
        }
        assert!(timeouts(0).operation_timeout().is_some());
    }
}
