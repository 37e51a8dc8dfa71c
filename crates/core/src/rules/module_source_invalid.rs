//! Where a module comes from, and whether it has versions.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "module_source_invalid",
    summary: "the source of a module is one that Terraform can find, and `version` is for registries",
    explanation: "A module comes from a folder (`./modules/queue`, seen from the folder with `main.tf.json`), from a \
        registry (`terraform-aws-modules/vpc/aws`), or from an address such as `git::https://…`. Only a registry knows \
        versions: with another source Terraform refuses `version`, and the version is part of the source, as \
        `?ref=v1.2.0` is.",
    severity: Severity::Reject,
    source: "Terraform, \"Module Sources\" and \"module block reference\"",
};

/// Where modules come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Folder,
    Registry,
    Remote,
    /// A folder without `./` in front, which Terraform takes for something else.
    Bare,
}

fn source(text: &str) -> Source {
    if text.starts_with("./") || text.starts_with("../") || text == "." || text == ".." {
        return Source::Folder;
    }
    let hosts = ["github.com/", "bitbucket.org/", "git@"];
    if text.contains("::")
        || text.contains("://")
        || hosts.iter().any(|host| text.starts_with(host))
    {
        return Source::Remote;
    }
    let (path, _) = text.split_once("//").unwrap_or((text, ""));
    let parts = path.split('/').collect::<Vec<_>>();
    let is_name = |part: &&str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
    };
    match parts.as_slice() {
        names if names.len() == 3 && names.iter().all(is_name) => Source::Registry,
        [host, names @ ..]
            if names.len() == 3 && host.contains('.') && names.iter().all(is_name) =>
        {
            Source::Registry
        }
        // `s3-eu-central-1.amazonaws.com/bucket/vpc.zip` and hosts of one's own.
        [host, ..] if host.contains('.') => Source::Remote,
        _ => Source::Bare,
    }
}

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for module in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Module)
    {
        let Some(text) = module.text("source") else {
            continue;
        };
        let found = source(text);
        if found == Source::Bare {
            findings
                .at(
                    module,
                    module.origin_of("source"),
                    format!("{text:?} is no source of a module"),
                )
                .because("Terraform takes a folder only with `./` or `../` in front, and a registry's module by three names")
                .help(format!(
                    "write `source = \"./{text}\"` for a folder, or `\"terraform-aws-modules/vpc/aws\"` for a module of the registry"
                ));
        } else if found != Source::Registry && module.get("version").is_some() {
            let (what, help) = if found == Source::Folder {
                ("a folder", "remove `version`".to_owned())
            } else {
                (
                    "an address",
                    format!(
                        "remove `version`, and name it in the source: `\"{}?ref=v1.0.0\"`",
                        text.split('?').next().unwrap_or(text)
                    ),
                )
            };
            findings
                .at(
                    module,
                    module.origin_of("version"),
                    format!(
                        "`{}` comes from {what}, which has no versions",
                        module.block.address()
                    ),
                )
                .because("Terraform refuses `version` for modules that are not from a registry")
                .help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(source: &str, version: &str) -> String {
        format!(r#"{{"module": {{"m": {{"source": "{source}"{version}}}}}}}"#)
    }

    #[test]
    fn only_registries_have_versions() {
        let version = r#", "version": "~> 5.0""#;
        for source in [
            "terraform-aws-modules/vpc/aws",
            "app.terraform.io/acme/vpc/aws",
            "terraform-aws-modules/iam/aws//modules/role",
        ] {
            passes(&RULE, &stack(source, version));
        }
        for source in [
            "./vpc",
            "../vpc",
            "git::https://example.com/vpc.git?ref=v1",
            "github.com/acme/vpc",
            "s3::https://s3.amazonaws.com/b/vpc.zip",
        ] {
            passes(&RULE, &stack(source, ""));
            fires(&RULE, &stack(source, version), "has no versions");
        }
        fires(&RULE, &stack("modules/vpc", ""), "no source of a module");
        fires(&RULE, &stack("vpc", version), "no source of a module");
    }
}
