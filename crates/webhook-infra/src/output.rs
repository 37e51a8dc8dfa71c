//! Outputs of a stack as inputs of another, each with a directory of its own.

// All but the traits is between the macro and this crate.
#![allow(missing_docs)]

use std::collections::{BTreeMap, HashMap};

use webhook_infra_core::{Block, Value, ValueKind};

use crate::constant::Constant;
use crate::declared::{Probe, Undeclared, parsed, refuse};
use crate::definition::Definition;
use crate::text::{Text, equal};

/// An output of a stack: a struct with `#[output]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no output of a stack",
    label = "an input reads a struct with `#[output(…)]`",
    note = "write `#[output(Vpc.id)] pub struct VpcId(pub String);` in the stack that has it"
)]
pub trait StackOutput {
    /// The type of its value.
    type Value;

    /// How it can be read.
    #[doc(hidden)]
    const OUTPUT: OutputDefinition;

    #[doc(hidden)]
    const CHECKED: () = ();
}

/// Two types that are one.
#[diagnostic::on_unimplemented(
    message = "the output is of type `{Self}`, but the input of type `{T}`",
    label = "write `{Self}`",
    note = "an input has the type that the field of the output's struct has: `pub struct VpcId(pub String);`"
)]
pub trait Is<T> {}

impl<T> Is<T> for T {}

/// The type of an output that has none, which is reported by itself.
pub struct Untyped;

macro_rules! untyped {
    ($($type:ty)*) => { $(impl Is<$type> for Untyped {})* };
}

untyped! { String bool u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64 }

impl<T> Is<Vec<T>> for Untyped {}
impl<T> Is<Option<T>> for Untyped {}
impl<K, V> Is<BTreeMap<K, V>> for Untyped {}
impl<K, V> Is<HashMap<K, V>> for Untyped {}

#[derive(Clone, Copy)]
pub struct OutputDefinition {
    pub name: &'static str,
    /// The module of its stack.
    pub stack: &'static str,
    pub is_typed: bool,
    /// How a parameter, whose value is text, carries it: `text`, `number`, `bool` or `json`.
    pub carried: &'static str,
    pub is_sensitive: bool,
    /// What is wrong with the place of the stack's state: `none`, `relative`, or nothing.
    pub state: &'static str,
    pub parameter: Option<&'static dyn Constant>,
    /// A function, so that two stacks may read each other's outputs.
    pub definition: fn() -> Definition,
}

impl<O: StackOutput> Probe<O> {
    pub const OUTPUT: Option<OutputDefinition> = Some(O::OUTPUT);

    pub fn check_type<T>()
    where
        O::Value: Is<T>,
    {
    }
}

/// For what is no output, which is reported once, by the check of the trait.
pub trait NoOutput {
    const OUTPUT: Option<OutputDefinition> = None;

    fn check_type<T>() {}
}

impl<T: ?Sized + Undeclared> NoOutput for T {}

/// The value of an input.
pub struct Input {
    pub output: Option<OutputDefinition>,
    pub way: Way,
}

/// The data source that reads it, by its name.
pub enum Way {
    State(&'static str),
    Parameter(&'static str),
}

impl Constant for Input {
    fn to_value(&self) -> Value {
        let Some(output) = &self.output else {
            return ValueKind::Null.into();
        };
        parsed(&match self.way {
            Way::State(label) => {
                format!(
                    "data.terraform_remote_state.{label}.outputs.{}",
                    output.name
                )
            }
            Way::Parameter(label) => {
                let attribute = if output.is_sensitive {
                    "value"
                } else {
                    "insecure_value"
                };
                let value = format!("data.aws_ssm_parameter.{label}.{attribute}");
                match output.carried {
                    "number" => format!("tonumber({value})"),
                    "bool" => format!("tobool({value})"),
                    "json" => format!("jsondecode({value})"),
                    _ => value,
                }
            }
        })
    }
}

/// The kind of backend that keeps the state of the output's stack.
pub struct StateBackend(pub Option<OutputDefinition>);

/// The settings of that backend.
pub struct StateConfig(pub Option<OutputDefinition>);

/// The name of the parameter that carries the output.
pub struct ParameterName(pub Option<OutputDefinition>);

impl Constant for StateBackend {
    fn to_value(&self) -> Value {
        backend(self.0.as_ref()).map_or(ValueKind::Null.into(), |(kind, _)| kind.into())
    }
}

impl Constant for StateConfig {
    fn to_value(&self) -> Value {
        backend(self.0.as_ref()).map_or(ValueKind::Null.into(), |(_, config)| config)
    }
}

impl Constant for ParameterName {
    fn to_value(&self) -> Value {
        let parameter = self.0.as_ref().and_then(|output| output.parameter);
        parameter.map_or(ValueKind::Null.into(), Constant::to_value)
    }
}

fn backend(output: Option<&OutputDefinition>) -> Option<(String, Value)> {
    let terraform = (output?.definition)().terraform()?;
    backend_of(&terraform)
}

fn backend_of(terraform: &Block) -> Option<(String, Value)> {
    // HCP Terraform is read by the backend that is called `remote`.
    if let Some(cloud) = terraform.body.get("cloud") {
        return Some(("remote".to_owned(), cloud.clone()));
    }
    let backend = terraform.body.get("backend")?.as_object()?;
    let (kind, config) = backend.iter().next()?;
    Some((kind.name.clone(), config.clone()))
}

/// Refuses to read the state of a stack that keeps it nowhere that others could find it.
///
/// # Panics
/// In the compiler, when that is so.
#[track_caller]
pub const fn check_state(output: Option<OutputDefinition>, shown: &str) {
    let Some(output) = output else { return };
    check_typed(&output, shown);
    let ways = Text::new()
        .with("`\nhelp: write `backend(s3, bucket = \"…\", key = \"…\")` in the `#[stack(…)]` of `")
        .with(output.stack)
        .with("`, or `via = \"parameter\"` here and `parameter = \"/…\"` in the output's `#[output(…)]`");
    let text = Text::new().with("the state of stack `").with(output.stack);
    if equal(output.state, "none") {
        refuse(&text.with(
                "` is kept in its own directory, without a backend, so another stack cannot read `",
            )
            .with(shown)
            .with(ways.as_str()),
        );
    }
    if equal(output.state, "relative") {
        refuse(&text.with("` is kept in a file whose path is relative to its own directory, so another stack cannot read `")
                .with(shown)
                .with(ways.as_str()),
        );
    }
}

/// Refuses to read a parameter that is not made.
///
/// # Panics
/// In the compiler, when that is so.
#[track_caller]
pub const fn check_parameter(output: Option<OutputDefinition>, shown: &str) {
    let Some(output) = output else { return };
    check_typed(&output, shown);
    if output.parameter.is_none() {
        refuse(
            &Text::new()
                .with("output `")
                .with(shown)
                .with("` has no parameter\nhelp: write `#[output(…, parameter = \"/")
                .with(output.stack)
                .with("/")
                .with(output.name)
                .with("\")]` there, or leave `via` out and read the state"),
        );
    }
}

#[track_caller]
const fn check_typed(output: &OutputDefinition, shown: &str) {
    if !output.is_typed {
        refuse(&Text::new()
                .with("output `")
                .with(shown)
                .with("` does not say of what type it is\nhelp: write the type in its struct, as here: `pub struct Name(pub String);`"),
        );
    }
}
