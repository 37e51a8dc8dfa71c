//! The names and explanations of the checks that come from the provider's schema and from Terraform's
//! language, in the form of rules, so that they are documented like them.

use crate::diagnostic::Severity;
use crate::rules::Rule;

macro_rules! catalogue {
    ($($constant:ident, $name:literal, $severity:ident, $summary:literal, $explanation:literal;)*) => {
        $(pub(super) static $constant: Rule = Rule {
            name: $name,
            summary: $summary,
            explanation: $explanation,
            severity: Severity::$severity,
            source: SOURCE,
        };)*

        /// The checks of this module, by name.
        pub static CHECKS: &[&Rule] = &[$(&$constant),*];
    };
}

const SOURCE: &str = "Terraform, \"Configuration Language\"; the provider's schema";

catalogue! {
    BLOCK_COUNT, "block_count", Reject,
        "a nested block stands as often as the provider wants it",
        "The provider's schema says how often a nested block has to, or may, stand. Terraform refuses anything else at `terraform validate`.";
    COMPUTED_ARGUMENT, "computed_argument", Reject,
        "an attribute that AWS decides is not set",
        "Attributes such as `arn` are results. Setting one is an error of Terraform's; refer to it instead.";
    DUPLICATE_ADDRESS, "duplicate_address", Reject,
        "an address names one block",
        "Terraform knows every block by its type and name. Two blocks of one address are an error, and in JSON the second would silently replace the first.";
    INSTANCE_KEY, "instance_key", Reject,
        "a block with `count` or `for_each` is referred to by instance, and no other is",
        "With `count` or `for_each` a block stands for a list or a map of instances, so an attribute is asked of one of them (`Queues[\"de\"].url`) or of all (`Queues[*].url`). Without, there is nothing to choose from.";
    MISPLACED_EXPRESSION, "misplaced_expression", Reject,
        "a bare name stands where Terraform wants one, and an expression where it wants that",
        "Arguments such as `depends_on` and `provider` take addresses, which are no expressions; the defaults of variables and the backend take literals only.";
    MISSING_ARGUMENT, "missing_argument", Reject,
        "an argument that the provider requires is there",
        "The provider's schema marks the argument as required. Terraform refuses the block without it.";
    OUT_OF_SCOPE, "out_of_scope", Reject,
        "`each` and `count.index` stand where Terraform binds them",
        "`each` is bound in a block with `for_each`, and `count.index` in one with `count`. Anywhere else Terraform refuses the name.";
    UNDEFINED_REFERENCE, "undefined_reference", Reject,
        "what is referred to exists",
        "A reference to a block that the stack does not declare is an error of `terraform validate`.";
    UNFULFILLED_EXPECTATION, "unfulfilled_expectation", Warn,
        "a mistake that is expected is there",
        "`#[expect(…)]` promises that a rule fires. When it no longer does, the attribute hides nothing but the next real mistake.";
    UNKNOWN_ARGUMENT, "unknown_argument", Reject,
        "an argument is one that the resource has",
        "The provider's schema does not have the argument. Terraform refuses it.";
    UNKNOWN_ATTRIBUTE, "unknown_attribute", Reject,
        "an attribute that is referred to exists",
        "The provider's schema does not have the attribute, so there is nothing to read. Terraform refuses the reference.";
    UNKNOWN_FUNCTION, "unknown_function", Reject,
        "a function is one that Terraform or the provider has",
        "Terraform's functions are built in, and a stack cannot define others. A function of a provider is written `provider::aws::arn_parse(…)`.";
    UNKNOWN_RESOURCE_TYPE, "unknown_resource_type", Reject,
        "a resource type is one that the provider has",
        "The provider's schema does not have the type. Terraform refuses it.";
    UNKNOWN_UNTIL_APPLY, "unknown_until_apply", Reject,
        "how many instances there are, and their keys, is known before anything is made",
        "`count` and the keys of `for_each` decide what is planned. An attribute that AWS gives a resource when it is made (`id`, `arn`) is not known then, and Terraform stops with \"Invalid for_each argument\". Keys that are written out work, with the attribute in the values.";
    WRONG_ARGUMENT_COUNT, "wrong_argument_count", Reject,
        "a function gets as many arguments as it takes",
        "Terraform refuses a call with an argument too many or too few.";
    WRONG_TYPE, "wrong_type", Reject,
        "a value has the type that the argument wants",
        "Terraform converts between strings, numbers and truth values where the text allows it, and nothing else.";
}
