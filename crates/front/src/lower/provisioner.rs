//! `provisioner(…)` and `connection(…)`: what runs when a resource is made or destroyed.

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Key as EntryKey, Object, Value, ValueKind};

use super::listed;
use crate::constructs::addition::written_address;
use crate::context::Context;
use crate::syntax::{Entry, EntryKind};

/// The provisioners: how they are written, Terraform's name, what they take, and what they need.
///
/// Source: Terraform, "Provisioners".
const PROVISIONERS: [(&str, &str, &[&str], &[&str]); 3] = [
    (
        "local_exec",
        "local-exec",
        &[
            "command",
            "working_dir",
            "interpreter",
            "environment",
            "quiet",
        ],
        &["command"],
    ),
    (
        "remote_exec",
        "remote-exec",
        &["inline", "script", "scripts"],
        &[],
    ),
    (
        "file",
        "file",
        &["source", "content", "destination"],
        &["destination"],
    ),
];

/// What every provisioner takes.
const COMMON: [&str; 3] = ["when", "on_failure", "connection"];

/// Source: Terraform, "Provisioner connection settings".
const CONNECTION: [&str; 29] = [
    "type",
    "user",
    "password",
    "host",
    "port",
    "timeout",
    "script_path",
    "private_key",
    "certificate",
    "agent",
    "agent_identity",
    "host_key",
    "target_platform",
    "https",
    "insecure",
    "use_ntlm",
    "cacert",
    "bastion_host",
    "bastion_host_key",
    "bastion_port",
    "bastion_user",
    "bastion_password",
    "bastion_private_key",
    "bastion_certificate",
    "proxy_scheme",
    "proxy_host",
    "proxy_port",
    "proxy_user_name",
    "proxy_user_password",
];

impl Context<'_> {
    /// `{ local-exec = { … } }`; of what cannot be read, nothing.
    pub(super) fn provisioner(&mut self, entry: &Entry) -> Option<Value> {
        let example = "write `provisioner(local_exec, command = \"…\")`";
        let EntryKind::Block(_, entries) = &entry.kind else {
            self.errors.add(
                entry.span,
                "`provisioner` is not written like this",
                example,
            );
            return None;
        };
        let Some(Entry {
            kind: EntryKind::Flag(name),
            ..
        }) = entries.first()
        else {
            self.errors.add(
                entry.span,
                "`provisioner(…)` does not say of what kind",
                example,
            );
            return None;
        };
        let text = name.to_string();
        let found = PROVISIONERS.iter().find(|(written, ..)| *written == text);
        let Some((_, terraform, arguments, required)) = found else {
            let names = PROVISIONERS.map(|(written, ..)| written);
            let help = match nearest(&text, names).as_slice() {
                [] => format!("they are {}", listed(names)),
                near => did_you_mean(near),
            };
            self.errors.add(
                name.span(),
                format!("Terraform has no provisioner `{text}`"),
                help,
            );
            return None;
        };
        let shown = format!("`provisioner({text}, …)`");
        let mistakes = self.errors.len();
        let mut body = Object::new();
        for entry in &entries[1..] {
            let key = entry.key().map(ToString::to_string).unwrap_or_default();
            match (key.as_str(), &entry.kind) {
                (_, EntryKind::Broken) => {}
                ("connection", _) => {
                    if let Some(connection) = self.connection(entry) {
                        let origin = self.origin(entry.span);
                        body.set(EntryKey::new("connection", origin), connection);
                    }
                }
                ("when", EntryKind::Assign(_, value)) => {
                    self.keyword("when", &["create", "destroy"], value, &mut body);
                }
                ("on_failure", EntryKind::Assign(_, value)) => {
                    self.keyword("on_failure", &["continue", "fail"], value, &mut body);
                }
                _ if arguments.contains(&key.as_str()) => {
                    let one = self.free_object(std::slice::from_ref(entry), &shown);
                    for (key, value) in one.iter() {
                        if body.set(key.clone(), value.clone()).is_some() {
                            self.errors.add(
                                entry.span,
                                format!("`{}` is given twice in {shown}", key.name),
                                "remove one of the two",
                            );
                        }
                    }
                }
                _ => {
                    let names = arguments.iter().copied().chain(COMMON);
                    let help = match nearest(&key, names.clone()).as_slice() {
                        [] => format!("its arguments are {}", listed(names)),
                        near => did_you_mean(near),
                    };
                    self.errors
                        .add(entry.span, format!("{shown} has no argument `{key}`"), help);
                }
            }
        }
        if self.errors.len() == mistakes {
            for name in *required {
                if body.get(name).is_none() {
                    self.errors.add(
                        entry.span,
                        format!("{shown} has no `{name}`"),
                        format!("add `{name} = \"…\"`"),
                    );
                }
            }
            let ways: &[&str] = match text.as_str() {
                "remote_exec" => &["inline", "script", "scripts"],
                "file" => &["source", "content"],
                _ => &[],
            };
            let given = ways.iter().filter(|way| body.get(way).is_some()).count();
            if given != 1 && !ways.is_empty() {
                self.errors.add(
                    entry.span,
                    format!("{shown} takes one of {}", listed(ways.iter().copied())),
                    format!("write one of them: `{} = …`", ways[0]),
                );
            }
        }
        let origin = self.origin(entry.span);
        let body = ValueKind::Object(body).at(origin);
        Some(
            ValueKind::Object(Object::new().with(EntryKey::new(*terraform, origin), body))
                .at(origin),
        )
    }

    /// How provisioners get into the machine.
    pub(super) fn connection(&mut self, entry: &Entry) -> Option<Value> {
        let EntryKind::Block(_, entries) = &entry.kind else {
            self.errors.add(
                entry.span,
                "`connection` is not written like this",
                "write `connection(type = \"ssh\", host = self.public_ip)`",
            );
            return None;
        };
        for entry in entries {
            let Some(key) = entry.key() else {
                continue;
            };
            let text = key.to_string();
            if !CONNECTION.contains(&text.as_str()) {
                let help = match nearest(&text, CONNECTION).as_slice() {
                    [] => format!("its arguments are {}", listed(CONNECTION)),
                    near => did_you_mean(near),
                };
                self.errors.add(
                    key.span(),
                    format!("`connection(…)` has no argument `{text}`"),
                    help,
                );
                return None;
            }
        }
        let body = self.free_object(entries, "`connection(…)`");
        if body.get("host").is_none() {
            self.errors.add(
                entry.span,
                "`connection(…)` names no host",
                "add `host = self.public_ip`",
            );
        }
        let origin = self.origin(entry.span);
        Some(ValueKind::Object(body).at(origin))
    }

    /// One of Terraform's own words, which stand without quotes, or with.
    fn keyword(
        &mut self,
        key: &str,
        words: &[&str],
        value: &crate::syntax::Expression,
        body: &mut Object,
    ) {
        let origin = self.origin(value.span);
        match written_address(value).filter(|word| words.contains(&word.as_str())) {
            Some(word) => {
                body.set(
                    EntryKey::new(key, origin),
                    ValueKind::String(word).at(origin),
                );
            }
            None => self.errors.add(
                value.span,
                format!(
                    "`{key}` is {}",
                    listed(words.iter().copied()).replace(", ", " or ")
                ),
                format!("write `{key} = {}`", words[words.len() - 1]),
            ),
        }
    }
}
