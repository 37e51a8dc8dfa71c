use webhook_infra::prelude::*;

#[component]
pub mod archive {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Items {
        #[hash_key]
        pub id: String,
    }

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Labels {
        #[hash_key]
        pub id: String,
    }
}

#[stack(name = "shop")]
pub mod shop {
    use super::*;

    /// It was called `Mail`.
    #[component(archive)]
    pub struct Post;
}

fn main() {
    let before = webhook_infra::build::<shop::Stack>().render().unwrap().json.replace("post", "mail");
    let failure = webhook_infra::build::<shop::Stack>().render_against(&before).unwrap_err();
    let message = failure.to_string().replace(file!(), "src/stack.rs") + "\n";
    assert_eq!(message, include_str!("component_renamed.build.stderr"));
}
