//! Writes `out/main.tf.json` from `src/stack.rs`.

#[path = "src/stack.rs"]
mod stack;

fn main() {
    webhook_infra::build::<stack::fan_out::Stack>().write_to("out");
}
