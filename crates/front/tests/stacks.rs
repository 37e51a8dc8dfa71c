//! Stacks and the Terraform JSON that comes of them: each `tests/stacks/<theme>/<name>.rs` has a
//! `<name>.tf.json` beside it, without the blocks that all stacks share.
//!
//! `UPDATE=1 cargo test -p webhook-infra-front --test stacks` renews the files; read the difference.
//! With `KEEP_STACKS=folder` the whole documents are written there, a folder each, for Terraform to judge,
//! with the files of the folder `<name>` where there is one. `// json only: why` keeps a stack from it.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use webhook_infra_core::{BlockKind, json};

#[test]
fn stacks_become_the_terraform_json_beside_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stacks");
    let files = rust_files(&root);
    assert!(!files.is_empty(), "there are stacks");
    let mut wrong = Vec::new();
    for file in files {
        let name = file
            .strip_prefix(&root)
            .expect("the file is in the folder")
            .with_extension("");
        let text = fs::read_to_string(&file).expect("the stack can be read");
        let (attribute, module) =
            stack(&text).unwrap_or_else(|| panic!("{} has a `#[stack(…)] mod`", file.display()));
        let mut reading = webhook_infra_front::read(attribute, &module);
        if !reading.errors.is_empty() {
            wrong.push(format!(
                "{}:\n{}",
                file.display(),
                reading.errors.join("\n\n")
            ));
            continue;
        }
        let is_judged = !text.contains("// json only: ");
        if let Some(folder) = std::env::var_os("KEEP_STACKS").filter(|_| is_judged) {
            let folder = PathBuf::from(folder).join(&name);
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(folder.join("main.tf.json"), json::render(&reading.document))
                .expect("the document can be written");
            copy(&file.with_extension(""), &folder);
        }
        // What every stack has is tested once, and would bury what this one is about.
        if name != Path::new("language/smallest") && !text.contains("// whole document") {
            reading.document.blocks.retain(|block| {
                block.kind != BlockKind::Terraform
                    && !(block.kind == BlockKind::Provider && block.body.get("alias").is_none())
            });
        }
        let found = json::render(&reading.document);
        let expected = file.with_extension("tf.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&expected, &found).expect("the file can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("{} is out of date:\n{found}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Copies what is in a folder, if it is there.
fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).into_iter().flatten() {
        let path = entry.expect("its entries can be read").path();
        let place = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            fs::create_dir_all(&place).expect("the folder can be made");
            copy(&path, &place);
        } else {
            fs::copy(&path, &place).expect("the file can be copied");
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The first `#[stack(attribute)] … mod … { … }` of a file.
fn stack(text: &str) -> Option<(TokenStream, TokenStream)> {
    let tokens = text
        .parse::<TokenStream>()
        .ok()?
        .into_iter()
        .collect::<Vec<_>>();
    tokens.iter().enumerate().find_map(|(place, token)| {
        let TokenTree::Group(group) = token else {
            return None;
        };
        let mut inner = group.stream().into_iter();
        if !matches!(inner.next(), Some(TokenTree::Ident(name)) if name == "stack") {
            return None;
        }
        let Some(TokenTree::Group(attribute)) = inner.next() else {
            return None;
        };
        let rest = &tokens[place + 1..];
        let end = rest.iter().position(
            |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
        )?;
        Some((attribute.stream(), rest[..=end].iter().cloned().collect()))
    })
}
