//! The separate resources that configure a bucket (`aws_s3_bucket_versioning` and its like), by bucket.

use std::collections::HashMap;

use super::lookup::is_resource;
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};
use crate::value::Target;

/// Which argument names the bucket.
const BUCKET: &str = "bucket";

/// How many resources a reference to a bucket may pass through.
const LONGEST_CHAIN: usize = 8;

/// All resources of one type, by the bucket that they configure.
pub(super) struct Parts<'g> {
    by_target: HashMap<Target, Vec<Resource<'g>>>,
    by_name: HashMap<&'g str, Vec<Resource<'g>>>,
    /// Whether one of them configures a bucket that is not known yet.
    is_open: bool,
}

impl<'g> Parts<'g> {
    /// Sorts the resources of this type by bucket.
    pub(super) fn new(graph: &'g Graph<'_>, type_name: &str) -> Self {
        let mut parts = Self {
            by_target: HashMap::new(),
            by_name: HashMap::new(),
            is_open: false,
        };
        for part in graph.resources(type_name) {
            if let Some(target) = bucket(part).and_then(|bucket| bucket.block.target()) {
                parts.by_target.entry(target).or_default().push(part);
            } else if let Some(name) = part.text(BUCKET) {
                parts.by_name.entry(name).or_default().push(part);
            } else {
                parts.is_open = true;
            }
        }
        parts
    }

    /// The ones of this bucket; `None` when there is none, but may turn out to be one.
    pub(super) fn of(&self, bucket: Resource<'_>) -> Option<Vec<Resource<'g>>> {
        let target = bucket.block.target();
        let found: Vec<_> = target
            .and_then(|target| self.by_target.get(&target))
            .into_iter()
            .chain(bucket.text(BUCKET).and_then(|name| self.by_name.get(name)))
            .flatten()
            .copied()
            .collect();
        (!found.is_empty() || !self.is_open).then_some(found)
    }
}

/// The bucket that a part names, by itself or through other parts of the same bucket.
fn bucket(part: Resource<'_>) -> Option<Resource<'_>> {
    let mut at = part;
    for _ in 0..LONGEST_CHAIN {
        at = at
            .referred(BUCKET)
            .filter(|found| found.block.kind == BlockKind::Resource)?;
        if is_resource(at, "aws_s3_bucket") {
            return Some(at);
        }
    }
    None
}
