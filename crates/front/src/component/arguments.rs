//! `name`, or `name = value`: the parameters of a component, and what is passed for them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};

use crate::errors::Errors;

/// A parameter with its default, or what is passed for it.
pub(super) struct Argument {
    pub(super) name: Ident,
    /// The tokens behind the `=`; `None` for a lone name.
    pub(super) value: Option<Vec<TokenTree>>,
}

/// Reads a list of them. What is none is reported and left out.
pub(super) fn read(tokens: TokenStream, end: Span, errors: &mut Errors) -> Vec<Argument> {
    let tokens = tokens.into_iter().collect::<Vec<_>>();
    let mut arguments: Vec<Argument> = Vec::new();
    for part in split(&tokens) {
        let argument = match part {
            [] => continue,
            [TokenTree::Ident(name)] => Argument {
                name: name.clone(),
                value: None,
            },
            [TokenTree::Ident(name), TokenTree::Punct(equals), value @ ..]
                if equals.as_char() == '=' && !value.is_empty() =>
            {
                Argument {
                    name: name.clone(),
                    value: Some(value.to_vec()),
                }
            }
            [first, ..] => {
                let span = first.span();
                errors.add(
                    if first.to_string().is_empty() {
                        end
                    } else {
                        span
                    },
                    "a parameter is a name, with or without a value",
                    "write `name` or `name = value`",
                );
                continue;
            }
        };
        if arguments.iter().any(|other| other.name == argument.name) {
            errors.add(
                argument.name.span(),
                format!("`{}` is given twice", argument.name),
                "remove one of the two",
            );
            continue;
        }
        arguments.push(argument);
    }
    arguments
}

/// The parts between commas.
pub(super) fn split(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
}
