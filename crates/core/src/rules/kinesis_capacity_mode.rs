//! A stream has shards, or AWS counts them.

use super::lookup::is_dynamic;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "kinesis_capacity_mode",
    summary: "a provisioned stream states its shards, and an on-demand stream states none",
    explanation: "A stream in provisioned mode, which is the default, has as many shards as it is told and at least \
        one. On demand, AWS fits their number to the traffic, and Terraform refuses a number of your own.",
    severity: Severity::Reject,
    source: "Terraform documentation of `aws_kinesis_stream`; Amazon Kinesis Data Streams Developer Guide, \"Choose the right mode in Kinesis Data Streams\"",
};

const MODE: &str = "stream_mode_details.stream_mode";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for stream in graph.resources("aws_kinesis_stream") {
        if is_dynamic(stream, "stream_mode_details") {
            continue;
        }
        let mode = match stream.get(MODE) {
            None => Some("PROVISIONED"),
            Some(mode) => mode.as_str(),
        };
        let shards = stream.get("shard_count");
        let described = stream.describe();
        match mode {
            Some("ON_DEMAND") if shards.is_some() => {
                findings
                    .at(
                        stream,
                        stream.origin_of("shard_count"),
                        format!("{described} is on demand, but has a number of shards"),
                    )
                    .because("Terraform refuses it: on demand, AWS counts the shards")
                    .related("the mode", stream.origin_of(MODE))
                    .help("remove `shards`, or `on_demand` (Terraform: `shard_count`, `stream_mode_details`)");
            }
            Some("PROVISIONED") if shards.is_none() => {
                findings
                    .at(
                        stream,
                        stream.origin(),
                        format!("{described} does not say how many shards it has"),
                    )
                    .because("Terraform refuses a provisioned stream without shards")
                    .help("write `on_demand`, or `shards = 1` for 1 MB/s (Terraform: `stream_mode_details`, `shard_count`)");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn shards_go_with_the_mode() {
        let stack = |body: &str| {
            format!(r#"{{"resource": {{"aws_kinesis_stream": {{"s": {{{body}}}}}}}}}"#)
        };
        let on_demand = r#""stream_mode_details": {"stream_mode": "ON_DEMAND"}"#;
        fires(&RULE, &stack(""), "does not say how many shards");
        passes(&RULE, &stack(r#""shard_count": 1"#));
        passes(&RULE, &stack(on_demand));
        fires(
            &RULE,
            &stack(&format!(r#"{on_demand}, "shard_count": 1"#)),
            "is on demand, but has a number of shards",
        );
        passes(
            &RULE,
            &stack(r#""stream_mode_details": {"stream_mode": "${var.mode}"}"#),
        );
    }
}
