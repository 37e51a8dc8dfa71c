//! The language of filter patterns.
//!
//! Source: Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric filters, subscription
//! filters, filter log events, and Live Tail".

/// What is wrong with a pattern, and what to write instead.
#[derive(Debug)]
pub(super) struct Flaw {
    /// Goes on after "`pattern` of metric filter `X`".
    pub(super) what: String,
    /// What to write.
    pub(super) help: String,
}

/// The kinds of pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words anywhere in the event.
    Words,
    /// `{ … }`.
    Json,
    /// `[ … ]`.
    Fields,
}

/// The kind of a pattern.
pub(super) fn kind(pattern: &str) -> Kind {
    match pattern.trim_start().chars().next() {
        Some('{') => Kind::Json,
        Some('[') => Kind::Fields,
        _ => Kind::Words,
    }
}

/// What is wrong with a pattern, if anything is.
pub(super) fn flaw(pattern: &str) -> Option<Flaw> {
    let pattern = pattern.trim();
    if pattern.is_empty() {
        return None;
    }
    let outcome = tokens(pattern).and_then(|tokens| match kind(pattern) {
        Kind::Words => words(&tokens),
        Kind::Json => json(&tokens),
        Kind::Fields => fields(&tokens),
    });
    outcome.err()
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// `"text"`.
    Text,
    /// `%expression%`.
    Regex,
    /// Everything else between spaces and marks.
    Word(String),
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`, `==`, `&&`, `||`, `&`, `|`, `,`, and brackets.
    Mark(String),
}

type Outcome<T> = Result<T, Flaw>;

fn wrong<T>(what: impl Into<String>, help: impl Into<String>) -> Outcome<T> {
    Err(Flaw {
        what: what.into(),
        help: help.into(),
    })
}

/// The pieces of a pattern, each with whether a space stands before it.
fn tokens(pattern: &str) -> Outcome<Vec<(Token, bool)>> {
    let kind = kind(pattern);
    let mut tokens: Vec<(Token, bool)> = Vec::new();
    let mut characters = pattern.chars().peekable();
    let mut spaced = true;
    while let Some(next) = characters.next() {
        if next.is_whitespace() {
            spaced = true;
            continue;
        }
        let token = match next {
            '"' => {
                quoted(&mut characters)?;
                Token::Text
            }
            '%' => {
                if !characters.by_ref().any(|next| next == '%') {
                    return wrong(
                        "has a regular expression that does not end",
                        "close it with `%`, or put the text in double quotes",
                    );
                }
                Token::Regex
            }
            '=' | '!' | '<' | '>' if kind != Kind::Words => {
                let mut mark = next.to_string();
                mark.extend(characters.next_if_eq(&'='));
                Token::Mark(mark)
            }
            '&' | '|' if kind != Kind::Words => {
                let mut mark = next.to_string();
                mark.extend(characters.next_if_eq(&next));
                Token::Mark(mark)
            }
            '{' | '}' | '(' | ')' | ',' | '[' | ']' if kind != Kind::Words => {
                Token::Mark(next.to_string())
            }
            _ => {
                let mut word = next.to_string();
                while let Some(next) = characters.peek().copied() {
                    let ends = match kind {
                        Kind::Words => next == '"' || next == '%',
                        Kind::Json => "=!<>&|(){}".contains(next),
                        Kind::Fields => "=!<>&|(),[]".contains(next),
                    };
                    if next.is_whitespace() || ends {
                        break;
                    }
                    characters.next();
                    word.push(next);
                    // `$.items[0]`, `$["a b"]`.
                    if next == '[' && kind == Kind::Json {
                        index(&mut characters, &mut word)?;
                    }
                }
                Token::Word(word)
            }
        };
        tokens.push((token, std::mem::replace(&mut spaced, false)));
    }
    Ok(tokens)
}

type Characters<'p> = std::iter::Peekable<std::str::Chars<'p>>;

fn quoted(characters: &mut Characters<'_>) -> Outcome<()> {
    while let Some(next) = characters.next() {
        match next {
            '\\' => {
                characters.next();
            }
            '"' => return Ok(()),
            _ => {}
        }
    }
    wrong(
        "has a double quote that is not closed",
        "close it; a quote within a text is written `\\\"`",
    )
}

fn index(characters: &mut Characters<'_>, word: &mut String) -> Outcome<()> {
    for next in characters.by_ref() {
        word.push(next);
        if next == ']' {
            return Ok(());
        }
    }
    wrong("has a `[` that is not closed", "close it with `]`")
}

/// `ERROR -"health check" ?timeout ?%5\d\d%`.
fn words(tokens: &[(Token, bool)]) -> Outcome<()> {
    for (token, _) in tokens {
        let Token::Word(word) = token else {
            continue;
        };
        let term = word.trim_start_matches(['-', '?']);
        let odd = term
            .chars()
            .find(|next| !next.is_alphanumeric() && *next != '_' && *next != '*');
        if let Some(odd) = odd {
            return wrong(
                format!("has `{odd}` in the word `{word}`"),
                format!(
                    "put it in double quotes, as everything but letters, digits and `_`: `{}\"{term}\"`",
                    &word[..word.len() - term.len()]
                ),
            );
        }
    }
    Ok(())
}

/// `{ ($.level = "ERROR" || $.code >= 500) && $.user NOT EXISTS }`.
fn json(tokens: &[(Token, bool)]) -> Outcome<()> {
    let mark = |token: Option<&(Token, bool)>, wanted: &str| matches!(token, Some((Token::Mark(mark), _)) if mark == wanted);
    if !mark(tokens.last(), "}") || tokens.len() < 2 {
        return wrong(
            "begins with `{` but does not end with `}`",
            "write `{ $.field = \"value\" }`",
        );
    }
    let mut rest = &tokens[1..tokens.len() - 1];
    if rest.is_empty() {
        return wrong(
            "has no condition between `{` and `}`",
            "write `{ $.field = \"value\" }`, or an empty pattern for all events",
        );
    }
    either(&mut rest, 0)?;
    match rest.first() {
        None => Ok(()),
        Some((Token::Mark(mark), _)) if mark == ")" => {
            wrong("has a `)` too many", "remove it, or open it with `(`")
        }
        Some((Token::Word(word), _))
            if ["and", "or"].contains(&word.to_ascii_lowercase().as_str()) =>
        {
            wrong(
                format!("joins conditions with `{word}`"),
                "write `&&` or `||`",
            )
        }
        Some(_) => wrong(
            "has two conditions with nothing between",
            "join them with `&&` or `||`; texts with spaces stand in double quotes",
        ),
    }
}

fn either(rest: &mut &[(Token, bool)], depth: usize) -> Outcome<()> {
    if depth > 64 {
        return Ok(());
    }
    loop {
        condition(rest, depth)?;
        match rest.first() {
            Some((Token::Mark(mark), _)) if mark == "&&" || mark == "||" => *rest = &rest[1..],
            Some((Token::Mark(mark), _)) if mark == "&" || mark == "|" => {
                return wrong(
                    format!("joins conditions with `{mark}`"),
                    format!("write `{mark}{mark}`"),
                );
            }
            _ => return Ok(()),
        }
    }
}

fn condition(rest: &mut &[(Token, bool)], depth: usize) -> Outcome<()> {
    let Some(((first, _), after)) = rest.split_first() else {
        return wrong(
            "ends where a condition should be",
            "write one, such as `$.field = \"value\"`",
        );
    };
    *rest = after;
    match first {
        Token::Mark(mark) if mark == "(" => {
            either(rest, depth + 1)?;
            match rest.split_first() {
                Some(((Token::Mark(mark), _), after)) if mark == ")" => {
                    *rest = after;
                    return Ok(());
                }
                _ => return wrong("has a `(` that is not closed", "close it with `)`"),
            }
        }
        Token::Word(word) if word.starts_with('$') => {}
        Token::Word(word) => {
            return wrong(
                format!("compares `{word}`, which is no field"),
                format!("write a field from `$` on: `$.{word}`"),
            );
        }
        _ => {
            return wrong(
                "has a condition that does not begin with a field",
                "write the field first: `$.field = \"value\"`",
            );
        }
    }
    comparison(rest)
}

fn comparison(rest: &mut &[(Token, bool)]) -> Outcome<()> {
    let help = "write `=`, `!=`, `<`, `<=`, `>`, `>=`, `IS NULL`, `IS TRUE`, `IS FALSE` or `NOT EXISTS` behind the field";
    match *rest {
        [(Token::Mark(mark), _), ..] if mark == "==" => {
            wrong("has `==`, which CloudWatch does not know", "write `=`")
        }
        [(Token::Mark(mark), _), value, after @ ..]
            if ["=", "!=", "<", "<=", ">", ">="].contains(&mark.as_str()) =>
        {
            if let (Token::Mark(mark), _) = value {
                return wrong(
                    format!("has `{mark}` where a value should be"),
                    "write a number, a text in double quotes, or a regular expression between `%`",
                );
            }
            *rest = after;
            Ok(())
        }
        [(Token::Mark(mark), _)] if mark != ")" => wrong(
            format!("ends after `{mark}`"),
            "write a number, a text in double quotes, or a regular expression between `%`",
        ),
        [(Token::Word(one), _), (Token::Word(two), _), after @ ..] if is_test(one, two) => {
            *rest = after;
            Ok(())
        }
        _ => wrong("has a field that is compared with nothing", help),
    }
}

fn is_test(one: &str, two: &str) -> bool {
    let is = one.eq_ignore_ascii_case("IS")
        && ["NULL", "TRUE", "FALSE"]
            .iter()
            .any(|word| two.eq_ignore_ascii_case(word));
    is || one.eq_ignore_ascii_case("NOT") && two.eq_ignore_ascii_case("EXISTS")
}

/// `[ip, user, ..., status = 4* || status = 5*, bytes > 1000]`.
fn fields(tokens: &[(Token, bool)]) -> Outcome<()> {
    if !matches!(tokens.last(), Some((Token::Mark(mark), _)) if mark == "]") || tokens.len() < 2 {
        return wrong(
            "begins with `[` but does not end with `]`",
            "write `[ip, user, status = 5*]`",
        );
    }
    let mut dots = 0;
    let mut depth = 0_usize;
    for (token, _) in &tokens[1..tokens.len() - 1] {
        match token {
            Token::Mark(mark) => match mark.as_str() {
                "==" => return wrong("has `==`, which CloudWatch does not know", "write `=`"),
                "&" | "|" => {
                    return wrong(
                        format!("joins conditions with `{mark}`"),
                        format!("write `{mark}{mark}`"),
                    );
                }
                "(" => depth += 1,
                ")" if depth == 0 => {
                    return wrong("has a `)` too many", "remove it, or open it with `(`");
                }
                ")" => depth -= 1,
                "[" | "]" => {
                    return wrong(
                        format!("has a `{mark}` within the brackets"),
                        "put texts with brackets in double quotes",
                    );
                }
                _ => {}
            },
            Token::Word(word) if word == "..." => dots += 1,
            _ => {}
        }
    }
    if depth > 0 {
        return wrong("has a `(` that is not closed", "close it with `)`");
    }
    if dots > 1 {
        return wrong(
            "has `...` twice, so that no field has a place",
            "leave one of the two, and name the other fields",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_guide_shows_is_fine() {
        for pattern in [
            "",
            " ",
            "ERROR",
            "\"INTERNAL SERVER ERROR\"",
            "ERROR ARGUMENTS",
            "?ERROR ?ARGUMENTS",
            "ERROR -EXITING",
            "-\"health check\"",
            "%ERROR%",
            "\"a \\\" b\"",
            "[...]",
            "{ $.eventType = \"UpdateTrail\" }",
            "{ $.sourceIPAddress != 123.123.* }",
            "{ $.arrayKey[0] = \"value\" }",
            "{ $.objectList[1].id = 2 }",
            "{ $.SomeObject IS NULL }",
            "{ $.SomeOtherObject NOT EXISTS }",
            "{ $.ThisFlag IS TRUE }",
            "{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }",
            "{ ($.errorCode = *UnauthorizedOperation) || ($.errorCode = AccessDenied*) }",
            "{ $.bandwidth > 75 }",
            "{ $.latency = * }",
            "{$.level=\"ERROR\"}",
            "{ $.eventType = %Trail% }",
            "{ $.user.email = \"John.Stiles@example.com\" || $.coordinates[0][1] = \"x\" && $.actions[2] = nonmatch }",
            "[ip, user, username, timestamp, request = *html*, status_code = 4*, bytes]",
            "[..., status_code = 4* || status_code = 5*, bytes > 1000]",
            "[w1=ERROR && w2=%TRAIL%, w2]",
            "[w1!=ERROR && w1!=\"a, b\", w2]",
        ] {
            assert!(flaw(pattern).is_none(), "{pattern}: {:?}", flaw(pattern));
        }
    }

    #[test]
    fn what_cloudwatch_cannot_read_is_told() {
        for (pattern, what) in [
            ("\"ERROR", "double quote"),
            ("%ERROR", "regular expression that does not end"),
            ("ERROR:", "has `:` in the word `ERROR:`"),
            ("foo-bar", "has `-` in the word"),
            ("{ $.level = \"ERROR\"", "does not end with `}`"),
            ("{}", "no condition"),
            ("{ }", "no condition"),
            (
                "{ level = \"ERROR\" }",
                "compares `level`, which is no field",
            ),
            ("{ $.level == \"ERROR\" }", "has `==`"),
            ("{ $.level = }", "ends after `=`"),
            ("{ $.level = && $.a = 1 }", "has `&&` where a value"),
            ("{ $.level }", "compared with nothing"),
            ("{ ($.a = 1 }", "`(` that is not closed"),
            ("{ $.a = 1) }", "`)` too many"),
            ("{ $.a = 1 and $.b = 2 }", "joins conditions with `and`"),
            ("{ $.a = 1 & $.b = 2 }", "joins conditions with `&`"),
            ("{ $.a = 1 $.b = 2 }", "nothing between"),
            ("{ $.a = two words }", "nothing between"),
            ("{ $.a = 1 && }", "ends where a condition"),
            ("{ $.a[0 = 1 }", "`[` that is not closed"),
            ("[ip, user", "does not end with `]`"),
            ("[..., a, ...]", "`...` twice"),
            ("[a == 1]", "has `==`"),
            ("[a = (1, b]", "`(` that is not closed"),
        ] {
            let found = flaw(pattern).unwrap_or_else(|| panic!("{pattern} is fine"));
            assert!(found.what.contains(what), "{pattern}: {}", found.what);
            assert!(!found.help.is_empty());
        }
    }
}
