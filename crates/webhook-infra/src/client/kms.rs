//! The capabilities on KMS keys.

use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{DataKeySpec, MacAlgorithmSpec, MessageType, SigningAlgorithmSpec};

use super::Error;
use crate::capability::{
    Decrypt, Encrypt, GenerateDataKey, GenerateMac, GetPublicKey, Sign, Verify, VerifyMac,
};
use crate::kind::Key;

fn bytes(operation: &'static str, blob: Option<Blob>) -> Result<Vec<u8>, Error> {
    blob.map(Blob::into_inner)
        .ok_or_else(|| Error::incomplete(operation))
}

impl<K: Key> Encrypt<K> {
    /// Encrypts up to 4 KB.
    ///
    /// # Errors
    ///
    /// When KMS did not do it.
    pub async fn encrypt(&self, plaintext: &[u8]) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "Encrypt";
        let request = self.held.client().encrypt();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .plaintext(Blob::new(plaintext))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        bytes(OPERATION, answer.ciphertext_blob)
    }
}

impl<K: Key> Decrypt<K> {
    /// Decrypts what this key has encrypted, data keys too.
    ///
    /// # Errors
    ///
    /// When it is of another key, or KMS did not do it.
    pub async fn decrypt(&self, ciphertext: &[u8]) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "Decrypt";
        let request = self.held.client().decrypt();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .ciphertext_blob(Blob::new(ciphertext))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        bytes(OPERATION, answer.plaintext)
    }
}

/// A key to encrypt data with, and the same encrypted, to be kept beside the data.
pub struct DataKey {
    /// 32 bytes, for AES-256. Forget them when the data is encrypted.
    pub plaintext: Vec<u8>,
    /// What `Decrypt` makes the key of again.
    pub encrypted: Vec<u8>,
}

impl<K: Key> GenerateDataKey<K> {
    /// Makes a data key.
    ///
    /// # Errors
    ///
    /// When KMS did not do it.
    pub async fn generate(&self) -> Result<DataKey, Error> {
        const OPERATION: &str = "GenerateDataKey";
        let request = self.held.client().generate_data_key();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .key_spec(DataKeySpec::Aes256)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(DataKey {
            plaintext: bytes(OPERATION, answer.plaintext)?,
            encrypted: bytes(OPERATION, answer.ciphertext_blob)?,
        })
    }
}

impl<K: Key> Sign<K> {
    /// Signs a message of up to 4 KB, by an algorithm of KMS's such as `"ECDSA_SHA_256"`.
    ///
    /// # Errors
    ///
    /// When the key knows no such algorithm, or KMS did not do it.
    pub async fn sign(&self, message: &[u8], algorithm: &str) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "Sign";
        let request = self.held.client().sign();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .message(Blob::new(message))
            .message_type(MessageType::Raw)
            .signing_algorithm(SigningAlgorithmSpec::from(algorithm))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        bytes(OPERATION, answer.signature)
    }
}

impl<K: Key> Verify<K> {
    /// Whether a signature is this key's.
    ///
    /// # Errors
    ///
    /// When KMS did not answer.
    pub async fn verify(
        &self,
        message: &[u8],
        signature: &[u8],
        algorithm: &str,
    ) -> Result<bool, Error> {
        const OPERATION: &str = "Verify";
        let request = self.held.client().verify();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .message(Blob::new(message))
            .message_type(MessageType::Raw)
            .signature(Blob::new(signature))
            .signing_algorithm(SigningAlgorithmSpec::from(algorithm))
            .send()
            .await;
        match answer.map_err(|error| Error::sdk(OPERATION, error)) {
            Ok(answer) => Ok(answer.signature_valid),
            Err(error) if error.code() == Some("KMSInvalidSignatureException") => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl<K: Key> GetPublicKey<K> {
    /// The public half of the key, in DER.
    ///
    /// # Errors
    ///
    /// When KMS did not answer.
    pub async fn get(&self) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "GetPublicKey";
        let request = self.held.client().get_public_key();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        bytes(OPERATION, answer.public_key)
    }
}

impl<K: Key> GenerateMac<K> {
    /// The authentication code of a message of up to 4 KB, by an algorithm such as `"HMAC_SHA_256"`.
    ///
    /// # Errors
    ///
    /// When the key knows no such algorithm, or KMS did not do it.
    pub async fn generate(&self, message: &[u8], algorithm: &str) -> Result<Vec<u8>, Error> {
        const OPERATION: &str = "GenerateMac";
        let request = self.held.client().generate_mac();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .message(Blob::new(message))
            .mac_algorithm(MacAlgorithmSpec::from(algorithm))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        bytes(OPERATION, answer.mac)
    }
}

impl<K: Key> VerifyMac<K> {
    /// Whether an authentication code is this key's.
    ///
    /// # Errors
    ///
    /// When KMS did not answer.
    pub async fn verify(&self, message: &[u8], mac: &[u8], algorithm: &str) -> Result<bool, Error> {
        const OPERATION: &str = "VerifyMac";
        let request = self.held.client().verify_mac();
        let answer = request
            .key_id(self.held.place(OPERATION)?)
            .message(Blob::new(message))
            .mac(Blob::new(mac))
            .mac_algorithm(MacAlgorithmSpec::from(algorithm))
            .send()
            .await;
        match answer.map_err(|error| Error::sdk(OPERATION, error)) {
            Ok(answer) => Ok(answer.mac_valid),
            Err(error) if error.code() == Some("KMSInvalidMacException") => Ok(false),
            Err(error) => Err(error),
        }
    }
}
