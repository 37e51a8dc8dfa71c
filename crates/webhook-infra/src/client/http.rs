//! HTTP/1.1 over TLS: one pool of connections for all clients of the SDK.
//!
//! The SDK's own client speaks HTTP/2 besides, which no capability needs, and reads the certificates again
//! for every client. Both show in the size and the start of a small function.

use std::env;
use std::error::Error as StdError;
use std::future::poll_fn;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use hyper::Uri;
use hyper::body::Body as _;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use hyper_util::client::legacy::{self, Client, connect};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{CipherSuite, ClientConfig, RootCertStore};
use tower_service::Service;

use super::ConnectError;

/// The authorities that AWS's own certificates come from. The system has 145 more, and reading those takes
/// a third of a small function's start.
///
/// Source: Amazon Trust Services, "Root CAs".
const AMAZON_ROOTS: [&[u8]; 5] = [
    include_bytes!("roots/amazon_root_ca_1.der"),
    include_bytes!("roots/amazon_root_ca_2.der"),
    include_bytes!("roots/amazon_root_ca_3.der"),
    include_bytes!("roots/amazon_root_ca_4.der"),
    include_bytes!("roots/starfield_services_root_certificate_authority_g2.der"),
];

/// The pool. A clone has the same connections.
#[derive(Clone, Debug)]
pub(super) struct Pool(Client<Timed, SdkBody>);

impl Pool {
    /// A pool that gives up connecting, from the name to the handshake, after `connect_timeout`. It trusts
    /// Amazon's authorities and those in the file of `AWS_CA_BUNDLE`.
    ///
    /// # Errors
    ///
    /// When that file holds no certificates.
    pub(super) fn new(connect_timeout: Duration) -> Result<Self, ConnectError> {
        let mut tcp = connect::HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let connector = Timed {
            connector: HttpsConnectorBuilder::new()
                .with_tls_config(tls()?)
                .https_or_http()
                .enable_http1()
                .wrap_connector(tcp),
            limit: connect_timeout,
        };
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Self(client))
    }

    /// Asks for something and reads the answer, which leaves an open connection.
    pub(super) async fn get(&self, url: &str) -> Result<(), BoxError> {
        let request = hyper::Request::get(url).body(SdkBody::empty())?;
        let mut body = self.0.request(request).await?.into_body();
        while let Some(part) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            part?;
        }
        Ok(())
    }
}

/// Connects within a time.
#[derive(Clone, Debug)]
struct Timed {
    connector: HttpsConnector<connect::HttpConnector>,
    limit: Duration,
}

type Connection = <HttpsConnector<connect::HttpConnector> as Service<Uri>>::Response;
type BoxError = Box<dyn StdError + Send + Sync>;

impl Service<Uri> for Timed {
    type Response = Connection;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Connection, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let connecting = tokio::time::timeout(self.limit, self.connector.call(uri));
        Box::pin(async move {
            connecting.await.unwrap_or_else(|_| {
                let message = "no connection within the time for it";
                Err(io::Error::new(io::ErrorKind::TimedOut, message).into())
            })
        })
    }
}

/// By `ring`: the default provider gathers entropy for 25 ms of CPU before its first random number. The suite that
/// hashes with SHA-256 comes first, since the processors of Lambda have instructions for that and not all of them
/// for SHA-512.
fn tls() -> Result<ClientConfig, ConnectError> {
    let unusable = |error: &dyn std::fmt::Display| ConnectError::Certificates(error.to_string());
    let mut roots = RootCertStore::empty();
    for root in AMAZON_ROOTS {
        roots
            .add(CertificateDer::from(root))
            .map_err(|error| unusable(&error))?;
    }
    if let Some(file) = env::var_os("AWS_CA_BUNDLE").filter(|file| !file.is_empty()) {
        let file = PathBuf::from(file);
        add_bundle(&mut roots, &file)
            .map_err(|error| unusable(&format!("{}: {error}", file.display())))?;
    }
    let mut provider = rustls::crypto::ring::default_provider();
    provider
        .cipher_suites
        .sort_by_key(|suite| suite.suite() != CipherSuite::TLS13_AES_128_GCM_SHA256);
    Ok(ClientConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// Adds the certificates of a file. One that is none is an error: without it some connection would fail later, for
/// no reason that anybody could see.
fn add_bundle(roots: &mut RootCertStore, file: &Path) -> Result<(), BoxError> {
    let text = std::fs::read(file)?;
    let mut found = 0;
    for certificate in CertificateDer::pem_slice_iter(&text) {
        roots.add(certificate?)?;
        found += 1;
    }
    if found == 0 {
        return Err(
            "there is no certificate in it, which begins with `-----BEGIN CERTIFICATE-----`".into(),
        );
    }
    Ok(())
}

impl HttpClient for Pool {
    /// The settings are the time to connect, which is the same for all operations here, and the time to read, which
    /// none has.
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Pool {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => {
                return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into())));
            }
        };
        let captured = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&captured));
        }
        let answer = self.0.request(request);
        HttpConnectorFuture::new(async move {
            let answer = answer.await.map_err(classify)?;
            HttpResponse::try_from(answer.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// How the SDK gives a connection up over which a server has failed, so that the next try takes another one.
fn metadata(captured: &CaptureConnection) -> Option<ConnectionMetadata> {
    captured.connection_metadata().as_ref()?;
    let captured = captured.clone();
    let poison = move || {
        if let Some(connected) = captured.connection_metadata().as_ref() {
            connected.poison();
        }
    };
    Some(
        ConnectionMetadata::builder()
            .proxied(false)
            .poison_fn(poison)
            .build(),
    )
}

/// Whether another try may help: the SDK tries again after a timeout, an error of input or output, and what is
/// transient.
fn classify(error: legacy::Error) -> ConnectorError {
    let hyper = source::<hyper::Error>(&error);
    let io = source::<io::Error>(&error);
    let is_late = io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
    if is_late || hyper.is_some_and(hyper::Error::is_timeout) {
        return ConnectorError::timeout(error.into());
    }
    if hyper.is_some_and(hyper::Error::is_user) {
        return ConnectorError::user(error.into());
    }
    let is_lost = hyper.is_some_and(|error| error.is_closed() || error.is_canceled());
    if error.is_connect() || is_lost || io.is_some() {
        return ConnectorError::io(error.into());
    }
    // The server has closed the connection in the middle of an answer, or instead of one.
    let is_cut = hyper.is_some_and(hyper::Error::is_incomplete_message);
    let kind = is_cut.then_some(ErrorKind::TransientError);
    ConnectorError::other(error.into(), kind)
}

fn source<E: StdError + 'static>(error: &legacy::Error) -> Option<&E> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        cause = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    #[test]
    fn the_roots_can_be_read() {
        let mut roots = RootCertStore::empty();
        for root in AMAZON_ROOTS {
            roots.add(CertificateDer::from(root)).unwrap();
        }
        assert_eq!(roots.len(), 5);
    }

    #[test]
    fn a_bundle_without_certificates_is_an_error() {
        let mut roots = RootCertStore::empty();
        let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
        let error = add_bundle(&mut roots, file).unwrap_err();
        assert_eq!(
            error.to_string(),
            "there is no certificate in it, which begins with `-----BEGIN CERTIFICATE-----`"
        );
        assert!(add_bundle(&mut roots, Path::new("nowhere")).is_err());
    }

    /// Sends a request to a server that does `answer` with its connection.
    fn request(answer: fn(TcpStream)) -> Result<u16, ConnectorError> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            // Closing with something unread would be another error.
            let read = stream.read(&mut [0; 4096]).unwrap();
            assert!(read > 0);
            answer(stream);
        });
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri(url).unwrap();
        let answer = send(request);
        server.join().unwrap();
        answer
    }

    #[tokio::main(flavor = "current_thread")]
    async fn send(request: HttpRequest) -> Result<u16, ConnectorError> {
        Pool::new(Duration::from_secs(1))
            .unwrap()
            .call(request)
            .await
            .map(|answer| answer.status().as_u16())
    }

    #[test]
    fn what_went_wrong_decides_about_another_try() {
        let answered = request(|mut stream| {
            stream
                .write_all(b"HTTP/1.1 418 I'm a teapot\r\ncontent-length: 0\r\n\r\n")
                .unwrap();
        });
        assert_eq!(answered.unwrap(), 418);

        let cut = request(|mut stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncont").unwrap();
        });
        let error = cut.unwrap_err();
        assert!(
            error.is_io() || error.as_other() == Some(ErrorKind::TransientError),
            "{error:?}"
        );

        let mut nobody = HttpRequest::new(SdkBody::empty());
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        nobody.set_uri(format!("http://{free}/")).unwrap();
        assert!(send(nobody).unwrap_err().is_io());
    }

    /// The connection is there at once, and its handshake never ends.
    #[test]
    fn a_handshake_that_never_ends_is_a_timeout() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut silent = HttpRequest::new(SdkBody::empty());
        let address = listener.local_addr().unwrap();
        silent.set_uri(format!("https://{address}/")).unwrap();
        assert!(send(silent).unwrap_err().is_timeout());
    }
}
