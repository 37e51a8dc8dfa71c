//! The certificate of the stand-ins.

use std::io::Write;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tempfile::NamedTempFile;

use crate::Outcome;

/// A certificate for this machine, signed by an authority that exists for one run.
pub(crate) struct Certificate {
    /// For the functions: the authority, as PEM.
    pub(crate) authority: NamedTempFile,
    /// For the server.
    pub(crate) server: Arc<ServerConfig>,
}

impl Certificate {
    pub(crate) fn new() -> Outcome<Self> {
        let mut authority = CertificateParams::new(Vec::new())?;
        // With the name of the server's own certificate, that one would look like its own issuer.
        authority
            .distinguished_name
            .push(DnType::CommonName, "webhook-bench authority");
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

        let key = KeyPair::generate()?;
        let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
        let own = CertificateParams::new(names)?.signed_by(&key, &authority)?;

        let mut file = NamedTempFile::new()?;
        file.write_all(authority.pem().as_bytes())?;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(key.serialize_der())?;
        let mut server = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![own.der().clone()], key)?;
        server.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            authority: file,
            server: Arc::new(server),
        })
    }
}
