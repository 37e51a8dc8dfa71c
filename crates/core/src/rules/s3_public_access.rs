//! A bucket is closed to the public.

use super::bucket_parts::Parts;
use super::lookup::may_be_on;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "s3_public_access",
    summary: "a bucket blocks public access in all four ways and has no public ACL",
    explanation: "The four flags keep out what is there already and what is added later: public ACLs, policies \
        with a public principal, and access through either. One that is missing leaves that way open for the next \
        policy that somebody attaches, by Terraform or by hand. In Terraform each flag is off unless it is set.",
    severity: Severity::Deny,
    source: "Amazon S3 User Guide, \"Blocking public access to your Amazon S3 storage\"",
};

const FLAGS: [&str; 4] = [
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
];

const HELP: &str = "`#[s3]` blocks public access by itself (Terraform: `aws_s3_bucket_public_access_block` with `block_public_acls`, `block_public_policy`, `ignore_public_acls` and `restrict_public_buckets` all `true`)";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let blocks = Parts::new(graph, "aws_s3_bucket_public_access_block");
    let lists = Parts::new(graph, "aws_s3_bucket_acl");
    for bucket in graph.resources("aws_s3_bucket") {
        let found = blocks.of(bucket);
        if found.as_ref().is_some_and(Vec::is_empty) {
            findings
                .at(
                    bucket,
                    bucket.origin(),
                    format!("{} does not block public access", bucket.describe()),
                )
                .because(
                    "the next policy or ACL with a public principal opens its objects to everyone",
                )
                .help(HELP);
        }
        for block in found.unwrap_or_default() {
            check_flags(bucket, block, findings);
        }
        for holder in lists
            .of(bucket)
            .unwrap_or_default()
            .into_iter()
            .chain([bucket])
        {
            if let Some(acl) = holder.text("acl").filter(|acl| acl.starts_with("public")) {
                findings
                    .at(bucket, holder.origin_of("acl"), format!("{} has the ACL `{acl}`", bucket.describe()))
                    .because("everyone on the internet may list the bucket or read its objects, or Terraform fails on the public access block")
                    .help("remove `acl`: `#[s3]` buckets have none (Terraform: `acl = \"private\"`)");
            }
        }
    }
}

fn check_flags(bucket: Resource<'_>, block: Resource<'_>, findings: &mut Findings) {
    let off: Vec<&str> = FLAGS
        .into_iter()
        .filter(|flag| !may_be_on(block, flag))
        .collect();
    let Some(first) = off.first() else {
        return;
    };
    let stated = off
        .iter()
        .find(|flag| block.get(flag).is_some())
        .unwrap_or(first);
    findings
        .at(
            bucket,
            block.origin_of(stated),
            format!(
                "{} does not block public access: `{}` is off",
                bucket.describe(),
                off.join("`, `")
            ),
        )
        .because("each flag that is off leaves a way to open the bucket to everyone")
        .help(HELP);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(bucket: &str, flags: [&str; 4], rest: &str) -> String {
        let [acls, policy, ignore, restrict] = flags;
        format!(
            r#"{{"resource": {{
            "aws_s3_bucket": {{"b": {{{bucket}}}}},
            "aws_s3_bucket_public_access_block": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}",
                "block_public_acls": {acls}, "block_public_policy": {policy},
                "ignore_public_acls": {ignore}, "restrict_public_buckets": {restrict}}}}}{rest}}}}}"#
        )
    }

    const ON: [&str; 4] = ["true"; 4];

    #[test]
    fn all_four_flags_have_to_be_on() {
        fires(
            &RULE,
            r#"{"resource": {"aws_s3_bucket": {"b": {}}}}"#,
            "bucket `aws_s3_bucket.b` does not block public access",
        );
        passes(&RULE, &stack("", ON, ""));
        passes(&RULE, &stack("", ["\"${var.on}\""; 4], ""));
        for place in 0..4 {
            for off in ["false", "null"] {
                let mut flags = ON;
                flags[place] = off;
                fires(
                    &RULE,
                    &stack("", flags, ""),
                    &format!("`{}` is off", super::FLAGS[place]),
                );
            }
        }
        fires(
            &RULE,
            &stack("", ["false"; 4], ""),
            "`block_public_acls`, `block_public_policy`",
        );
    }

    #[test]
    fn a_public_acl_is_found_in_both_forms() {
        fires(
            &RULE,
            &stack(r#""acl": "public-read""#, ON, ""),
            "has the ACL `public-read`",
        );
        passes(&RULE, &stack(r#""acl": "private""#, ON, ""));
        let separate = |acl: &str| {
            stack(
                "",
                ON,
                &format!(
                    r#", "aws_s3_bucket_acl": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}", "acl": "{acl}"}}}}"#
                ),
            )
        };
        fires(
            &RULE,
            &separate("public-read-write"),
            "has the ACL `public-read-write`",
        );
        passes(&RULE, &separate("private"));
        passes(&RULE, &separate("${var.acl}"));
    }
}
