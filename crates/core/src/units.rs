//! Texts that stand for what Terraform calls otherwise: durations, sizes, and friendlier names.

use crate::value::Value;

/// What a text is turned into.
#[derive(Clone, Copy, Debug)]
pub enum Unit {
    /// A duration in seconds.
    Seconds,
    /// A duration in whole hours.
    Hours,
    /// A duration in whole days.
    Days,
    /// A size in mebibytes.
    Megabytes,
    /// One of these texts, each with what Terraform calls it.
    OneOf(&'static [(&'static str, &'static str)]),
}

impl Unit {
    /// What Terraform wants for a text; `None` when it is no such text.
    pub fn of(self, text: &str) -> Option<Value> {
        let whole = |seconds: u64| {
            duration(text)
                .filter(|duration| duration % seconds == 0)
                .map(|duration| Value::from(duration / seconds))
        };
        match self {
            Self::Seconds => whole(1),
            Self::Hours => whole(3_600),
            Self::Days => whole(86_400),
            Self::Megabytes => megabytes(text).map(Value::from),
            Self::OneOf(values) => values
                .iter()
                .find(|(name, to)| *name == text || *to == text)
                .map(|(_, to)| Value::from(*to)),
        }
    }

    /// What Terraform calls it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Seconds => "number of seconds",
            Self::Hours => "number of hours",
            Self::Days => "number of days",
            Self::Megabytes => "number of megabytes",
            Self::OneOf(_) => "name",
        }
    }
}

/// `"5m"` in seconds.
fn duration(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

/// `"1GB"` in mebibytes, which is what AWS means by MB.
fn megabytes(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit.trim() {
        "MB" | "MiB" => 1,
        "GB" | "GiB" => 1_024,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_have_units() {
        assert_eq!(duration("5m"), Some(300));
        assert_eq!(duration("14d"), Some(1_209_600));
        assert_eq!(duration("5"), None);
        assert_eq!(duration("5 minutes"), None);
        assert_eq!(duration("-5m"), None);
        assert_eq!(duration("99999999999999999w"), None);
        assert_eq!(megabytes("1GB"), Some(1_024));
        assert_eq!(megabytes("512MB"), Some(512));
        assert_eq!(megabytes("512"), None);
    }

    #[test]
    fn texts_become_what_terraform_wants() {
        assert_eq!(Unit::Seconds.of("5m"), Some(300_u64.into()));
        assert_eq!(Unit::Hours.of("90m"), None);
        assert_eq!(Unit::Days.of("2w"), Some(14_u64.into()));
        assert_eq!(Unit::Megabytes.of("1GB"), Some(1_024_u64.into()));
        let names = Unit::OneOf(&[("on_demand", "PAY_PER_REQUEST")]);
        assert_eq!(names.of("on_demand"), Some("PAY_PER_REQUEST".into()));
        assert_eq!(names.of("PAY_PER_REQUEST"), Some("PAY_PER_REQUEST".into()));
        assert_eq!(names.of("often"), None);
    }
}
