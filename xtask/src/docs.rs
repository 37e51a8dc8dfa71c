//! `cargo xtask docs`: the reference, made from the tables of the constructs and rules.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use webhook_infra_core::Severity;
use webhook_infra_core::check::all_rules;
use webhook_infra_core::rules::Rule;
use webhook_infra_front::STACK_KEYS;
use webhook_infra_front::constructs::capability::CAPABILITIES;
use webhook_infra_front::constructs::{ADDITIONS, COMMON, CONSTRUCTS, Construct, Key, Shape};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail when a page is not what it would be.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut pages = vec![
        (root.join("docs/constructs.md"), constructs_page()),
        (root.join("docs/rules/README.md"), rules_page()),
    ];
    for rule in all_rules() {
        pages.push((
            root.join(format!("docs/rules/{}.md", rule.name)),
            rule_page(&root, rule)?,
        ));
    }
    let readme = root.join("README.md");
    let text = fs::read_to_string(&readme)?;
    let text = replace_section(&text, "constructs", &constructs_table())?;
    pages.push((readme, text));
    let mut stale = Vec::new();
    for (path, text) in &pages {
        if fs::read_to_string(path).unwrap_or_default() != *text {
            stale.push(path.display().to_string());
            if !arguments.check {
                fs::create_dir_all(path.parent().unwrap_or(&root))?;
                fs::write(path, text)?;
            }
        }
    }
    stale.extend(orphans(&root, &pages, arguments.check)?);
    if arguments.check && !stale.is_empty() {
        return Err(format!("out of date, run `cargo xtask docs`: {}", stale.join(", ")).into());
    }
    println!("{} pages, {} renewed", pages.len(), stale.len());
    Ok(())
}

/// Pages of rules that are no more.
fn orphans(root: &Path, pages: &[(PathBuf, String)], check: bool) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join("docs/rules"))? {
        let path = entry?.path();
        if !pages.iter().any(|(page, _)| *page == path) {
            found.push(path.display().to_string());
            if !check {
                fs::remove_file(&path)?;
            }
        }
    }
    Ok(found)
}

/// Replaces what stands between `<!-- name -->` and `<!-- /name -->`.
fn replace_section(text: &str, name: &str, content: &str) -> Outcome<String> {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let missing = || format!("README.md has no section `{name}`");
    let start = text.find(&open).ok_or_else(missing)? + open.len();
    let end = start + text[start..].find(&close).ok_or_else(missing)?;
    Ok(format!("{}{content}{}", &text[..start], &text[end..]))
}

const NOTICE: &str = "<!-- Made by `cargo xtask docs` from the code; changes here are lost. -->\n";

// ---- constructs ----

fn constructs_table() -> String {
    let mut text = "| attribute | what it makes |\n| --- | --- |\n".to_owned();
    for construct in CONSTRUCTS {
        let name = construct.name;
        let _ = writeln!(
            text,
            "| [`#[{name}]`](docs/constructs.md#{name}) | {} |",
            construct.summary
        );
    }
    text
}

fn constructs_page() -> String {
    let mut text = format!(
        "{NOTICE}# Constructs\n\nEvery attribute has one grammar: `flag`, `key = value`, `block(key = value, …)`. A key that is not \
         listed here but is an argument or nested block of the main resource works as well, with \
         Terraform's name and the provider's schema behind it.\n\n"
    );
    text.push_str("## stack\n\nThe module: `#[stack(name = \"orders\", region = \"eu-central-1\")] pub mod orders { … }`. Every argument of the AWS provider works besides.\n\n");
    keys_table(STACK_KEYS, "", &mut text);
    for construct in CONSTRUCTS {
        construct_section(construct, &mut text);
    }
    text.push_str("## Every resource\n\n");
    keys_table(COMMON, "", &mut text);
    text.push_str("## Beside a construct\n\nAttributes of a struct that is declared with one of the above.\n\n");
    for addition in ADDITIONS {
        let _ = writeln!(text, "### {}\n\n{}.\n", addition.name, addition.summary);
        keys_table(addition.keys, "", &mut text);
    }
    text.push_str("## Capabilities\n\nThe fields of a `#[lambda]` or a `#[state_machine]`: `pub events: SendMessage<Events>`.\n\n| type | lets the function | for | actions |\n| --- | --- | --- | --- |\n");
    for capability in CAPABILITIES {
        let _ = writeln!(
            text,
            "| `{}` | {} | `#[{}]` | `{}` |",
            capability.name,
            capability.doc,
            capability.construct,
            capability.actions.join("`, `")
        );
    }
    text
}

fn construct_section(construct: &Construct, text: &mut String) {
    let _ = writeln!(text, "## {}\n\n{}.\n", construct.name, construct.summary);
    if !construct.main.is_empty() {
        let _ = writeln!(text, "Main resource: `{}`.\n", construct.main);
    }
    if !construct.parts.is_empty() {
        let parts = construct
            .parts
            .iter()
            .map(|part| format!("`.{}` (`{}`)", part.name, part.resource))
            .collect::<Vec<_>>();
        let _ = writeln!(
            text,
            "Helpers that can be referred to: {}.\n",
            parts.join(", ")
        );
    }
    if !construct.keys.is_empty() {
        keys_table(construct.keys, "", text);
    }
    let mut last: Option<&[Key]> = None;
    if !construct.fields.is_empty() {
        text.push_str("On its fields:\n\n| attribute | meaning |\n| --- | --- |\n");
        for field in construct.fields {
            let _ = writeln!(text, "| `#[{}]` | {} |", field.name, field.doc);
            if !field.keys.is_empty() {
                last = Some(field.keys);
            }
        }
        text.push('\n');
    }
    if let Some(keys) = last {
        text.push_str("with these keys:\n\n");
        keys_table(keys, "", text);
    }
}

fn keys_table(keys: &[Key], around: &str, text: &mut String) {
    if around.is_empty() {
        text.push_str("| key | written as | meaning |\n| --- | --- | --- |\n");
    }
    for key in keys {
        let argument = if key.argument.is_empty() || key.argument == key.name {
            String::new()
        } else {
            format!(" Sets `{}`.", key.argument)
        };
        let name = format!("{around}{}", key.name);
        let values = match key.shape {
            Shape::OneOf(values) => {
                let names = values
                    .iter()
                    .map(|(name, _)| format!("`\"{name}\"`"))
                    .collect::<Vec<_>>();
                format!(" One of {}.", names.join(", "))
            }
            _ => String::new(),
        };
        let _ = writeln!(
            text,
            "| `{name}` | {} | {}{values}{argument} |",
            key.shape.example(key.name),
            key.doc
        );
        if let Shape::Block(inner) | Shape::Resource(inner, _) = key.shape {
            keys_table(inner, &format!("{name}."), text);
        }
        if let Shape::BySource(sources) = key.shape {
            for source in sources {
                keys_table(
                    source.keys,
                    &format!("{name}(#[{}]).", source.construct),
                    text,
                );
            }
        }
    }
    if around.is_empty() {
        text.push('\n');
    }
}

// ---- rules ----

fn rules_table() -> String {
    let mut text = "| rule | demands that | |\n| --- | --- | --- |\n".to_owned();
    let rules = webhook_infra_core::rules::RULES
        .iter()
        .chain(webhook_infra_core::state::RULES);
    for rule in rules {
        let _ = writeln!(
            text,
            "| [`{0}`]({0}.md) | {1} | {2} |",
            rule.name,
            rule.summary,
            rule.severity.name()
        );
    }
    text
}

fn rules_page() -> String {
    let mut text = format!(
        "{NOTICE}# Rules\n\n`reject`: AWS or Terraform would refuse it; it cannot be suppressed. `deny`: it weakens the \
         deployment; the build fails unless the rule is suppressed with a reason. `warn`: the build says so and goes on.\n\n\
         A rule is suppressed on the struct that the message points at, or on the module for all of the stack:\n\n\
         ```rust\n#[webhook_infra::expect(sqs_missing_dlq, reason = \"the sender repeats what is not processed within a minute\")]\n```\n\n\
         `expect` is reported when the mistake is no longer there; `allow` is not.\n\n## Of AWS and of good practice\n\n"
    );
    text.push_str(&rules_table());
    text.push_str("\n## Of Terraform's language and the provider's schema\n\n| check | demands that | |\n| --- | --- | --- |\n");
    for rule in webhook_infra_core::check::CHECKS {
        let _ = writeln!(
            text,
            "| [`{0}`]({0}.md) | {1} | {2} |",
            rule.name,
            rule.summary,
            rule.severity.name()
        );
    }
    text
}

fn rule_page(root: &Path, rule: &Rule) -> Outcome<String> {
    let mut text = format!(
        "{NOTICE}# `{}`\n\n**{}: {}.**\n\n{}\n\nSource: {}.\n",
        rule.name,
        rule.severity.name(),
        rule.summary,
        rule.explanation,
        rule.source
    );
    text.push_str(&facts(rule));
    let example = |ending: &str| find(&root.join("tests/ui"), &format!("{}{ending}", rule.name));
    let broken = example(".fail.rs")
        .or_else(|| example(".warn.rs"))
        .or_else(|| example(".build.rs"));
    if let Some(file) = broken {
        let _ = write!(
            text,
            "\n## A stack that breaks it\n\n```rust\n{}```\n",
            stack_of(&file)?
        );
        let message = file.with_extension("stderr");
        if message.exists() {
            let _ = write!(
                text,
                "\n```text\n{}```\n",
                fs::read_to_string(message)?.replace("$DIR/", "")
            );
        }
    }
    if let Some(file) = example(".pass.rs") {
        let _ = write!(
            text,
            "\n## The same, mended\n\n```rust\n{}```\n",
            stack_of(&file)?
        );
    }
    if rule.severity != Severity::Reject {
        let _ = write!(
            text,
            "\n## When it does not apply\n\n```rust\n#[webhook_infra::expect({}, reason = \"…\")]\n```\n",
            rule.name
        );
    }
    Ok(text)
}

/// The tables behind a rule.
fn facts(rule: &Rule) -> String {
    let mut text = String::new();
    match rule.name {
        "stateful_removed" => {
            text.push_str("\n## What holds data\n\n| type | what is lost |\n| --- | --- |\n");
            for stateful in webhook_infra_core::state::STATEFUL {
                let _ = writeln!(text, "| `{}` | {} |", stateful.type_name, stateful.lost);
            }
        }
        "stateful_replaced" => {
            text.push_str("\n## What cannot be changed\n\n| type | argument |\n| --- | --- |\n");
            for (type_name, argument) in webhook_infra_core::state::replacing_arguments() {
                let _ = writeln!(text, "| `{type_name}` | `{argument}` |");
            }
        }
        _ => {}
    }
    text
}

/// The file without its `main`.
fn stack_of(file: &Path) -> Outcome<String> {
    let text = fs::read_to_string(file)?;
    let end = text.find("\nfn main()").unwrap_or(text.len());
    Ok(format!("{}\n", text[..end].trim_end()))
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut entries = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect::<Vec<_>>();
    entries.sort();
    entries.into_iter().find_map(|path| {
        if path.is_dir() {
            find(&path, name)
        } else {
            (path.file_name()?.to_str()? == name).then_some(path)
        }
    })
}
