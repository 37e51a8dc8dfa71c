//! The ports of administrators are not open to everybody.

use std::net::IpAddr;

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value};

pub(super) const RULE: Rule = Rule {
    name: "security_group_admin_open",
    summary: "a security group does not open SSH or RDP to everybody",
    explanation: "Ports 22 (SSH) and 3389 (RDP) that are open to `0.0.0.0/0` or `::/0` are found within minutes, and \
        passwords are tried from then on. AWS Systems Manager Session Manager and EC2 Instance Connect need no \
        open port; else name the network that administrators come from. A rule for all ports or all protocols \
        opens these two as well.",
    severity: Severity::Deny,
    source: "AWS Security Hub User Guide, controls EC2.13, EC2.14, EC2.53 and EC2.54",
};

/// The ports: number, name, and whether they speak UDP besides TCP.
const PORTS: [(f64, &str, bool); 2] = [(22.0, "SSH", false), (3389.0, "RDP", true)];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for type_name in ["aws_security_group", "aws_default_security_group"] {
        for group in graph.resources(type_name) {
            let Some(ingress) = group.get("ingress") else {
                continue;
            };
            let origin = group.origin_of("ingress");
            for rule in ingress.objects() {
                judge(
                    group,
                    rule,
                    "protocol",
                    &["cidr_blocks", "ipv6_cidr_blocks"],
                    origin,
                    findings,
                );
            }
        }
    }
    for rule in graph.resources("aws_security_group_rule") {
        if rule.text("type") == Some("ingress") {
            judge(
                rule,
                &rule.block.body,
                "protocol",
                &["cidr_blocks", "ipv6_cidr_blocks"],
                rule.origin(),
                findings,
            );
        }
    }
    for rule in graph.resources("aws_vpc_security_group_ingress_rule") {
        judge(
            rule,
            &rule.block.body,
            "ip_protocol",
            &["cidr_ipv4", "cidr_ipv6"],
            rule.origin(),
            findings,
        );
    }
}

fn judge(
    resource: Resource<'_>,
    rule: &Object,
    protocol: &str,
    sources: &[&str],
    fallback: Origin,
    findings: &mut Findings,
) {
    let opened = PORTS
        .iter()
        .filter(|(port, _, has_udp)| opens(rule, protocol, *port, *has_udp))
        .map(|(port, name, _)| format!("{port} ({name})"))
        .collect::<Vec<_>>();
    if opened.is_empty() {
        return;
    }
    let found = sources.iter().find_map(|source| everybody(rule, source));
    let Some((network, origin)) = found else {
        return;
    };
    let ports = if opened.len() == 1 { "port" } else { "ports" };
    findings
        .at(
            resource,
            origin.or(fallback),
            format!(
                "{} opens {ports} {} to everybody (`{network}`)",
                resource.describe(),
                opened.join(" and ")
            ),
        )
        .because("whoever scans the internet finds the port within minutes and tries passwords")
        .help(format!(
            "name the network that administrators come from, such as `\"203.0.113.0/24\"`, or take the rule out and \
             use AWS Systems Manager Session Manager (Terraform: `{}`)",
            sources.join("`, `")
        ));
}

/// Whether the rule is known to be about a port.
fn opens(rule: &Object, protocol: &str, port: f64, has_udp: bool) -> bool {
    let protocol = rule.get(protocol);
    let word = protocol.and_then(Value::as_str).unwrap_or_default();
    let number = protocol.and_then(Value::as_f64);
    if number == Some(-1.0) || word == "-1" || word.eq_ignore_ascii_case("all") {
        return true;
    }
    let is_tcp = number == Some(6.0) || word == "6" || word.eq_ignore_ascii_case("tcp");
    let is_udp = number == Some(17.0) || word == "17" || word.eq_ignore_ascii_case("udp");
    let bound = |name: &str| {
        let value = rule.get(name)?;
        value
            .as_f64()
            .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
    };
    let (Some(from), Some(to)) = (bound("from_port"), bound("to_port")) else {
        return false;
    };
    (is_tcp || is_udp && has_udp) && from <= port && port <= to
}

/// Where everybody is let in: a network with every address in it.
fn everybody<'r>(rule: &'r Object, source: &str) -> Option<(&'r str, Origin)> {
    let (key, value) = rule.entry(source)?;
    let items = match value.as_list() {
        Some(items) => items.iter().collect(),
        None => vec![value],
    };
    items.into_iter().find_map(|item| {
        let network = item.as_str()?;
        let (address, length) = network.split_once('/')?;
        let is_everybody = length == "0" && address.parse::<IpAddr>().is_ok();
        is_everybody.then(|| (network, item.origin.or(value.origin).or(key.origin)))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn group(ingress: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_security_group": {{"g": {{"ingress": [{{{ingress}}}]}}}}}}}}"#
        )
    }

    const SSH: &str = r#""protocol": "tcp", "from_port": 22, "to_port": 22"#;

    #[test]
    fn everybody_is_found_in_each_resource() {
        fires(
            &RULE,
            &group(&format!(
                r#"{SSH}, "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"]"#
            )),
            "security group `aws_security_group.g` opens port 22 (SSH) to everybody (`0.0.0.0/0`)",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_security_group_rule": {"r": {"type": "ingress", "protocol": "tcp",
                "from_port": "3000", "to_port": "4000", "ipv6_cidr_blocks": ["::/0"]}}}}"#,
            "security group rule `aws_security_group_rule.r` opens port 3389 (RDP) to everybody (`::/0`)",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_vpc_security_group_ingress_rule": {"r": {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"}}}}"#,
            "opens ports 22 (SSH) and 3389 (RDP) to everybody",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_vpc_security_group_ingress_rule": {"r": {"ip_protocol": "udp", "from_port": 0,
                "to_port": 65535, "cidr_ipv6": "0::0/0"}}}}"#,
            "opens port 3389 (RDP)",
        );
    }

    #[test]
    fn others_and_other_ports_pass() {
        passes(
            &RULE,
            &group(&format!(r#"{SSH}, "cidr_blocks": ["10.0.0.0/8"]"#)),
        );
        passes(&RULE, &group(SSH));
        passes(
            &RULE,
            &group(&format!(r#"{SSH}, "cidr_blocks": ["${{var.network}}"]"#)),
        );
        passes(
            &RULE,
            &group(
                r#""protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"]"#,
            ),
        );
        passes(
            &RULE,
            &group(
                r#""protocol": "tcp", "from_port": "${var.port}", "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]"#,
            ),
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_security_group_rule": {"r": {"type": "egress", "protocol": "-1",
                "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}}}}"#,
        );
    }
}
