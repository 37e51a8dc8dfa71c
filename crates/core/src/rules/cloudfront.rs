//! What distributions are made of, for the rules about CloudFront.

use super::lookup::{blocks, entry};
use crate::document::{BlockKind, Origin};
use crate::graph::Resource;
use crate::value::{Object, Part, Value, ValueKind};

/// The type of a distribution.
pub(super) const DISTRIBUTION: &str = "aws_cloudfront_distribution";

/// The behaviours of a distribution, the default first; those that are not known yet are left out.
pub(super) fn behaviors(distribution: Resource<'_>) -> Vec<&Object> {
    ["default_cache_behavior", "ordered_cache_behavior"]
        .into_iter()
        .filter_map(|name| blocks(distribution, name))
        .flatten()
        .collect()
}

/// Where an entry of a nested block was written, or else the block, or else the distribution.
pub(super) fn place(object: &Object, name: &str, distribution: Resource<'_>) -> Origin {
    let written = |(key, value): &(crate::value::Key, Value)| value.origin.or(key.origin);
    object
        .entry(name)
        .map(written)
        .into_iter()
        .chain(object.iter().map(written))
        .find(|origin| *origin != Origin::UNKNOWN)
        .unwrap_or(Origin::UNKNOWN)
        .or(distribution.origin())
}

/// What an origin of S3's is.
pub(super) enum Bucket<'g> {
    /// A bucket's own endpoint, and the bucket when it is one of the stack.
    Endpoint(Option<Resource<'g>>),
    /// The endpoint of a website, which is open to everybody.
    Website(Option<Resource<'g>>),
}

/// The bucket that an origin is, if it is one.
pub(super) fn bucket<'g>(distribution: Resource<'g>, origin: &Object) -> Option<Bucket<'g>> {
    let domain = entry(origin, "domain_name")?;
    let reference = domain.as_reference();
    if let Some(reference) = reference {
        let found = distribution
            .graph
            .target(&reference.target)
            .filter(|found| found.block.kind == BlockKind::Resource)?;
        return match (found.type_name(), reference.attribute()?) {
            ("aws_s3_bucket", "bucket_regional_domain_name" | "bucket_domain_name") => {
                Some(Bucket::Endpoint(Some(found)))
            }
            ("aws_s3_bucket" | "aws_s3_bucket_website_configuration", "website_endpoint") => {
                Some(Bucket::Website(Some(found)))
            }
            _ => None,
        };
    }
    let text = match &domain.kind {
        ValueKind::String(text) => text.as_str(),
        ValueKind::Template(parts) => match parts.last()? {
            Part::Text(text) => text,
            Part::Interpolation(_) => return None,
        },
        _ => return None,
    };
    let is_aws = text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn");
    if is_aws && text.contains(".s3-website") {
        Some(Bucket::Website(None))
    } else if is_aws && (text.contains(".s3.") || text.contains(".s3-")) {
        Some(Bucket::Endpoint(None))
    } else {
        None
    }
}

#[cfg(test)]
pub(super) mod testing {
    /// A distribution with these entries, beside a bucket.
    pub(crate) fn distribution(entries: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_s3_bucket": {{"b": {{}}}}, "aws_cloudfront_distribution": {{"d": {{{entries}}}}}}}}}"#
        )
    }
}
