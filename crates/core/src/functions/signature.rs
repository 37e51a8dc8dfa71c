//! One function: its line in the table, read.

use crate::schema::Type;

/// A function's parameters and result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The function's name.
    pub name: &'static str,
    /// What it takes, in order.
    pub parameters: Vec<Parameter>,
    /// What may follow, in any number.
    pub variadic: Option<Parameter>,
    /// What it gives.
    pub returns: Type,
}

/// A parameter of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its type; [`Type::Any`] where the function itself looks at what it gets.
    pub type_: Type,
    /// Whether it may be `null`.
    pub nullable: bool,
}

impl Signature {
    /// Reads a line: `cidrsubnets(prefix: string, ...newbits: number): list(string)`.
    pub(super) fn parse(line: &'static str) -> Option<Self> {
        let (name, rest) = line.split_once('(')?;
        let (parameters, returns) = rest.split_once("): ")?;
        let mut signature = Self {
            name,
            parameters: Vec::new(),
            variadic: None,
            returns: Type::parse(returns)?,
        };
        for parameter in parameters.split(", ").filter(|text| !text.is_empty()) {
            let (name, type_) = parameter.split_once(": ")?;
            let (name, variadic) = match name.strip_prefix("...") {
                Some(name) => (name, true),
                None => (name, false),
            };
            let plain = name.trim_end_matches('?');
            let parameter = Parameter {
                name: plain,
                type_: Type::parse(type_)?,
                nullable: plain.len() < name.len(),
            };
            if variadic {
                signature.variadic = Some(parameter);
            } else {
                signature.parameters.push(parameter);
            }
        }
        Some(signature)
    }

    /// The parameter that takes the argument at this place.
    pub fn parameter(&self, place: usize) -> Option<&Parameter> {
        self.parameters.get(place).or(self.variadic.as_ref())
    }
}
