//! The functions of Terraform's language: their parameters, their results, and since when they are there.
//!
//! [`find`] searches a table that is part of this crate, a line a function, sorted by name. `cargo xtask
//! functions` makes it from the output of `terraform metadata functions -json`.

mod encode;
mod minimum;
mod signature;

pub use encode::encode;
pub use minimum::{Minimum, minimum};
pub use signature::{Parameter, Signature};

/// The table, in the order of names. Lines that start with `#` come first.
static TABLE: &str = include_str!("terraform.functions");

/// Functions that only OpenTofu has, in the form of the table (OpenTofu, "Built-in Functions").
static OPENTOFU: [&str; 3] = [
    "base64gunzip(source: string): string",
    "cidrcontains(containing_prefix: string, contained_ip_or_prefix: string): bool",
    "urldecode(str: string): string",
];

/// The functions of the AWS provider, which its schema knows by name only (Terraform Registry,
/// "hashicorp/aws: Functions").
static AWS: [&str; 4] = [
    "arn_build(partition: string, service: string, region: string, account_id: string, resource: string): string",
    "arn_parse(arn: string): object({account_id = string, partition = string, region = string, resource = string, service = string})",
    "trim_iam_role_path(arn: string): string",
    "user_agent(product_name: string, product_version: string, comment: string): string",
];

/// How many arguments a function takes whose signature says that any number will do: at least, and at
/// most. They were found by calling the functions of Terraform 1.11.
static COUNTS: [(&str, usize, usize); 12] = [
    ("bcrypt", 1, 2),
    ("coalesce", 1, usize::MAX),
    ("coalescelist", 1, usize::MAX),
    ("concat", 1, usize::MAX),
    ("join", 2, usize::MAX),
    ("lookup", 2, 3),
    ("max", 1, usize::MAX),
    ("min", 1, usize::MAX),
    ("range", 1, 3),
    ("setproduct", 2, usize::MAX),
    ("try", 1, usize::MAX),
    ("cidrsubnets", 1, usize::MAX),
];

/// The signature of a function of the language, with or without `core::` before its name.
pub fn find(function: &str) -> Option<Signature> {
    let name = function.strip_prefix("core::").unwrap_or(function);
    let line = search(TABLE, name).or_else(|| find_in(&OPENTOFU, name))?;
    Signature::parse(line)
}

/// The signature of a function of a provider: `provider::aws::arn_parse`.
pub fn find_in_provider(provider: &str, function: &str) -> Option<Signature> {
    match provider {
        "aws" => Signature::parse(find_in(&AWS, function)?),
        _ => None,
    }
}

/// The names of all functions, sorted; those of OpenTofu alone come last.
pub fn names() -> impl Iterator<Item = &'static str> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .chain(OPENTOFU)
        .map(name_of)
}

/// How many arguments a function takes: at least, and at most.
pub fn counts(function: &str, signature: &Signature) -> (usize, usize) {
    let name = function.strip_prefix("core::").unwrap_or(function);
    let fixed = signature.parameters.len();
    match COUNTS.iter().find(|(known, ..)| *known == name) {
        Some((_, least, most)) => (*least, *most),
        None if signature.variadic.is_some() => (fixed, usize::MAX),
        None => (fixed, fixed),
    }
}

fn name_of(line: &str) -> &str {
    line.split('(').next().unwrap_or(line)
}

fn find_in(lines: &[&'static str], name: &str) -> Option<&'static str> {
    lines.iter().find(|line| name_of(line) == name).copied()
}

/// The line of a name. The table is searched in place, by halves.
fn search(table: &'static str, name: &str) -> Option<&'static str> {
    let (mut start, mut end) = (0, table.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let from = table
            .get(..middle)?
            .rfind('\n')
            .map_or(0, |place| place + 1);
        let to = table.get(middle..)?.find('\n')? + middle;
        let line = table.get(from..to)?;
        match name_of(line).cmp(name) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => start = to + 1,
            std::cmp::Ordering::Greater => end = from,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Type;
    use crate::versions::Version;

    #[test]
    fn every_function_is_found_and_read() {
        let mut count = 0;
        for name in names() {
            let signature = find(name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(signature.name, name);
            count += 1;
        }
        assert!(count > 100, "{count}");
        assert!(find("uper").is_none() && find("").is_none() && find("zz").is_none());
    }

    #[test]
    fn a_signature_has_its_parts() {
        let signature = find("core::cidrsubnets").unwrap();
        assert_eq!(signature.parameters[0].name, "prefix");
        assert_eq!(signature.variadic.as_ref().unwrap().type_, Type::Number);
        assert_eq!(signature.returns, Type::List(Box::new(Type::String)));
        assert_eq!(counts("cidrsubnets", &signature), (1, usize::MAX));
        let signature = find("upper").unwrap();
        assert_eq!(counts("upper", &signature), (1, 1));
    }

    #[test]
    fn the_provider_has_the_functions_that_are_listed() {
        let known = crate::schema::aws().function_names().collect::<Vec<_>>();
        let listed = AWS.iter().map(|line| name_of(line)).collect::<Vec<_>>();
        assert_eq!(known, listed);
        for name in listed {
            assert!(find_in_provider("aws", name).is_some(), "{name}");
        }
    }

    #[test]
    fn versions_are_told_where_they_matter() {
        assert_eq!(minimum("upper"), Minimum::ALWAYS);
        assert_eq!(minimum("templatestring").terraform, Some(Version(1, 9)));
        assert_eq!(minimum("urldecode").terraform, None);
        assert_eq!(
            minimum("provider::aws::arn_parse").opentofu,
            Some(Version(1, 7))
        );
        assert_eq!(minimum("core::upper").terraform, Some(Version(1, 8)));
    }
}
