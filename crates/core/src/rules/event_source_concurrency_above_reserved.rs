//! The queues of a function together start no more invocations than the function has reserved.

use std::collections::HashMap;

use super::event_sources::{function, mappings};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Target;

pub(super) const RULE: Rule = Rule {
    name: "event_source_concurrency_above_reserved",
    summary: "the queues of a function may not start more invocations than it reserves",
    explanation: "Lambda reads from each queue until `maximum_concurrency` invocations run, and does not look at \
        the function's reservation. What is above it is throttled: the batch goes back to the queue, its receive \
        count rises, and messages reach the dead-letter queue although the function never saw them.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Configuring scaling behavior for SQS event source mappings\"",
};

const RESERVED: &str = "reserved_concurrent_executions";
const WANTED: &str = "scaling_config.maximum_concurrency";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let mut by_function: HashMap<Target, Vec<(Resource<'_>, f64)>> = HashMap::new();
    for mapping in mappings(graph) {
        let target = function(mapping).and_then(|function| function.block.target());
        if let (Some(target), Some(wanted)) = (target, mapping.number(WANTED)) {
            by_function
                .entry(target)
                .or_default()
                .push((mapping, wanted));
        }
    }
    for function in graph.resources("aws_lambda_function") {
        let Some(reserved) = function
            .number(RESERVED)
            .filter(|reserved| *reserved >= 0.0)
        else {
            continue;
        };
        let Some(sources) = function
            .block
            .target()
            .and_then(|target| by_function.get(&target))
        else {
            continue;
        };
        let wanted: f64 = sources.iter().map(|(_, wanted)| wanted).sum();
        if wanted > reserved {
            let diagnostic = findings
                .at(
                    function,
                    function.origin_of(RESERVED),
                    format!(
                        "the queues of {} may start {wanted} invocations at once, but it reserves {reserved}",
                        function.describe()
                    ),
                )
                .because("the batches above the reservation are throttled, and their messages end up in the dead-letter queue unprocessed")
                .help(format!(
                    "write `reserved = {wanted}` in `#[lambda(…)]` (Terraform: `reserved_concurrent_executions`), or a lower `max_concurrency` in `trigger(…)` (Terraform: `scaling_config.maximum_concurrency`)"
                ));
            for (mapping, wanted) in sources {
                diagnostic.related(
                    format!(
                        "{} with a maximum concurrency of {wanted}",
                        mapping.describe()
                    ),
                    mapping.origin_of(WANTED),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(reserved: &str, concurrencies: &[&str]) -> String {
        let mappings: Vec<String> = concurrencies
            .iter()
            .enumerate()
            .map(|(place, concurrency)| {
                format!(
                    r#""m{place}": {{"function_name": "${{aws_lambda_function.f.arn}}", "scaling_config": [{{"maximum_concurrency": {concurrency}}}]}}"#
                )
            })
            .collect();
        format!(
            r#"{{"resource": {{
            "aws_lambda_function": {{"f": {{"reserved_concurrent_executions": {reserved}}}, "other": {{"reserved_concurrent_executions": 1}}}},
            "aws_lambda_event_source_mapping": {{{}}}}}}}"#,
            mappings.join(", ")
        )
    }

    #[test]
    fn the_sum_may_reach_the_reservation() {
        passes(&RULE, &stack("100", &["100"]));
        fires(
            &RULE,
            &stack("100", &["101"]),
            "may start 101 invocations at once, but it reserves 100",
        );
        passes(&RULE, &stack("100", &["60", "40"]));
        fires(&RULE, &stack("100", &["60", "41"]), "101");
    }

    #[test]
    fn without_a_reservation_or_a_maximum_there_is_nothing_to_compare() {
        passes(&RULE, &stack("-1", &["100"]));
        passes(&RULE, &stack("null", &["100"]));
        passes(&RULE, &stack("\"${var.reserved}\"", &["100"]));
        passes(&RULE, &stack("10", &["\"${var.maximum}\""]));
        passes(&RULE, &stack("10", &[]));
    }
}
