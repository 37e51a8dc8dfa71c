//! The keys that every resource has: `id`, `depends_on`, `lifecycle` and their like.

use webhook_infra_core::Key as EntryKey;

use crate::constructs::Settings;
use crate::context::Context;
use crate::syntax::{Entry, EntryKind};

impl Context<'_> {
    /// `is_whole` says that the entries are those of a declaration, and not of a block in it.
    pub(crate) fn common(&mut self, entry: &Entry, is_whole: bool, settings: &mut Settings) {
        if let Some(key) = entry
            .key()
            .filter(|key| *key != "provisioner")
            .filter(|key| settings.extra.get(&key.to_string()).is_some())
        {
            self.errors.add(
                entry.span,
                format!("`{key}` is given twice"),
                "remove one of the two",
            );
            return;
        }
        match &entry.kind {
            // Read when the scope was made.
            EntryKind::Assign(name, _) if name == "id" => {}
            EntryKind::Assign(name, value) if name == "depends_on" => {
                let key = EntryKey::new("depends_on", self.document.origin(entry.span));
                let addresses = self.addresses(value);
                settings.extra.set(key, addresses);
            }
            EntryKind::Assign(name, _) if !is_whole && (name == "count" || name == "for_each") => {
                self.errors.add(
                    name.span(),
                    format!("`{name}` repeats a whole declaration"),
                    "write it outside of this block, with the keys of the struct",
                );
            }
            EntryKind::Assign(name, value) if name == "count" || name == "for_each" => {
                let key = EntryKey::new(name.to_string(), self.document.origin(entry.span));
                if let Some(value) = self.value(value) {
                    settings.extra.set(key, value);
                }
            }
            EntryKind::Assign(name, value) if name == "provider" => {
                let key = EntryKey::new("provider", self.document.origin(entry.span));
                if let Some(address) = self.address(value) {
                    settings.extra.set(key, address);
                }
            }
            EntryKind::Block(name, entries) if name == "lifecycle" => {
                let key = EntryKey::new("lifecycle", self.document.origin(entry.span));
                let lifecycle = self.lifecycle(entries);
                settings.extra.set(key, lifecycle);
            }
            EntryKind::Block(name, _) if name == "provisioner" => {
                let key = EntryKey::new("provisioner", self.document.origin(entry.span));
                if let Some(provisioner) = self.provisioner(entry) {
                    settings.extra.push_block(key, provisioner);
                }
            }
            EntryKind::Block(name, _) if name == "connection" => {
                let key = EntryKey::new("connection", self.document.origin(entry.span));
                if let Some(connection) = self.connection(entry) {
                    settings.extra.set(key, connection);
                }
            }
            _ => {
                let key = entry.key().map(ToString::to_string).unwrap_or_default();
                let help = match key.as_str() {
                    "lifecycle" => "write `lifecycle(prevent_destroy, ignore_changes = [tags])`",
                    "id" => "write `id = \"name\"`",
                    "provisioner" => "write `provisioner(local_exec, command = \"…\")`",
                    "connection" => "write `connection(type = \"ssh\", host = self.public_ip)`",
                    "count" | "for_each" | "provider" => "write `key = value`",
                    _ => "write `depends_on = [Name, …]`",
                };
                self.errors.add(
                    entry.span,
                    format!("`{key}` is not written like this"),
                    help,
                );
            }
        }
    }
}
