//! An HTTP API with JSON Web Tokens over a table.

pub mod stack;
