#[path = "src/stack.rs"]
mod stack;

fn main() {
    webhook_infra::build::<platform::network::Stack>().write_to("network");
    webhook_infra::build::<stack::orders::Stack>()
        .include::<platform::shared::Stack>()
        .write_to("out");
}
