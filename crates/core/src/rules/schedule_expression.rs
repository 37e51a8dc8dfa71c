//! Schedule expressions: `rate(5 minutes)`, `cron(0 6 * * ? *)` and `at(2030-01-31T08:00:00)`.
//!
//! Source: Amazon EventBridge User Guide, "Using cron and rate expressions to schedule rules", and
//! EventBridge Scheduler User Guide, "Schedule types on EventBridge Scheduler".

/// What is wrong with an expression, and what to write instead.
#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) message: String,
    pub(super) help: String,
}

fn flaw<T>(message: impl Into<String>, help: impl Into<String>) -> Result<T, Flaw> {
    Err(Flaw {
        message: message.into(),
        help: help.into(),
    })
}

/// Checks an expression; `takes_at` says that it may run once.
pub(super) fn check(text: &str, takes_at: bool) -> Result<(), Flaw> {
    let examples = if takes_at {
        "write `rate(5 minutes)`, `cron(0 6 * * ? *)` or `at(2030-01-31T08:00:00)`"
    } else {
        "write `rate(5 minutes)` or `cron(0 6 * * ? *)`"
    };
    let call = text
        .split_once('(')
        .and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)));
    match call {
        Some(("rate", inner)) => rate(inner),
        Some(("cron", inner)) => cron(inner),
        Some(("at", inner)) if takes_at => at(inner),
        Some(("at", _)) => flaw(
            "runs once, which the rules of a bus cannot",
            "use a schedule of EventBridge Scheduler: `#[schedule(\"at(…)\", target = …)]`",
        ),
        _ if text.split_whitespace().count() == 5 => five_fields(text),
        _ => flaw("is neither a rate nor a cron expression", examples),
    }
}

fn rate(inner: &str) -> Result<(), Flaw> {
    let example = "write a number and a unit: `rate(5 minutes)`, `rate(1 hour)`, `rate(7 days)`";
    let mut words = inner.split_whitespace();
    let (Some(number), Some(unit), None) = (words.next(), words.next(), words.next()) else {
        return flaw("has to say a number and a unit", example);
    };
    let Some(number) = number.parse::<u32>().ok().filter(|number| *number > 0) else {
        return flaw(
            format!("has the number `{number}`, which is no whole number above 0"),
            example,
        );
    };
    let single = unit.strip_suffix('s').unwrap_or(unit);
    if !["minute", "hour", "day"].contains(&single) {
        let seconds = matches!(single, "second" | "sec");
        let message = if seconds {
            "counts in seconds, but the shortest rate is a minute".to_owned()
        } else {
            format!("has the unit `{unit}`; there are minutes, hours and days")
        };
        return flaw(message, example);
    }
    let wanted = if number == 1 {
        single.to_owned()
    } else {
        format!("{single}s")
    };
    if unit != wanted {
        return flaw(
            format!("has the unit `{unit}` for {number}"),
            format!("write `rate({number} {wanted})`"),
        );
    }
    Ok(())
}

/// A field of a cron expression.
struct Field {
    name: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
    /// Letters and signs that stand for something in it besides `,`, `-`, `*` and `/`.
    wildcards: &'static str,
}

const MONTHS: &[&str] = &[
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const DAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: [Field; 6] = [
    field("minutes", 0, 59, &[], ""),
    field("hours", 0, 23, &[], ""),
    field("day of month", 1, 31, &[], "?LW"),
    field("month", 1, 12, MONTHS, ""),
    field("day of week", 1, 7, DAYS, "?L#"),
    field("year", 1970, 2199, &[], ""),
];

const fn field(
    name: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
    wildcards: &'static str,
) -> Field {
    Field {
        name,
        least,
        most,
        names,
        wildcards,
    }
}

fn cron(inner: &str) -> Result<(), Flaw> {
    let parts = inner.split_whitespace().collect::<Vec<_>>();
    if parts.len() == 5 {
        return five_fields(inner);
    }
    if parts.len() != FIELDS.len() {
        return flaw(
            format!("has {} fields in place of six", parts.len()),
            "the fields are minutes, hours, day of month, month, day of week and year: `cron(0 6 * * ? *)`",
        );
    }
    for (part, field) in parts.iter().zip(&FIELDS) {
        if *part == "*" || *part == "?" && field.wildcards.contains('?') {
            continue;
        }
        for item in part.split(',') {
            one(item, field).map_err(|message| Flaw {
                message: format!("has `{part}` as its {}: {message}", field.name),
                help: range(field),
            })?;
        }
    }
    let (month, week) = (parts[2], parts[4]);
    match (month == "?", week == "?") {
        (true, true) => flaw(
            "has `?` for both days, so it says of no day",
            "write `*` for the day of month: `cron(0 6 * * ? *)`",
        ),
        (false, false) => {
            let mut fixed = parts.clone();
            let place = if week == "*" || month != "*" { 4 } else { 2 };
            fixed[place] = "?";
            flaw(
                "says a day of month and a day of week, of which one has to be `?`",
                format!("write `cron({})`", fixed.join(" ")),
            )
        }
        _ => Ok(()),
    }
}

/// A cron expression of Unix's, which has no year and no `?`.
fn five_fields(text: &str) -> Result<(), Flaw> {
    let mut parts = text.split_whitespace().collect::<Vec<_>>();
    let place = if parts[4] == "*" { 4 } else { 2 };
    let is_week = place == 2;
    parts[place] = "?";
    parts.push("*");
    let note = if is_week {
        " with the day of week as 1 (Sunday) to 7, or `MON`"
    } else {
        ""
    };
    flaw(
        "has the five fields of Unix's cron in place of six",
        format!("write `cron({})`{note}", parts.join(" ")),
    )
}

fn range(field: &Field) -> String {
    let Field {
        name, least, most, ..
    } = field;
    let names = match (field.names.first(), field.names.last()) {
        (Some(first), Some(last)) => format!(" or `{first}` to `{last}`"),
        _ => String::new(),
    };
    format!(
        "the {name} is {least} to {most}{names}, a list (`,`), a range (`-`), every so many (`/`) or `*`"
    )
}

/// One item of a field: `5`, `MON-FRI`, `0/15`, `15W`, `6#3`, `5L`.
fn one(item: &str, field: &Field) -> Result<(), String> {
    let (start, step) = match item.split_once('/') {
        Some((start, step)) => (start, Some(step)),
        None => (item, None),
    };
    if let Some(step) = step {
        if !step.parse::<u32>().is_ok_and(|step| step > 0) {
            return Err(format!("`{step}` is no step"));
        }
    }
    if start == "*" {
        return Ok(());
    }
    if field.wildcards.contains('L') && (start == "L" || start == "LW" || start.starts_with("L-")) {
        return Ok(());
    }
    if field.wildcards.contains('#') {
        if let Some((day, which)) = start.split_once('#') {
            if !which
                .parse::<u32>()
                .is_ok_and(|which| (1..=5).contains(&which))
            {
                return Err(format!("`{which}` is no week of a month, 1 to 5"));
            }
            return number(day, field);
        }
    }
    for ending in ['W', 'L'] {
        if let Some(day) = start.strip_suffix(ending) {
            let is_number = day.ends_with(|c: char| c.is_ascii_digit());
            if field.wildcards.contains(ending) && is_number {
                return number(day, field);
            }
        }
    }
    match start.split_once('-') {
        Some((from, to)) => number(from, field).and_then(|()| number(to, field)),
        None => number(start, field),
    }
}

fn number(text: &str, field: &Field) -> Result<(), String> {
    if field.names.contains(&text.to_ascii_uppercase().as_str()) {
        return Ok(());
    }
    match text.parse::<u32>() {
        Ok(number) if (field.least..=field.most).contains(&number) => Ok(()),
        Ok(number) => Err(format!("{number} is out of range")),
        Err(_) => Err(format!("`{text}` means nothing there")),
    }
}

fn at(inner: &str) -> Result<(), Flaw> {
    let help = "write `at(2030-01-31T08:00:00)`, with `timezone` for another zone than UTC";
    let is_date = inner.len() == 19
        && inner.char_indices().all(|(place, c)| match place {
            4 | 7 => c == '-',
            10 => c == 'T',
            13 | 16 => c == ':',
            _ => c.is_ascii_digit(),
        });
    if !is_date {
        return flaw(format!("has `{inner}` as its time"), help);
    }
    let part = |from: usize, to: usize| inner[from..to].parse::<u32>().unwrap_or(u32::MAX);
    let (year, month, day) = (part(0, 4), part(5, 7), part(8, 10));
    let is_leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0;
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let is_day = (1..=days).contains(&day);
    let is_time = part(11, 13) < 24 && part(14, 16) < 60 && part(17, 19) < 60;
    if is_day && is_time {
        Ok(())
    } else {
        flaw(
            format!("has `{inner}` as its time, which there is not"),
            help,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[track_caller]
    fn bad(text: &str, message: &str, help: &str) {
        let flaw = check(text, true).expect_err("it is no expression");
        assert!(flaw.message.contains(message), "{:?}", flaw.message);
        assert!(flaw.help.contains(help), "{:?}", flaw.help);
    }

    #[test]
    fn expressions_of_the_documentation_pass() {
        for text in [
            "rate(1 minute)",
            "rate(5 minutes)",
            "rate(1 hour)",
            "rate(7 days)",
            "cron(0 6 * * ? *)",
            "cron(0 10 ? * MON-FRI *)",
            "cron(0/15 8,12-17 1W JAN,jul ? 2030-2040)",
            "cron(15 10 ? * 6L 2019-2022)",
            "cron(0 9 ? * 2#1 *)",
            "cron(0 0 L * ? *)",
            "cron(0 0 LW * ? *)",
            "cron(*/10 * * * ? *)",
            "at(2028-02-29T23:59:59)",
        ] {
            assert!(check(text, true).is_ok(), "{text}");
        }
    }

    #[test]
    fn rates_have_a_number_and_its_unit() {
        bad("rate(1 minutes)", "`minutes` for 1", "`rate(1 minute)`");
        bad("rate(5 minute)", "`minute` for 5", "`rate(5 minutes)`");
        bad("rate(0 days)", "`0`", "rate(7 days)");
        bad("rate(30 seconds)", "a minute", "rate(5 minutes)");
        bad("rate(2 weeks)", "`weeks`", "rate(7 days)");
        bad("rate(5)", "a number and a unit", "rate(5 minutes)");
        bad("every 5 minutes", "neither", "at(2030");
    }

    #[test]
    fn cron_has_six_fields_and_one_question_mark() {
        bad("cron(0 6 * * *)", "five fields", "`cron(0 6 * * ? *)`");
        bad(
            "cron(0 6 * * 1)",
            "five fields",
            "`cron(0 6 ? * 1 *)` with the day",
        );
        bad("0 6 * * *", "five fields", "`cron(0 6 * * ? *)`");
        bad("cron(0 6 * *)", "4 fields", "minutes, hours");
        bad(
            "cron(0 6 * * * *)",
            "one has to be `?`",
            "`cron(0 6 * * ? *)`",
        );
        bad(
            "cron(0 6 * * MON *)",
            "one has to be `?`",
            "`cron(0 6 ? * MON *)`",
        );
        bad(
            "cron(0 6 1 * MON *)",
            "one has to be `?`",
            "`cron(0 6 1 * ? *)`",
        );
        bad("cron(0 6 ? * ? *)", "both days", "cron(0 6 * * ? *)");
    }

    #[test]
    fn fields_have_ranges() {
        bad(
            "cron(60 6 * * ? *)",
            "minutes: 60 is out of range",
            "0 to 59",
        );
        bad("cron(0 24 * * ? *)", "hours", "0 to 23");
        bad("cron(0 6 0 * ? *)", "day of month", "1 to 31");
        bad("cron(0 6 * 13 ? *)", "month", "`JAN` to `DEC`");
        bad("cron(0 6 ? * 0 *)", "day of week", "1 to 7");
        bad("cron(0 6 ? * MO *)", "`MO` means nothing", "`SUN`");
        bad("cron(0 6 * * ? 1969)", "year", "1970 to 2199");
        bad("cron(0/0 6 * * ? *)", "`0` is no step", "0 to 59");
        bad("cron(? 6 * * ? *)", "`?` means nothing", "0 to 59");
        bad("cron(0 9 ? * 2#6 *)", "`6` is no week", "1 to 7");
        bad("cron(0 6 1W,x * ? *)", "`x` means nothing", "1 to 31");
    }

    #[test]
    fn times_are_dates_that_there_are() {
        bad("at(2030-01-31)", "`2030-01-31`", "at(2030-01-31T08:00:00)");
        bad("at(2030-02-29T08:00:00)", "which there is not", "at(");
        bad("at(2030-01-31T24:00:00)", "which there is not", "at(");
        assert!(check("at(2030-01-31T08:00:00)", false).is_err());
    }
}
