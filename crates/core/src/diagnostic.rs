//! What is wrong, where, what would come of it, and what to write instead.

use crate::document::{Origin, OwnerId};

/// How serious a mistake is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look; the stack is written all the same. It can be suppressed.
    Warn,
    /// Weakens the deployment; nothing is written. It can be suppressed with a reason.
    Deny,
    /// AWS or Terraform would refuse it; nothing is written, and it cannot be suppressed.
    Reject,
}

impl Severity {
    /// The word in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Deny => "deny",
            Self::Reject => "reject",
        }
    }
}

/// The rule about suppressions themselves, which it makes no sense to suppress.
pub(crate) const UNFULFILLED: &str = "unfulfilled_expectation";

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the rule it breaks.
    pub rule: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// The token to change.
    pub origin: Origin,
    /// The declaration it is in.
    pub owner: Option<OwnerId>,
    /// What is wrong with which resource.
    pub message: String,
    /// What AWS or Terraform would do.
    pub consequence: String,
    /// What to write instead.
    pub help: String,
    /// Whether it is about a helper that a construct made, and not about what the declaration stands for.
    pub is_helper: bool,
    /// Other places that have a part in it: what is there, and where.
    pub related: Vec<(String, Origin)>,
}

impl Diagnostic {
    /// A diagnostic that is nothing but a message.
    pub fn new(
        rule: &'static str,
        severity: Severity,
        origin: Origin,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity,
            origin,
            owner: None,
            message: message.into(),
            consequence: String::new(),
            help: String::new(),
            is_helper: false,
            related: Vec::new(),
        }
    }

    /// Says what AWS or Terraform would do.
    pub fn because(&mut self, consequence: impl Into<String>) -> &mut Self {
        self.consequence = consequence.into();
        self
    }

    /// Says what to write instead.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = help.into();
        self
    }

    /// Names another place that has a part in it.
    pub fn related(&mut self, what: impl Into<String>, origin: Origin) -> &mut Self {
        self.related.push((what.into(), origin));
        self
    }

    /// The whole text, a line for each part. `place` writes an origin as `file:line`.
    pub fn text(&self, place: impl Fn(Origin) -> Option<String>) -> String {
        let attribute = format!("#[webhook_infra::expect({}, reason = \"…\")]", self.rule);
        self.text_accepted_by(&attribute, place)
    }

    /// [`Diagnostic::text`], where the rule is suppressed in another way than by the attribute.
    pub fn text_accepted_by(
        &self,
        suppression: &str,
        place: impl Fn(Origin) -> Option<String>,
    ) -> String {
        let mut text = self.message.clone();
        let mut line = |label: &str, content: &str| {
            if !content.is_empty() {
                text.push_str(&format!("\n{label}: {content}"));
            }
        };
        line("why", &self.consequence);
        for (what, origin) in &self.related {
            if let Some(place) = place(*origin) {
                line("see", &format!("{what} at {place}"));
            }
        }
        line("help", &self.help);
        match self.severity {
            Severity::Reject => line("rule", self.rule),
            _ if self.rule == UNFULFILLED => line("rule", self.rule),
            Severity::Warn | Severity::Deny => line(
                "rule",
                &format!("{}; to accept it, say why: `{suppression}`", self.rule),
            ),
        }
        text
    }
}
