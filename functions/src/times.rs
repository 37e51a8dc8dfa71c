//! Times as texts whose order is the order in time.

use time::OffsetDateTime;
use time::UtcOffset;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// Where the time comes from: the system, or a test.
pub type Clock = fn() -> OffsetDateTime;

/// `2026-04-09T12:34:56.000Z`: always in UTC, always with milliseconds, so that texts sort as times do.
pub fn text(time: OffsetDateTime) -> String {
    const FORMAT: &[time::format_description::BorrowedFormatItem<'_>] =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    // Writing into a text cannot fail, and the format asks only for what every time has.
    time.to_offset(UtcOffset::UTC)
        .format(FORMAT)
        .unwrap_or_default()
}

/// The time of a text, such as [`text`] makes.
pub fn read(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_of_one_length_and_read_back() {
        let time = read("2026-04-09T14:34:56.7891+02:00").unwrap();
        assert_eq!(text(time), "2026-04-09T12:34:56.789Z");
        let whole = read("2026-04-09T12:34:56Z").unwrap();
        assert_eq!(text(whole), "2026-04-09T12:34:56.000Z");
        assert_eq!(read(&text(whole)), Some(whole));
        assert_eq!(read("yesterday"), None);
    }
}
