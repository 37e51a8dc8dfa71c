//! Plain HTTP to the emulator, and requests signed as AWS signs them.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;

use crate::emulator::REGION;
use crate::error::{Context, Error};

/// A client that keeps its connections. Copies share them.
#[derive(Debug, Clone)]
pub struct HttpClient {
    inner: Client<HttpConnector, Full<Bytes>>,
    patience: Duration,
}

impl HttpClient {
    /// A client that waits this long for a whole answer.
    pub fn new(patience: Duration) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self {
            inner: Client::builder(TokioExecutor::new()).build(connector),
            patience,
        }
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let what = format!("{} {}", request.method(), request.uri());
        let exchange = async {
            let (head, body) = self
                .inner
                .request(request.map(Full::new))
                .await
                .context(|| what.clone())?
                .into_parts();
            let body = body.collect().await.context(|| what.clone())?.to_bytes();
            Ok(Response::from_parts(head, body))
        };
        tokio::time::timeout(self.patience, exchange)
            .await
            .unwrap_or_else(|_| {
                Err(Error::new(format!(
                    "{what}: no answer within {:?}",
                    self.patience
                )))
            })
    }
}

/// Who signs.
#[derive(Debug, Clone)]
pub struct Signer(Credentials);

impl Signer {
    /// A user with these keys.
    pub fn new(access_key: &str, secret_key: &str) -> Self {
        Self::with(access_key, secret_key, None)
    }

    /// A role, for as long as the token holds.
    pub fn temporary(access_key: &str, secret_key: &str, token: &str) -> Self {
        Self::with(access_key, secret_key, Some(token.to_owned()))
    }

    fn with(access_key: &str, secret_key: &str, token: Option<String>) -> Self {
        Self(Credentials::new(
            access_key,
            secret_key,
            token,
            None,
            "operations",
        ))
    }

    /// The owner of the account in the emulator, who may do everything.
    pub fn owner() -> Self {
        Self::new("test", "test")
    }

    /// The keys, for the SDK's clients.
    pub fn credentials(&self) -> Credentials {
        self.0.clone()
    }

    /// Adds the headers of AWS Signature Version 4.
    ///
    /// # Errors
    /// When a header or the address cannot be signed.
    pub fn sign(
        &self,
        service: &str,
        mut request: Request<Bytes>,
    ) -> Result<Request<Bytes>, Error> {
        let identity = self.0.clone().into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(REGION)
            .name(service)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .context(|| "signing".to_owned())?
            .into();
        let instructions = {
            let headers = request
                .headers()
                .iter()
                .map(|(name, value)| value.to_str().map(|value| (name.as_str(), value)))
                .collect::<Result<Vec<_>, _>>()
                .context(|| "a header that cannot be signed".to_owned())?;
            let address = request.uri().to_string();
            let body = SignableBody::Bytes(request.body());
            let signable = SignableRequest::new(
                request.method().as_str(),
                address,
                headers.into_iter(),
                body,
            )
            .context(|| "signing".to_owned())?;
            sign(signable, &parameters)
                .context(|| "signing".to_owned())?
                .into_parts()
                .0
        };
        instructions.apply_to_request_http1x(&mut request);
        Ok(request)
    }
}
