//! A stand-in of the AWS services that ingestion calls: it stores nothing, and answers at once.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use data_encoding::HEXLOWER;
use md5::{Digest, Md5};
use serde_json::{Value, json};

use crate::Outcome;
use crate::certificate::Certificate;
use crate::event;

/// The running stand-in.
pub(crate) struct Backend {
    address: SocketAddr,
    certificate: Certificate,
    sent: Arc<AtomicU64>,
}

impl Backend {
    /// Starts it on a free port.
    pub(crate) fn start() -> Outcome<Self> {
        let certificate = Certificate::new()
            .map_err(|error| format!("no certificate for the stand-in of AWS: {error}"))?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let sent = Arc::new(AtomicU64::new(0));
        let router = Router::new().fallback(answer).with_state(Arc::clone(&sent));
        let config = RustlsConfig::from_config(Arc::clone(&certificate.server));
        let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor);
        let server = axum_server::from_tcp(listener)?.acceptor(acceptor);
        tokio::spawn(async move {
            if let Err(error) = server.serve(router.into_make_service()).await {
                eprintln!("the stand-in of AWS has stopped: {error}");
            }
        });
        Ok(Self {
            address,
            certificate,
            sent,
        })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// The file with the authority that its certificate is signed by.
    pub(crate) fn authority(&self) -> &Path {
        self.certificate.authority.path()
    }

    /// How many messages have been sent so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

async fn answer(State(sent): State<Arc<AtomicU64>>, headers: HeaderMap, body: Bytes) -> Response {
    let operation = headers
        .get("x-amz-target")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match operation {
        "AmazonSQS.SendMessage" => {
            let request = serde_json::from_slice::<Value>(&body).unwrap_or_default();
            let Some(message) = request["MessageBody"].as_str() else {
                return refusal("InvalidParameterValue", "there is no MessageBody");
            };
            sent.fetch_add(1, Ordering::Relaxed);
            reply(
                StatusCode::OK,
                &json!({
                    "MessageId": "2d2a8c1e-5b0f-4c7a-9d57-0f6d3c1b7a90",
                    "MD5OfMessageBody": HEXLOWER.encode(&Md5::digest(message.as_bytes())),
                }),
            )
        }
        // A function may open its connection with it before the first event.
        "AmazonSQS.GetQueueAttributes" => reply(StatusCode::OK, &json!({ "Attributes": {} })),
        "secretsmanager.GetSecretValue" => reply(
            StatusCode::OK,
            &json!({
                "ARN": event::SECRET_ARN,
                "Name": "provider-secrets",
                "SecretString": event::secrets().to_string(),
                "VersionId": "0b3a4d5e-8d3c-4f57-8a6e-1d2c3b4a5f60",
                "VersionStages": ["AWSCURRENT"],
                "CreatedDate": 1_775_000_000.0,
            }),
        ),
        other => refusal(
            "UnknownOperationException",
            &format!("the stand-in does not know the operation `{other}`"),
        ),
    }
}

fn refusal(kind: &str, message: &str) -> Response {
    reply(
        StatusCode::BAD_REQUEST,
        &json!({ "__type": kind, "message": message }),
    )
}

fn reply(status: StatusCode, body: &Value) -> Response {
    let headers = [
        (CONTENT_TYPE.as_str(), "application/x-amz-json-1.0"),
        ("x-amzn-requestid", "6a1f0f5e-7a55-5a6c-9f0a-3b9a8a1d2c3b"),
    ];
    (status, headers, body.to_string()).into_response()
}
