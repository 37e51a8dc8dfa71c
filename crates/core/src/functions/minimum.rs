//! Since which version a function is there.

use crate::versions::Version;

/// The first version, major and minor, that has a function; `None` where no version has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// Of Terraform.
    pub terraform: Option<Version>,
    /// Of OpenTofu.
    pub opentofu: Option<Version>,
}

impl Minimum {
    /// What the oldest supported versions have: Terraform 1.5, and OpenTofu from its first, 1.6.
    pub const ALWAYS: Self = Self::of(Some(Version(1, 5)), Some(Version(1, 6)));

    const fn of(terraform: Option<Version>, opentofu: Option<Version>) -> Self {
        Self {
            terraform,
            opentofu,
        }
    }
}

/// Functions that are newer than Terraform 1.5, or that only one of the two has.
///
/// Sources: Terraform, "Functions" and the release notes of 1.8, 1.9, 1.10 and 1.15; OpenTofu, "Built-in
/// Functions" and the release notes of 1.7, 1.11 and 1.13.
static NEWER: [(&str, Minimum); 7] = [
    ("base64gunzip", Minimum::of(None, Some(Version(1, 7)))),
    ("cidrcontains", Minimum::of(None, Some(Version(1, 7)))),
    (
        "convert",
        Minimum::of(Some(Version(1, 15)), Some(Version(1, 13))),
    ),
    (
        "ephemeralasnull",
        Minimum::of(Some(Version(1, 10)), Some(Version(1, 11))),
    ),
    (
        "issensitive",
        Minimum::of(Some(Version(1, 8)), Some(Version(1, 7))),
    ),
    (
        "templatestring",
        Minimum::of(Some(Version(1, 9)), Some(Version(1, 7))),
    ),
    ("urldecode", Minimum::of(None, Some(Version(1, 7)))),
];

/// Functions of providers, and names with `core::` before them (the same sources).
const NAMESPACED: Minimum = Minimum::of(Some(Version(1, 8)), Some(Version(1, 7)));

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
    let later = |own: Option<Version>, other: Option<Version>| Some(own?.max(other?));
    Minimum {
        terraform: later(own.terraform, NAMESPACED.terraform),
        opentofu: later(own.opentofu, NAMESPACED.opentofu),
    }
}
