//! One topic, three queues, each with its own worker.

pub mod stack;
