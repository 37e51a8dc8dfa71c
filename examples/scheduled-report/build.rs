//! Writes `out/main.tf.json` from `src/stack.rs`.

#[path = "src/stack.rs"]
mod stack;

fn main() {
    webhook_infra::build::<stack::scheduled_report::Stack>().write_to("out");
}
