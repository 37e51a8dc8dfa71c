//! Terraform's expression language, as far as it is a language of values: parsed from and rendered to
//! the text between `${` and `}`.

mod parse;
mod render;
mod scan;
mod template;

pub use parse::{ParseError, parse};
pub use render::ConstantPosition;
pub(crate) use render::{Writer, write_expression, write_template};
pub use render::{escape_template, render, render_template};
pub use scan::{is_balanced, scan};
pub use template::{key, parse_template};

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(source: &str, expected: &str) {
        let value = parse(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        let rendered = render(&value);
        assert_eq!(rendered, expected);
        let again = parse(&rendered).unwrap_or_else(|error| panic!("{rendered}: {error}"));
        assert_eq!(again, value, "{rendered}");
    }

    #[test]
    fn expressions_render_in_one_canonical_form() {
        for (source, expected) in [
            ("aws_sqs_queue.events.arn", "aws_sqs_queue.events.arn"),
            (
                "data.aws_region.current.region",
                "data.aws_region.current.region",
            ),
            ("var.a[0].b[\"k\"]", "var.a[0].b[\"k\"]"),
            ("module.vpc.subnets[*].id", "module.vpc.subnets[*].id"),
            (
                "jsonencode({a=1,\"b c\" : [true,null]})",
                "jsonencode({a = 1, \"b c\" = [true, null]})",
            ),
            ("1+2*3", "1 + 2 * 3"),
            ("(1+2)*3", "(1 + 2) * 3"),
            ("a -(b - c)", "a - (b - c)"),
            ("!(var.a&&var.b)", "!(var.a && var.b)"),
            ("var.a?1:var.b?2:3", "var.a ? 1 : var.b ? 2 : 3"),
            ("(var.a?1:2)==1", "(var.a ? 1 : 2) == 1"),
            (
                "[for x in var.l:upper(x) if x!=\"\"]",
                "[for x in var.l : upper(x) if x != \"\"]",
            ),
            (
                "{for k,v in var.m:k=>v...}",
                "{for k, v in var.m : k => v...}",
            ),
            ("\"a${var.b}c$${d}\"", "\"a${var.b}c$${d}\""),
            ("\"${var.b}\"", "var.b"),
            ("concat(var.a...)", "concat(var.a...)"),
            (
                "provider::aws::arn_parse(var.a)",
                "provider::aws::arn_parse(var.a)",
            ),
            ("split(\",\", var.a)[0]", "split(\",\", var.a)[0]"),
            ("-1.5", "-1.5"),
            ("\"line\\n\\\"quoted\\\"\"", "\"line\\n\\\"quoted\\\"\""),
        ] {
            round_trip(source, expected);
        }
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for source in [
            "",
            "1 +",
            "a b",
            "f(",
            "[1,",
            "{a",
            "\"x",
            "a.",
            "${x}",
            "for x in y",
            "1 2",
        ] {
            assert!(parse(source).is_err(), "{source}");
        }
    }

    #[test]
    fn nesting_has_a_limit_instead_of_a_stack_overflow() {
        let deep = "(".repeat(100_000);
        assert!(parse(&deep).is_err());
        let deep = "[".repeat(100_000);
        assert!(parse(&deep).is_err());
        let deep = "!".repeat(100_000);
        assert!(parse(&deep).is_err());
    }

    #[test]
    fn literal_text_is_escaped() {
        assert_eq!(escape_template("a${b}%{c}$d"), "a$${b}%%{c}$d");
        let value = crate::Value::from("${not.a.reference}");
        assert_eq!(render(&value), "\"$${not.a.reference}\"");
        assert_eq!(parse(&render(&value)).unwrap(), value);
    }
}
