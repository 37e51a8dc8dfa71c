use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "./queue")]
    pub struct Folder;

    #[module(source = Folder)]
    pub struct Queue;
}

fn main() {}
