//! The infrastructure of a webhook processor on AWS; [`stack`] is all of it.

pub mod stack;
