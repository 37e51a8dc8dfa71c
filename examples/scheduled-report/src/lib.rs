//! A report that is mailed every working day.

pub mod stack;
