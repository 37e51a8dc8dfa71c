//! A service on Fargate in a VPC, from raw resources and a module of the registry.

pub mod stack;
