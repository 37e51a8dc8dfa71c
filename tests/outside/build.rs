#[path = "src/stack.rs"]
mod stack;

fn main() {
    webhook_infra::build::<stack::orders::Stack>().write_to("out");
}
