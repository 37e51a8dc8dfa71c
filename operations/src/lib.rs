//! Runs the webhook processor on this machine, and does what its operators have to do on AWS.

pub mod cloud;
pub mod control;
pub mod deployed;
pub mod e2e;
pub mod emulator;
pub mod error;
pub mod faults;
pub mod http_client;
pub mod local;
pub mod project;
pub mod redrive;
pub mod replay;
pub mod terraform;

pub use emulator::{Emulator, Options};
pub use error::Error;
