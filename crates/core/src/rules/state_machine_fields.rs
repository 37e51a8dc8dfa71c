//! The fields that each type of state takes.
//!
//! Source: Amazon States Language specification, and AWS Step Functions Developer Guide, "Using Amazon
//! States Language to define Step Functions workflows".

/// The types of state, each with its fields besides [`COMMON`].
pub(super) const TYPES: [(&str, &[&str]); 8] = [
    (
        "Task",
        &[
            "Resource",
            "Next",
            "End",
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "Arguments",
            "Output",
            "Assign",
            "Retry",
            "Catch",
            "TimeoutSeconds",
            "TimeoutSecondsPath",
            "HeartbeatSeconds",
            "HeartbeatSecondsPath",
            "Credentials",
        ],
    ),
    (
        "Parallel",
        &[
            "Branches",
            "Next",
            "End",
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "Arguments",
            "Output",
            "Assign",
            "Retry",
            "Catch",
        ],
    ),
    (
        "Map",
        &[
            "ItemProcessor",
            "Iterator",
            "ItemReader",
            "ItemsPath",
            "Items",
            "ItemSelector",
            "ItemBatcher",
            "ResultWriter",
            "MaxConcurrency",
            "MaxConcurrencyPath",
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
            "Label",
            "Next",
            "End",
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "Arguments",
            "Output",
            "Assign",
            "Retry",
            "Catch",
        ],
    ),
    (
        "Choice",
        &[
            "Choices",
            "Default",
            "InputPath",
            "OutputPath",
            "Output",
            "Assign",
        ],
    ),
    (
        "Pass",
        &[
            "Result",
            "Next",
            "End",
            "InputPath",
            "OutputPath",
            "Parameters",
            "ResultPath",
            "Output",
            "Assign",
        ],
    ),
    (
        "Wait",
        &[
            "Seconds",
            "SecondsPath",
            "Timestamp",
            "TimestampPath",
            "Next",
            "End",
            "InputPath",
            "OutputPath",
            "Output",
            "Assign",
        ],
    ),
    ("Succeed", &["InputPath", "OutputPath", "Output"]),
    ("Fail", &["Error", "ErrorPath", "Cause", "CausePath"]),
];

/// The fields of every state.
pub(super) const COMMON: [&str; 3] = ["Type", "Comment", "QueryLanguage"];

/// Fields that only states in JSONata take.
const JSONATA: [&str; 3] = ["Arguments", "Output", "Items"];

/// Fields that only states in JSONPath take, besides all whose names end in `Path`.
const JSONPATH: [&str; 2] = ["Parameters", "ResultSelector"];

/// The fields of a type of state.
pub(super) fn fields(kind: &str) -> Option<&'static [&'static str]> {
    TYPES
        .iter()
        .find(|(name, _)| *name == kind)
        .map(|(_, fields)| *fields)
}

/// Whether any type of state has this field.
pub(super) fn is_field(name: &str) -> bool {
    TYPES.iter().any(|(_, fields)| fields.contains(&name))
}

/// The query language that a field belongs to, where it is one's alone.
pub(super) fn language(field: &str) -> Option<&'static str> {
    if JSONATA.contains(&field) {
        Some("JSONata")
    } else if JSONPATH.contains(&field) || field.ends_with("Path") {
        Some("JSONPath")
    } else {
        None
    }
}
