//! Tokens made by a second provider and kept as a secret.

pub mod stack;
