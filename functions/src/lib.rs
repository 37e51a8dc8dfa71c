//! The three functions of the webhook processor: [`ingestion`] takes webhooks in, [`processing`] stores
//! them, [`status`] tells what became of them.
//!
//! What each may do is what its struct in the stack says; the clients are made of that.

pub mod archive;
pub mod correlation;
pub mod headers;
pub mod ingestion;
pub mod log;
pub mod problem;
pub mod processing;
pub mod provider_secrets;
pub mod providers;
pub mod secret;
pub mod signature;
pub mod status;
#[cfg(test)]
mod testing;
pub mod times;
