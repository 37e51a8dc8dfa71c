//! Terraform source that the parser has no form for: what can be known of it all the same.

use super::parse::Parser;
use crate::value::{Reference, Target, ValueKind};

/// A bracket or quote that is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// `(`, `[` or `{`, with what closes it.
    Bracket(char),
    /// `"`: template source until the next one.
    Quote,
    /// `${` or `%{` in template source.
    Interpolation,
}

/// Whether every bracket, quote and interpolation of an expression is closed.
pub fn is_balanced(text: &str) -> bool {
    walk(text, false, &mut |_| {})
}

/// The references in an expression, or in template source: those to something with a name that can be
/// told from other words (`var.x`, `local.x`, `module.x`, `data.x.y`, `type.name`).
pub fn scan(text: &str, template: bool) -> Vec<Reference> {
    let mut found = Vec::new();
    walk(text, template, &mut |place| {
        let before = text[..place].trim_end();
        if before.ends_with('.') && !before.ends_with("...") {
            return;
        }
        let Some(reference) = Parser::new(text).at(place).lone_reference() else {
            return;
        };
        if !matches!(reference.target, Target::Scoped(_)) {
            found.push(reference);
        }
    });
    found
}

/// Calls `visit` with the place of every word that stands in an expression; tells whether all that is
/// opened is closed.
fn walk(text: &str, template: bool, visit: &mut dyn FnMut(usize)) -> bool {
    let mut open: Vec<Open> = Vec::new();
    let mut place = 0;
    while let Some(c) = text[place..].chars().next() {
        let rest = &text[place..];
        let is_template = match open.last() {
            None => template,
            Some(last) => *last == Open::Quote,
        };
        let mut length = c.len_utf8();
        if is_template {
            if rest.starts_with("$${") || rest.starts_with("%%{") {
                length = 3;
            } else if rest.starts_with("${") || rest.starts_with("%{") {
                open.push(Open::Interpolation);
                length = 2;
            } else if c == '\\' && !open.is_empty() {
                length += rest[length..].chars().next().map_or(0, char::len_utf8);
            } else if c == '"' && !open.is_empty() {
                open.pop();
            }
        } else if c == '#' || rest.starts_with("//") {
            length = rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            match rest.find("*/") {
                Some(end) => length = end + 2,
                None => return false,
            }
        } else if rest.starts_with("<<") && heredoc(rest).is_some() {
            length = heredoc(rest).unwrap_or(length);
        } else if c == '"' {
            open.push(Open::Quote);
        } else if let Some(close) = closing(c) {
            open.push(Open::Bracket(close));
        } else if matches!(c, ')' | ']' | '}') {
            let expected = match open.pop() {
                Some(Open::Bracket(close)) => close,
                Some(Open::Interpolation) => '}',
                _ => return false,
            };
            if c != expected {
                return false;
            }
        } else if c.is_alphanumeric() || c == '_' {
            visit(place);
            length = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
                .unwrap_or(rest.len());
        }
        place += length;
    }
    open.is_empty()
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    })
}

/// The length of a heredoc from its `<<` to the end of its closing word. What is in it is left alone.
fn heredoc(text: &str) -> Option<usize> {
    let (head, _) = text.split_once('\n')?;
    let word = head.trim_start_matches('<').trim_start_matches('-').trim();
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut length = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        length += line.len();
        if number > 0 && line.trim() == word {
            return Some(length);
        }
    }
    None
}

impl Parser<'_> {
    /// The reference at this place, when one stands here and no function.
    fn lone_reference(mut self) -> Option<Reference> {
        match self.postfix().ok()?.kind {
            ValueKind::Reference(reference) => Some(reference),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str, template: bool) -> Vec<String> {
        scan(text, template)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn references_are_found_in_text_that_has_no_form() {
        assert_eq!(scanned("<<EOT\nvar.x\nEOT\n", false), Vec::<String>::new());
        assert_eq!(
            scanned("\"%{ if var.a }x${~ local.b ~}var.c%{ endif }\"", false),
            ["var.a", "local.b"]
        );
        assert_eq!(
            scanned("a ${~ aws_sqs_queue.q.arn } $${var.no} b", true),
            ["aws_sqs_queue.q.arn"]
        );
        assert_eq!(
            scanned("upper(/* var.no */ data.aws_region.r.name)", false),
            ["data.aws_region.r.name"]
        );
    }

    #[test]
    fn brackets_and_quotes_are_counted() {
        for text in [
            "\"%{ if true }x%{ endif }\"",
            "f(a # )\n)",
            "\"a\\\"b\"",
            "{a = [1]}",
        ] {
            assert!(is_balanced(text), "{text}");
        }
        for text in ["f(", "[1)", "\"x", "\"${x\"", "}", "/* x"] {
            assert!(!is_balanced(text), "{text}");
        }
    }
}
