//! A stand-in of Lambda's Runtime API, for one process.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::Outcome;

/// What a process has called.
pub(crate) enum Call {
    /// It is ready for an event, which is to be sent here.
    Next(Instant, oneshot::Sender<Vec<u8>>),
    /// It has answered.
    Answer(Instant, Bytes),
    /// It says that it failed.
    Failure(Bytes),
}

/// The running stand-in; it stops when it is dropped.
pub(crate) struct RuntimeApi {
    address: SocketAddr,
    calls: mpsc::UnboundedReceiver<Call>,
    server: JoinHandle<()>,
}

type Calls = mpsc::UnboundedSender<Call>;

impl RuntimeApi {
    /// Starts it on a free port.
    pub(crate) async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let listener = listener.tap_io(|stream| {
            // Without it an answer can wait for 40 ms; should it fail, the figures show it.
            let _ = stream.set_nodelay(true);
        });
        let (sender, calls) = mpsc::unbounded_channel();
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(answer))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(failure))
            .route("/2018-06-01/runtime/init/error", post(failure))
            .layer(DefaultBodyLimit::max(8 << 20))
            .with_state(sender);
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                eprintln!("the stand-in of the Runtime API has stopped: {error}");
            }
        });
        Ok(Self {
            address,
            calls,
            server,
        })
    }

    /// Where it is, in the form of `AWS_LAMBDA_RUNTIME_API`.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for the next call.
    pub(crate) async fn call(&mut self) -> Option<Call> {
        self.calls.recv().await
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn next(State(calls): State<Calls>) -> Response {
    let (sender, event) = oneshot::channel();
    if calls.send(Call::Next(Instant::now(), sender)).is_err() {
        return StatusCode::GONE.into_response();
    }
    let Ok(event) = event.await else {
        return StatusCode::GONE.into_response();
    };
    let deadline = SystemTime::now() + Duration::from_secs(30);
    let deadline = deadline
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis());
    let headers = [
        (CONTENT_TYPE.as_str(), "application/json".to_owned()),
        (
            "lambda-runtime-aws-request-id",
            "4c9f7b0e-2f0c-4d53-9d1e-8e5c0a6b7d21".to_owned(),
        ),
        ("lambda-runtime-deadline-ms", deadline.to_string()),
        (
            "lambda-runtime-invoked-function-arn",
            "arn:aws:lambda:us-east-1:000000000000:function:ingestion".to_owned(),
        ),
        (
            "lambda-runtime-trace-id",
            "Root=1-69d79c40-0123456789abcdef01234567;Sampled=0".to_owned(),
        ),
    ];
    (headers, event).into_response()
}

async fn answer(State(calls): State<Calls>, Path(_): Path<String>, body: Bytes) -> Response {
    accepted(calls.send(Call::Answer(Instant::now(), body)).is_ok())
}

async fn failure(State(calls): State<Calls>, body: Bytes) -> Response {
    accepted(calls.send(Call::Failure(body)).is_ok())
}

fn accepted(listens: bool) -> Response {
    if listens {
        (StatusCode::ACCEPTED, r#"{"status":"OK"}"#).into_response()
    } else {
        StatusCode::GONE.into_response()
    }
}
