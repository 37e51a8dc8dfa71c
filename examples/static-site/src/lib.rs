//! A site in a private bucket behind CloudFront, with a domain of its own.

pub mod stack;
