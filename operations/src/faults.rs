//! A proxy between the functions and AWS that fails a share of the requests, in the ways in which AWS fails.
//!
//! Which requests fail is decided by a seed and the number of the request. Requests pass through unchanged, the
//! `Host` header too, so that their signatures stay valid.

use std::collections::{BTreeMap, HashMap};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::error::{Context, Error};
use crate::http_client::HttpClient;

/// A way to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// AWS has an internal error, and nothing was done.
    InternalError,
    /// AWS asks to slow down, and nothing was done.
    Unavailable,
    /// The connection is cut before anything was done.
    Reset,
    /// It was done, and answered by an internal error.
    DoneThenError,
    /// It was done, and the connection is cut before the answer.
    DoneThenReset,
    /// AWS has an internal error at every attempt, so that the SDK's retries do not help.
    LastingError,
    /// It is done at every attempt, and each is answered by an internal error.
    LastingDoneThenError,
}

impl Fault {
    const ALL: [Self; 7] = [
        Self::InternalError,
        Self::Unavailable,
        Self::Reset,
        Self::DoneThenError,
        Self::DoneThenReset,
        Self::LastingError,
        Self::LastingDoneThenError,
    ];

    fn is_lasting(self) -> bool {
        matches!(self, Self::LastingError | Self::LastingDoneThenError)
    }

    fn is_done(self) -> bool {
        matches!(
            self,
            Self::DoneThenError | Self::DoneThenReset | Self::LastingDoneThenError
        )
    }

    fn is_reset(self) -> bool {
        matches!(self, Self::Reset | Self::DoneThenReset)
    }
}

/// How many faults of each kind each service had.
pub type Counts = BTreeMap<(String, Fault), u64>;

#[derive(Debug)]
struct State {
    target: Mutex<String>,
    seed: u64,
    /// How many requests of a million fail.
    share: AtomicU64,
    requests: AtomicU64,
    /// Operations that fail at every attempt, by the id that the SDK gives to all attempts of one operation.
    lasting: Mutex<HashMap<HeaderValue, Fault>>,
    counts: Mutex<Counts>,
    client: HttpClient,
}

/// The running proxy.
#[derive(Debug)]
pub struct FaultProxy {
    endpoint: String,
    state: Arc<State>,
    server: JoinHandle<()>,
}

impl FaultProxy {
    /// Starts a proxy on a free loopback port that fails nothing yet and leads nowhere yet.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn start(seed: u64) -> Result<Self, Error> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .context(|| "no free port on 127.0.0.1".to_owned())?;
        let address = listener
            .local_addr()
            .context(|| "the proxy's address".to_owned())?;
        let state = Arc::new(State {
            target: Mutex::new(String::new()),
            seed,
            share: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            lasting: Mutex::new(HashMap::new()),
            counts: Mutex::new(Counts::new()),
            client: HttpClient::new(Duration::from_mins(1)),
        });
        let server = tokio::spawn(serve(listener, Arc::clone(&state)));
        Ok(Self {
            endpoint: format!("http://{address}"),
            state,
            server,
        })
    }

    /// Its address.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Leads all requests to this address from now on.
    pub fn lead_to(&self, endpoint: &str) {
        endpoint.clone_into(&mut lock(&self.state.target));
    }

    /// Fails this share of the requests from now on, such as 0.01.
    pub fn fail(&self, share: f64) {
        let millionths = (share.clamp(0.0, 1.0) * 1e6).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and a million"
        )]
        self.state.share.store(millionths as u64, Ordering::Relaxed);
        lock(&self.state.lasting).clear();
    }

    /// How many requests have passed or failed.
    pub fn requests(&self) -> u64 {
        self.state.requests.load(Ordering::Relaxed)
    }

    /// What it has done so far.
    pub fn counts(&self) -> Counts {
        lock(&self.state.counts).clone()
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        tokio::spawn(connection(stream, Arc::clone(&state)));
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request| {
        let state = Arc::clone(&state);
        async move { answer(&state, request).await }
    });
    // An error here is a client that went away, or a connection that was cut on purpose.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// An answer; an error cuts the connection.
async fn answer(state: &State, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Cut> {
    let (mut head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes();
    let service = service_of(&head.headers).to_owned();
    let fault = state.choose(&head.headers);
    if let Some(fault) = fault {
        *lock(&state.counts)
            .entry((service.clone(), fault))
            .or_default() += 1;
        if !fault.is_done() {
            return if fault.is_reset() {
                Err(Cut)
            } else {
                Ok(service_error(&service, fault))
            };
        }
    }
    let target = lock(&state.target).clone();
    let path = head
        .uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    let Ok(uri) = format!("{target}{path}").parse() else {
        return Err(Cut);
    };
    head.uri = uri;
    // Each side of the proxy has connections of its own.
    head.headers.remove(header::CONNECTION);
    let Ok(response) = state.client.send(Request::from_parts(head, body)).await else {
        return Err(Cut);
    };
    match fault {
        Some(fault) if fault.is_reset() => Err(Cut),
        Some(fault) => Ok(service_error(&service, fault)),
        None => {
            let (mut head, body) = response.into_parts();
            head.headers.remove(header::TRANSFER_ENCODING);
            head.headers.remove(header::CONNECTION);
            Ok(Response::from_parts(head, Full::new(body)))
        }
    }
}

impl State {
    /// The fault of the next request, if it has one.
    fn choose(&self, headers: &HeaderMap) -> Option<Fault> {
        let operation = headers.get("amz-sdk-invocation-id");
        if let Some(fault) =
            operation.and_then(|operation| lock(&self.lasting).get(operation).copied())
        {
            self.requests.fetch_add(1, Ordering::Relaxed);
            return Some(fault);
        }
        let fault = choose(
            self.seed,
            self.requests.fetch_add(1, Ordering::Relaxed),
            self.share.load(Ordering::Relaxed),
        )?;
        if let (true, Some(operation)) = (fault.is_lasting(), operation) {
            lock(&self.lasting).insert(operation.clone(), fault);
        }
        Some(fault)
    }
}

/// The fault of a request by its number alone.
fn choose(seed: u64, number: u64, millionths: u64) -> Option<Fault> {
    let chance = scramble(seed ^ scramble(number));
    if chance % 1_000_000 >= millionths {
        return None;
    }
    let kind = scramble(chance) % Fault::ALL.len() as u64;
    Fault::ALL
        .into_iter()
        .nth(usize::try_from(kind).unwrap_or_default())
}

/// The steps of `SplitMix64`: neighbouring numbers become unrelated ones.
fn scramble(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// The service that a request is signed for.
fn service_of(headers: &HeaderMap) -> &str {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| {
            value
                .to_str()
                .ok()?
                .split_once("Credential=")?
                .1
                .split('/')
                .nth(3)
        })
        .unwrap_or("unknown")
}

/// An error in the form of the service.
fn service_error(service: &str, fault: Fault) -> Response<Full<Bytes>> {
    let unavailable = fault == Fault::Unavailable;
    let status = if unavailable {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    };
    let code = match (service, unavailable) {
        ("s3", true) => "SlowDown",
        ("s3", false) => "InternalError",
        (_, true) => "ServiceUnavailable",
        ("dynamodb", false) => "InternalServerError",
        ("secretsmanager", false) => "InternalServiceError",
        (_, false) => "InternalFailure",
    };
    let message = "A test put this error here.";
    let (content_type, body) = match service {
        "s3" => (
            "application/xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
            ),
        ),
        "secretsmanager" => ("application/x-amz-json-1.1", json(code, message)),
        _ => ("application/x-amz-json-1.0", json(code, message)),
    };
    let mut response = Response::new(Full::new(Bytes::from(body)));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

fn json(code: &str, message: &str) -> String {
    serde_json::json!({ "__type": code, "message": message }).to_string()
}

/// Ends the connection without an answer.
#[derive(Debug)]
struct Cut;

impl std::fmt::Display for Cut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("cut on purpose")
    }
}

impl std::error::Error for Cut {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_fails_the_same_requests() {
        let faults = |seed| {
            (0..100_000)
                .filter(|number| choose(seed, *number, 10_000).is_some())
                .collect::<Vec<_>>()
        };
        assert_eq!(faults(7), faults(7));
        assert_ne!(faults(7), faults(8));
    }

    #[test]
    fn a_hundredth_is_about_a_hundredth_of_all_kinds() {
        let chosen = (0..100_000)
            .filter_map(|number| choose(1, number, 10_000))
            .collect::<Vec<_>>();
        assert!((900..1100).contains(&chosen.len()), "{}", chosen.len());
        for fault in Fault::ALL {
            assert!(
                chosen.iter().filter(|chosen| **chosen == fault).count() > 90,
                "{fault:?}"
            );
        }
    }

    #[test]
    fn nothing_fails_at_first_and_everything_at_one() {
        assert!((0..1000).all(|number| choose(1, number, 0).is_none()));
        assert!((0..1000).all(|number| choose(1, number, 1_000_000).is_some()));
    }

    #[test]
    fn the_service_is_read_from_the_signature() {
        let mut headers = HeaderMap::new();
        assert_eq!(service_of(&headers), "unknown");
        headers.insert(
            header::AUTHORIZATION,
            HeaderValue::from_static("AWS4-HMAC-SHA256 Credential=test/20260409/us-east-1/sqs/aws4_request, SignedHeaders=host"),
        );
        assert_eq!(service_of(&headers), "sqs");
    }
}
