//! Whatever the tokens are, the macro neither panics nor hangs, and what it writes is Rust.
//!
//! Stacks of this repository are mutated token by token. `FUZZ_SECONDS=600 cargo test --release -p
//! webhook-infra-front --test fuzz` runs for longer; a failure names the seed, and `FUZZ_SEED` repeats it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fastrand::Rng;
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// Stacks to start from: the attribute, and the module.
fn corpus() -> Vec<(TokenStream, TokenStream)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![root.join("src/stack.rs")];
    files.extend(rust_files(&root.join("tests/ui")));
    files.extend(rust_files(&root.join("crates/front/tests/stacks")));
    files
        .iter()
        .flat_map(|file| stacks(&fs::read_to_string(file).unwrap_or_default()))
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mut files = entries
        .flat_map(|path| match path.extension() {
            Some(extension) if extension == "rs" => vec![path],
            _ if path.is_dir() => rust_files(&path),
            _ => Vec::new(),
        })
        .collect::<Vec<_>>();
    files.sort();
    files
}

/// The `#[stack(…)] mod … { … }` items of a file.
fn stacks(text: &str) -> Vec<(TokenStream, TokenStream)> {
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return Vec::new();
    };
    let tokens = tokens.into_iter().collect::<Vec<_>>();
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let mut inner = group.stream().into_iter();
        let is_stack = matches!(inner.next(), Some(TokenTree::Ident(name)) if name == "stack");
        let Some(TokenTree::Group(attribute)) = inner.next().filter(|_| is_stack) else {
            continue;
        };
        let rest = &tokens[place + 1..];
        let end = rest
            .iter()
            .position(|token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace));
        if let Some(end) = end {
            found.push((attribute.stream(), rest[..=end].iter().cloned().collect()));
        }
    }
    found
}

/// One change somewhere in the tokens, inside groups as well as between them.
fn mutate(tokens: TokenStream, pool: &[TokenTree], rng: &mut Rng) -> TokenStream {
    let mut tokens = tokens.into_iter().collect::<Vec<_>>();
    if tokens.is_empty() {
        return pool[rng.usize(..pool.len())].clone().into();
    }
    let place = rng.usize(..tokens.len());
    if let TokenTree::Group(group) = &tokens[place] {
        if rng.u8(..10) > 0 {
            let delimiter = match rng.u8(..40) {
                0 => Delimiter::Parenthesis,
                1 => Delimiter::Brace,
                2 => Delimiter::Bracket,
                3 => Delimiter::None,
                _ => group.delimiter(),
            };
            let inner = mutate(group.stream(), pool, rng);
            tokens[place] = Group::new(delimiter, inner).into();
            return tokens.into_iter().collect();
        }
    }
    match rng.u8(..7) {
        0 => {
            tokens.remove(place);
        }
        1 => tokens.insert(place, tokens[place].clone()),
        2 => {
            let other = rng.usize(..tokens.len());
            tokens.swap(place, other);
        }
        3 => tokens[place] = pool[rng.usize(..pool.len())].clone(),
        4 => tokens.insert(place, pool[rng.usize(..pool.len())].clone()),
        5 => tokens[place] = strange(rng),
        _ => tokens.truncate(place),
    }
    tokens.into_iter().collect()
}

/// Literals that are easily forgotten.
fn strange(rng: &mut Rng) -> TokenTree {
    const TEXTS: [&str; 12] = [
        "",
        "${",
        "${}",
        "${${a}}",
        "$${x}",
        "%{ if }",
        "5",
        "99999999999999999999d",
        "/{}/{",
        "\u{0}\n\t\"",
        "${a[",
        "ä{ö}",
    ];
    match rng.u8(..5) {
        0 => Literal::u64_unsuffixed(rng.u64(..)).into(),
        1 => Literal::f64_suffixed(rng.f64()).into(),
        2 => Literal::byte_string(b"x").into(),
        3 => Literal::character('x').into(),
        _ => Literal::string(TEXTS[rng.usize(..TEXTS.len())]).into(),
    }
}

fn flatten(tokens: TokenStream, pool: &mut Vec<TokenTree>) {
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            flatten(group.stream(), pool);
        }
        pool.push(token);
    }
}

#[test]
fn mutated_stacks_never_panic() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let time = Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(5));
    let first = number("FUZZ_SEED");
    let texts = corpus()
        .iter()
        .map(|(attribute, module)| (attribute.to_string(), module.to_string()))
        .collect::<Vec<_>>();
    assert!(!texts.is_empty(), "there are stacks to start from");
    let start = Instant::now();
    let mut runs = 0_u64;
    let mut slowest = Duration::ZERO;
    let mut seed = first.unwrap_or_else(|| fastrand::u64(..));
    while start.elapsed() < time {
        // Positions of what was parsed before are kept for ever otherwise.
        proc_macro2::extra::invalidate_current_thread_spans();
        let mut rng = Rng::with_seed(seed);
        let (attribute, module) = &texts[rng.usize(..texts.len())];
        let mut attribute: TokenStream = attribute.parse().expect("it was made of tokens");
        let mut module: TokenStream = module.parse().expect("it was made of tokens");
        let mut pool = Vec::new();
        flatten(module.clone(), &mut pool);
        flatten(attribute.clone(), &mut pool);
        for _ in 0..rng.usize(1..9) {
            if rng.u8(..8) == 0 {
                attribute = mutate(attribute, &pool, &mut rng);
            } else {
                module = mutate(module, &pool, &mut rng);
            }
        }
        let began = Instant::now();
        let is_component = rng.u8(..4) == 0;
        let outcome = std::panic::catch_unwind(|| {
            // The same tokens as a component, and as a stack that has been answered with it.
            if is_component {
                let _ = webhook_infra_front::define_component(&attribute, module.clone());
                let body = module.clone().into_iter().last();
                let answer = quote::quote! { c (#attribute) #body [c] [#attribute] [] #module };
                let _ = webhook_infra_front::expand_with_component(answer);
            }
            webhook_infra_front::expand(attribute, &module);
        });
        slowest = slowest.max(began.elapsed());
        assert!(outcome.is_ok(), "a panic; FUZZ_SEED={seed} repeats it");
        runs += 1;
        if first.is_some() {
            break;
        }
        seed = rng.u64(..);
    }
    println!("{runs} stacks, the slowest took {slowest:?}");
}
