//! Durations and sizes.

/// `"5m"` in seconds.
pub(super) fn duration(text: &str) -> Option<u64> {
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
pub(super) fn megabytes(text: &str) -> Option<u64> {
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
}
