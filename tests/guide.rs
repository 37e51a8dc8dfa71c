//! Every snippet of the guide compiles, and its stacks have no mistakes.
//!
//! A snippet that is fenced as `rust` is a whole stack file: each of its stacks is built, too. `rust,build`
//! is a build.rs for the stack before it, and `rust,part` a file of which the stacks cannot be built by
//! themselves; these two are compiled only.

use std::fs;
use std::path::{Path, PathBuf};

/// A fenced piece of Rust in a page.
struct Snippet {
    page: String,
    line: usize,
    kind: String,
    text: String,
}

fn snippets() -> Vec<Snippet> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = fs::read_dir(root.join("docs/guide"))
        .expect("there is a guide")
        .map(|entry| entry.expect("its pages can be read").path())
        .collect::<Vec<PathBuf>>();
    pages.sort();
    let mut snippets = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).expect("the page can be read");
        let name = page.file_stem().unwrap_or_default().to_string_lossy();
        let mut open: Option<Snippet> = None;
        for (number, line) in text.lines().enumerate() {
            match &mut open {
                Some(_) if line.starts_with("```") => snippets.extend(open.take()),
                Some(snippet) => {
                    snippet.text.push_str(line);
                    snippet.text.push('\n');
                }
                None if line.starts_with("```") => {
                    open = Some(Snippet {
                        page: name.clone().into_owned(),
                        line: number + 1,
                        kind: line.trim_start_matches('`').to_owned(),
                        text: String::new(),
                    });
                }
                None => {}
            }
        }
    }
    snippets.retain(|snippet| snippet.kind.starts_with("rust"));
    snippets
}

/// The modules under a `#[stack(…)]`.
fn stacks(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_next = false;
    for line in text.lines() {
        is_next |= line.starts_with("#[stack(");
        let name = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(" {"));
        if let Some(name) = name.filter(|_| is_next) {
            found.push(name);
            is_next = false;
        }
    }
    found
}

#[test]
fn every_snippet_of_the_guide_compiles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/guide");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let snippets = snippets();
    let mut stack = String::new();
    for snippet in &snippets {
        let text = match snippet.kind.as_str() {
            "rust" => {
                let built = stacks(&snippet.text);
                assert!(
                    !built.is_empty(),
                    "docs/guide/{}.md:{} has no stack",
                    snippet.page,
                    snippet.line
                );
                let built = built
                    .into_iter()
                    .map(|name| {
                        format!("    webhook_infra::build::<{name}::Stack>().render().unwrap();\n")
                    })
                    .collect::<String>();
                stack.clone_from(&snippet.text);
                format!("{}\nfn main() {{\n{built}}}\n", snippet.text)
            }
            "rust,part" => {
                stack.clone_from(&snippet.text);
                format!("{}\nfn main() {{}}\n", snippet.text)
            }
            "rust,build" => {
                let script = snippet
                    .text
                    .replace("#[path = \"src/stack.rs\"]\n", "")
                    .replace("mod stack;", "")
                    .replace("fn main()", "pub fn build()");
                format!(
                    "#![allow(dead_code)]\nmod stack {{\n{stack}\n}}\n{script}\nfn main() {{}}\n"
                )
            }
            other => panic!(
                "docs/guide/{}.md:{}: what is `{other}`?",
                snippet.page, snippet.line
            ),
        };
        let file = folder.join(format!("{}_{}.rs", snippet.page, snippet.line));
        fs::write(file, text).expect("the file can be written");
    }
    if !snippets.is_empty() {
        trybuild::TestCases::new().pass("target/guide/*.rs");
    }
}
