//! Mistakes of the author, collected so that one compile reports all of them.

use proc_macro2::{
    Delimiter, Group, Ident, LineColumn, Literal, Punct, Spacing, Span, TokenStream, TokenTree,
};

/// A mistake, at the token to change.
#[derive(Clone, Debug)]
pub(crate) struct Error {
    pub(crate) span: Span,
    pub(crate) text: String,
}

impl Error {
    /// What is wrong, and what to write instead.
    pub(crate) fn new(span: Span, message: impl Into<String>, help: impl AsRef<str>) -> Self {
        let mut text = message.into();
        if !help.as_ref().is_empty() {
            text.push_str("\nhelp: ");
            text.push_str(help.as_ref());
        }
        Self { span, text }
    }

    /// `compile_error!` at the mistake.
    pub(crate) fn to_tokens(&self) -> TokenStream {
        let mut literal = Literal::string(&self.text);
        literal.set_span(self.span);
        let mut body = Group::new(
            Delimiter::Brace,
            TokenStream::from(TokenTree::Literal(literal)),
        );
        body.set_span(self.span);
        let path = [":", ":", "core", ":", ":", "compile_error", "!"];
        let mut tokens = path
            .into_iter()
            .map(|text| match text {
                ":" | "!" => {
                    let spacing = if text == ":" {
                        Spacing::Joint
                    } else {
                        Spacing::Alone
                    };
                    let mut punct = Punct::new(text.chars().next().unwrap_or(':'), spacing);
                    punct.set_span(self.span);
                    TokenTree::Punct(punct)
                }
                _ => TokenTree::Ident(Ident::new(text, self.span)),
            })
            .collect::<TokenStream>();
        tokens.extend([TokenTree::Group(body)]);
        tokens
    }
}

/// The mistakes of a stack.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    list: Vec<Error>,
    /// Where everything has been said.
    settled: Vec<LineColumn>,
}

impl Errors {
    /// Takes one down.
    pub(crate) fn push(&mut self, error: Error) {
        if !self.settled.contains(&error.span.start()) {
            self.list.push(error);
        }
    }

    /// Takes one down, and nothing more at its place: what stands there was made up to go on with.
    pub(crate) fn settle(&mut self, error: Error) {
        let place = error.span.start();
        self.push(error);
        self.settled.push(place);
    }

    /// Takes one down.
    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>, help: impl AsRef<str>) {
        self.push(Error::new(span, message, help));
    }

    /// Says of those after the first `from` ones that stand at `span` where they come from.
    pub(crate) fn see(&mut self, from: usize, span: Span, what: &str) {
        let place = span.start();
        for error in self.list.iter_mut().skip(from) {
            if error.span.start() == place {
                let end = error.text.find("\nhelp: ").unwrap_or(error.text.len());
                error.text.insert_str(end, &format!("\nsee: {what}"));
            }
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// All of them, in the order of the source.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.sorted().iter().map(Error::to_tokens).collect()
    }

    /// The text of each, in the order of the source.
    pub(crate) fn into_texts(self) -> Vec<String> {
        self.sorted().into_iter().map(|error| error.text).collect()
    }

    fn sorted(mut self) -> Vec<Error> {
        self.list.sort_by_key(|error| {
            let start = error.span.start();
            (start.line, start.column)
        });
        self.list
    }
}
