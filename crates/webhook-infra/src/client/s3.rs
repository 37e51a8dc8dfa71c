//! `PutObject`, `GetObject`, `DeleteObject` and `ListObjects`.

use std::collections::HashMap;
use std::time::Duration;

use aws_sdk_s3::primitives::ByteStream;

use super::{Error, ErrorKind};
use crate::capability::{DeleteObject, GetObject, ListObjects, PutObject};
use crate::kind::Bucket;

const PUT: &str = "PutObject";
/// Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".
const CONFLICT: &str = "ConditionalRequestConflict";
const ROUNDS: u32 = 3;

impl<B: Bucket> PutObject<B> {
    /// An object that is written by its own `send`.
    pub fn put(&self, key: impl Into<String>, body: impl Into<Vec<u8>>) -> PutObjectRequest<'_, B> {
        PutObjectRequest {
            bucket: self,
            key: key.into(),
            body: body.into(),
            content_type: None,
            checksum: None,
            metadata: HashMap::new(),
            is_new: false,
        }
    }
}

/// An object with what is said about it.
#[must_use = "it is not written before `send` is called"]
pub struct PutObjectRequest<'a, B: Bucket> {
    bucket: &'a PutObject<B>,
    key: String,
    body: Vec<u8>,
    content_type: Option<String>,
    checksum: Option<String>,
    metadata: HashMap<String, String>,
    is_new: bool,
}

/// Whether an object was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// It was.
    Written,
    /// There is one already, and it was to be written only if there is none.
    AlreadyThere,
}

impl<B: Bucket> PutObjectRequest<'_, B> {
    /// What it is: `application/json`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The SHA-256 of the body, in base64. S3 refuses a body that has another one, and keeps it.
    pub fn sha256(mut self, checksum: impl Into<String>) -> Self {
        self.checksum = Some(checksum.into());
        self
    }

    /// A text that is kept beside the object. 2 KB in all.
    pub fn metadata(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.metadata.insert(name.into(), value.into());
        self
    }

    /// Writes it only when there is no object of that key.
    ///
    /// Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes".
    pub fn only_if_absent(mut self) -> Self {
        self.is_new = true;
        self
    }

    /// Writes it, and comes back when S3 has it.
    ///
    /// # Errors
    ///
    /// When S3 did not take it.
    pub async fn send(self) -> Result<Stored, Error> {
        let mut round = 0;
        loop {
            match self.try_once().await {
                Ok(()) => return Ok(Stored::Written),
                Err(error) if self.is_new && error.kind() == ErrorKind::ConditionFailed => {
                    return Ok(Stored::AlreadyThere);
                }
                // Somebody else writes the same object at this moment; the SDK does not try that again.
                Err(error) if error.code() == Some(CONFLICT) && round < ROUNDS => {
                    round += 1;
                    tokio::time::sleep(Duration::from_millis(50 << round)).await;
                }
                Err(error) => return Err(error),
            }
        }
    }

    async fn try_once(&self) -> Result<(), Error> {
        let held = &self.bucket.held;
        let metadata = Some(self.metadata.clone());
        held.client()
            .put_object()
            .bucket(held.place(PUT)?)
            .key(&self.key)
            .body(ByteStream::from(self.body.clone()))
            .set_content_type(self.content_type.clone())
            .set_checksum_sha256(self.checksum.clone())
            .set_metadata(metadata.filter(|metadata| !metadata.is_empty()))
            .set_if_none_match(self.is_new.then(|| "*".to_owned()))
            .send()
            .await
            .map_err(|error| Error::sdk(PUT, error))?;
        Ok(())
    }
}

/// An object that was read.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its content.
    pub body: Vec<u8>,
    /// What it is, when that is known.
    pub content_type: Option<String>,
    /// What is kept beside it.
    pub metadata: HashMap<String, String>,
}

impl<B: Bucket> GetObject<B> {
    /// Reads an object; `None` when there is none of that key.
    ///
    /// A role without `s3:ListBucket` is told `AccessDenied` of an object that is not there.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub async fn get(&self, key: &str) -> Result<Option<Object>, Error> {
        const OPERATION: &str = "GetObject";
        let answer = self
            .held
            .client()
            .get_object()
            .bucket(self.held.place(OPERATION)?)
            .key(key)
            .send()
            .await;
        let answer = match answer.map_err(|error| Error::sdk(OPERATION, error)) {
            Ok(answer) => answer,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let body = answer
            .body
            .collect()
            .await
            .map_err(|error| Error::malformed(OPERATION, error))?;
        Ok(Some(Object {
            body: body.to_vec(),
            content_type: answer.content_type,
            metadata: answer.metadata.unwrap_or_default(),
        }))
    }
}

impl<B: Bucket> DeleteObject<B> {
    /// Deletes an object. In a versioned bucket the versions stay.
    ///
    /// # Errors
    ///
    /// When S3 did not do it. An object that is not there is no error.
    pub async fn delete(&self, key: &str) -> Result<(), Error> {
        const OPERATION: &str = "DeleteObject";
        self.held
            .client()
            .delete_object()
            .bucket(self.held.place(OPERATION)?)
            .key(key)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}

impl<B: Bucket> ListObjects<B> {
    /// The keys that start with `prefix`, in order, at most 1,000, after the key `after`.
    ///
    /// # Errors
    ///
    /// When the bucket cannot be listed.
    pub async fn keys(&self, prefix: &str, after: Option<&str>) -> Result<Vec<String>, Error> {
        const OPERATION: &str = "ListObjectsV2";
        let answer = self
            .held
            .client()
            .list_objects_v2()
            .bucket(self.held.place(OPERATION)?)
            .prefix(prefix)
            .set_start_after(after.map(str::to_owned))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        let objects = answer.contents.unwrap_or_default();
        Ok(objects
            .into_iter()
            .filter_map(|object| object.key)
            .collect())
    }
}
