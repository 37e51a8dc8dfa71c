//! Since which version a function is there.

/// The first version, major and minor, that has a function; `None` where no version has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// Of Terraform.
    pub terraform: Option<(u64, u64)>,
    /// Of OpenTofu.
    pub opentofu: Option<(u64, u64)>,
}

impl Minimum {
    /// What the oldest supported versions have: Terraform 1.5, and OpenTofu from its first, 1.6.
    pub const ALWAYS: Self = Self::of(Some((1, 5)), Some((1, 6)));

    const fn of(terraform: Option<(u64, u64)>, opentofu: Option<(u64, u64)>) -> Self {
        Self {
            terraform,
            opentofu,
        }
    }
}

/// Functions that are newer than Terraform 1.5, or that only one of the two has.
///
/// Sources: Terraform, "Functions" and the release notes of 1.8, 1.9 and 1.10; OpenTofu, "Built-in
/// Functions" and the release notes of 1.7 and 1.11.
static NEWER: [(&str, Minimum); 6] = [
    ("base64gunzip", Minimum::of(None, Some((1, 7)))),
    ("cidrcontains", Minimum::of(None, Some((1, 7)))),
    ("ephemeralasnull", Minimum::of(Some((1, 10)), Some((1, 11)))),
    ("issensitive", Minimum::of(Some((1, 8)), Some((1, 7)))),
    ("templatestring", Minimum::of(Some((1, 9)), Some((1, 7)))),
    ("urldecode", Minimum::of(None, Some((1, 7)))),
];

/// Functions of providers, and names with `core::` before them (the same sources).
const NAMESPACED: Minimum = Minimum::of(Some((1, 8)), Some((1, 7)));

/// The first versions that have a function. Of a function that is not known, nothing is required.
pub fn minimum(function: &str) -> Minimum {
    let (name, namespaced) = match function.strip_prefix("core::") {
        Some(name) => (name, true),
        None => (function, function.starts_with("provider::")),
    };
    let known = NEWER.iter().find(|(newer, _)| *newer == name);
    let own = known.map_or(Minimum::ALWAYS, |(_, minimum)| *minimum);
    if !namespaced {
        return own;
    }
    // The later of the two.
    let later = |own: Option<(u64, u64)>, other: Option<(u64, u64)>| Some(own?.max(other?));
    Minimum {
        terraform: later(own.terraform, NAMESPACED.terraform),
        opentofu: later(own.opentofu, NAMESPACED.opentofu),
    }
}
