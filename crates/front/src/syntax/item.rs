//! The items of the module: annotated structs are taken apart, everything else is passed on.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;

use super::attribute::{Entry, parse_entries};
use crate::errors::Errors;

/// The module under `#[stack]`.
pub(crate) struct Module {
    /// Attributes, visibility, `mod` and the name.
    pub(crate) head: TokenStream,
    pub(crate) name: Ident,
    /// Attributes of the module that are ours: suppressions.
    pub(crate) annotations: Vec<Annotation>,
    pub(crate) docs: String,
    pub(crate) items: Vec<Item>,
}

/// An item of the module.
pub(crate) enum Item {
    /// A struct, annotated or not.
    Struct(Box<StructItem>),
    /// Anything else.
    Other(TokenStream),
}

/// A struct of the module.
pub(crate) struct StructItem {
    /// The struct, without the attributes that only this macro knows.
    pub(crate) syntax: syn::DeriveInput,
    /// Attributes that belong to the macro: constructs and suppressions.
    pub(crate) annotations: Vec<Annotation>,
    /// The annotations of each field, in order.
    pub(crate) fields: Vec<Vec<Annotation>>,
    /// The documentation comment.
    pub(crate) docs: String,
    /// The documentation comment of each field.
    pub(crate) field_docs: Vec<String>,
    /// Whether a part of it could not be read.
    pub(crate) is_faulty: bool,
    /// The tokens, when they are no Rust.
    pub(crate) broken: Option<TokenStream>,
}

/// An attribute, in the grammar of this crate.
#[derive(Clone, Debug)]
pub(crate) struct Annotation {
    /// The last name of the attribute's path: `sqs` of `#[sqs(…)]`.
    pub(crate) name: Ident,
    pub(crate) entries: Vec<Entry>,
    /// The tokens between the brackets.
    pub(crate) tokens: TokenStream,
}

/// Takes the module apart. `None` when it is no module with a body; that is reported.
pub(crate) fn parse_module(
    item: TokenStream,
    is_ours: &dyn Fn(&str) -> bool,
    errors: &mut Errors,
) -> Option<Module> {
    let help = "write `#[stack(name = \"…\")] pub mod my_stack { … }`";
    let mut head = item.into_iter().collect::<Vec<_>>();
    let body = match head.pop() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => group,
        other => {
            let span = other.as_ref().map_or_else(Span::call_site, TokenTree::span);
            errors.add(
                span,
                "`#[stack]` takes a module with its items in braces",
                help,
            );
            return None;
        }
    };
    let word = head
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(word) if word == "mod"));
    let Some(TokenTree::Ident(name)) = word.and_then(|word| head.get(word + 1)) else {
        errors.add(body.span_open(), "`#[stack]` takes a module", help);
        return None;
    };
    let name = name.clone();
    let (attributes, rest) = split_attributes(head);
    let sorted = sort_attributes(&attributes, is_ours, errors);
    let mut tokens = sorted.others;
    tokens.extend(rest);
    Some(Module {
        head: tokens,
        name,
        annotations: sorted.ours,
        docs: sorted.docs,
        items: split_items(body.stream())
            .into_iter()
            .map(|tokens| item_from(tokens, is_ours, errors))
            .collect(),
    })
}

/// Cuts a list of items at their ends, without understanding them, so that a mistake in one leaves the
/// others alone.
pub(crate) fn split_items(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut items = Vec::new();
    let mut item: Vec<TokenTree> = Vec::new();
    let mut keyword = String::new();
    let mut after_hash = false;
    for token in tokens {
        let ends = match &token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => true,
            TokenTree::Group(group) => {
                let is_attribute = after_hash && group.delimiter() == Delimiter::Bracket;
                !is_attribute
                    && group.delimiter() == Delimiter::Brace
                    && !matches!(keyword.as_str(), "use" | "const" | "static" | "type")
            }
            TokenTree::Ident(word) => {
                if keyword.is_empty() {
                    let word = word.to_string();
                    // `pub`, `pub(crate)`, `unsafe`, `async`, … come before the keyword.
                    if matches!(
                        word.as_str(),
                        "struct"
                            | "enum"
                            | "union"
                            | "fn"
                            | "impl"
                            | "trait"
                            | "mod"
                            | "use"
                            | "const"
                            | "static"
                            | "type"
                            | "macro_rules"
                    ) {
                        keyword = word;
                    }
                } else if keyword == "const" && (word == "fn" || word == "unsafe") {
                    "fn".clone_into(&mut keyword);
                }
                false
            }
            _ => false,
        };
        after_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#')
            || after_hash && matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
        item.push(token);
        if ends {
            items.push(std::mem::take(&mut item));
            keyword.clear();
        }
    }
    if !item.is_empty() {
        items.push(item);
    }
    items
}

struct Sorted {
    ours: Vec<Annotation>,
    others: TokenStream,
    docs: String,
}

/// The attributes at the front of an item, as the groups in brackets, and what follows them.
pub(crate) fn split_attributes(tokens: Vec<TokenTree>) -> (Vec<Group>, Vec<TokenTree>) {
    let mut attributes = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut rest = Vec::new();
    while let Some(token) = tokens.next() {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        match tokens.peek() {
            Some(TokenTree::Group(group)) if is_hash && group.delimiter() == Delimiter::Bracket => {
                attributes.push(group.clone());
                tokens.next();
            }
            _ => {
                rest.push(token);
                rest.extend(tokens);
                break;
            }
        }
    }
    (attributes, rest)
}

fn sort_attributes(
    attributes: &[Group],
    is_ours: &dyn Fn(&str) -> bool,
    errors: &mut Errors,
) -> Sorted {
    let mut sorted = Sorted {
        ours: Vec::new(),
        others: TokenStream::new(),
        docs: String::new(),
    };
    for group in attributes {
        if let Some(line) = doc_line(&group.stream()) {
            push_doc(&mut sorted.docs, &line);
        }
        match annotation(group, is_ours, errors) {
            Some(annotation) => sorted.ours.push(annotation),
            None => {
                sorted
                    .others
                    .extend([TokenTree::Punct(proc_macro2::Punct::new(
                        '#',
                        proc_macro2::Spacing::Alone,
                    ))]);
                sorted.others.extend([TokenTree::Group(group.clone())]);
            }
        }
    }
    sorted
}

fn push_doc(docs: &mut String, line: &str) {
    if !docs.is_empty() {
        docs.push('\n');
    }
    docs.push_str(line.trim());
}

fn doc_line(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(doc), TokenTree::Punct(_), TokenTree::Literal(text)) if doc == "doc" => {
            syn::parse_str::<syn::LitStr>(&text.to_string())
                .ok()
                .map(|text| text.value())
        }
        _ => None,
    }
}

/// The annotation, when its path ends in a name of ours and has at most the crate in front.
fn annotation(
    group: &Group,
    is_ours: &dyn Fn(&str) -> bool,
    errors: &mut Errors,
) -> Option<Annotation> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut name = None;
    let mut crate_only = true;
    let mut is_prefixed = false;
    while let Some(TokenTree::Ident(part)) =
        tokens.next_if(|token| matches!(token, TokenTree::Ident(_)))
    {
        if name
            .as_ref()
            .is_some_and(|first: &Ident| first != "webhook_infra")
        {
            crate_only = false;
        }
        is_prefixed |= name.is_some();
        name = Some(part);
        let is_colon =
            |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
        if tokens.next_if(is_colon).is_none() || tokens.next_if(is_colon).is_none() {
            break;
        }
    }
    let name = name.filter(|name| crate_only && is_ours(&name.to_string()))?;
    let content = match tokens.next() {
        None => TokenStream::new(),
        Some(TokenTree::Group(content)) if content.delimiter() == Delimiter::Parenthesis => {
            content.stream()
        }
        Some(other) => {
            errors.add(
                other.span(),
                format!("`#[{name}]` takes its entries in parentheses"),
                format!("write `#[{name}(…)]`"),
            );
            TokenStream::new()
        }
    };
    let is_suppression = name == "expect" || name == "allow";
    // Lints of rustc's stay where they are.
    if is_suppression && !is_prefixed {
        if content.to_string().contains("webhook_infra") {
            errors.add(
                name.span(),
                "rustc lets only its own tools name lints here (E0710)",
                format!("write `#[webhook_infra::{name}(rule, reason = \"…\")]`"),
            );
        } else {
            return None;
        }
    }
    let entries = if is_suppression || name == crate::component::MARKER {
        Vec::new()
    } else {
        parse_entries(content.clone(), group.span_close(), errors)
    };
    Some(Annotation {
        name,
        entries,
        tokens: content,
    })
}

fn item_from(tokens: Vec<TokenTree>, is_ours: &dyn Fn(&str) -> bool, errors: &mut Errors) -> Item {
    let mistakes = errors.len();
    let (attributes, rest) = split_attributes(tokens);
    let is_struct = rest
        .iter()
        .find_map(|token| match token {
            TokenTree::Ident(word) if word != "pub" => Some(word == "struct"),
            TokenTree::Ident(_) | TokenTree::Group(_) => None,
            _ => Some(false),
        })
        .unwrap_or(false);
    let sorted = sort_attributes(&attributes, is_ours, errors);
    let mut tokens = sorted.others;
    tokens.extend(rest);
    if !is_struct {
        for annotation in &sorted.ours {
            let name = &annotation.name;
            if name == crate::component::MARKER {
                continue;
            }
            if name == "expect" || name == "allow" {
                errors.add(
                    name.span(),
                    "there is no resource here whose rules could be suppressed",
                    "put the attribute on a struct with a construct, or on the module",
                );
            } else {
                errors.add(
                    name.span(),
                    format!("`#[{name}]` stands on a struct"),
                    format!("write `#[{name}(…)] pub struct Name;`"),
                );
            }
        }
        return Item::Other(tokens);
    }
    match syn::parse2::<syn::DeriveInput>(tokens.clone()) {
        Ok(mut syntax) => {
            let (fields, field_docs) = fields(&mut syntax, is_ours, errors);
            Item::Struct(Box::new(StructItem {
                syntax,
                annotations: sorted.ours,
                fields,
                docs: sorted.docs,
                field_docs,
                is_faulty: errors.len() > mistakes,
                broken: None,
            }))
        }
        // rustc says what is wrong when it reads the item back; its name is known all the same.
        Err(_) => broken_struct(tokens, sorted.ours, sorted.docs),
    }
}

/// A struct that is no Rust: its name stands for it, and its tokens are passed on.
fn broken_struct(tokens: TokenStream, annotations: Vec<Annotation>, docs: String) -> Item {
    let mut rest = tokens
        .clone()
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "struct"));
    let Some(TokenTree::Ident(name)) = rest.nth(1) else {
        return Item::Other(tokens);
    };
    let Ok(syntax) = syn::parse2(quote::quote! { pub struct #name; }) else {
        return Item::Other(tokens);
    };
    Item::Struct(Box::new(StructItem {
        syntax,
        annotations,
        fields: Vec::new(),
        docs,
        field_docs: Vec::new(),
        is_faulty: true,
        broken: Some(tokens),
    }))
}

/// Takes our attributes off the fields.
fn fields(
    syntax: &mut syn::DeriveInput,
    is_ours: &dyn Fn(&str) -> bool,
    errors: &mut Errors,
) -> (Vec<Vec<Annotation>>, Vec<String>) {
    let mut annotations = Vec::new();
    let mut docs = Vec::new();
    let syn::Data::Struct(data) = &mut syntax.data else {
        return (annotations, docs);
    };
    for field in &mut data.fields {
        let mut ours = Vec::new();
        let mut doc = String::new();
        field.attrs.retain(|attribute| {
            let tokens = attribute.meta.to_token_stream();
            if let Some(line) = doc_line(&tokens) {
                push_doc(&mut doc, &line);
            }
            let mut group = Group::new(Delimiter::Bracket, tokens);
            group.set_span(attribute.bracket_token.span.join());
            match annotation(&group, is_ours, errors) {
                Some(annotation) => {
                    ours.push(annotation);
                    false
                }
                None => true,
            }
        });
        annotations.push(ours);
        docs.push(doc);
    }
    (annotations, docs)
}
