//! "Did you mean": the valid names nearest to one that is not.

/// The candidates nearest to `name`, at most three, nearest first. Empty when none is near.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let limit = (name.chars().count() / 3).clamp(1, 4);
    let lower = name.to_lowercase();
    let mut typos = Vec::new();
    let mut parts = Vec::new();
    for candidate in candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
    {
        let other = candidate.to_lowercase();
        let distance = distance(&lower, &other);
        if distance <= limit {
            typos.push((distance, candidate));
        } else if is_part(&lower, &other) || is_part(&other, &lower) {
            parts.push((distance, candidate));
        }
    }
    // Of typos only the nearest: the next one may mean the opposite.
    let best = typos.iter().map(|(distance, _)| *distance).min();
    typos.retain(|(distance, _)| Some(*distance) == best);
    let mut ranked = if typos.is_empty() { parts } else { typos };
    ranked.sort_unstable();
    ranked.dedup();
    ranked.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The names as a question for the end of a message; empty without names.
pub fn did_you_mean(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("did you mean `{one}`?"),
        [first @ .., last] => format!("did you mean `{}` or `{last}`?", first.join("`, `")),
    }
}

/// Whether one name is made of whole words of the other: `timeout` of `visibility_timeout_seconds`.
fn is_part(short: &str, long: &str) -> bool {
    short.len() >= 4
        && (long.starts_with(&format!("{short}_"))
            || long.ends_with(&format!("_{short}"))
            || long.contains(&format!("_{short}_")))
        || short.len() >= 3 && long.starts_with(short)
}

/// The least number of insertions, deletions, replacements and swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.chars().collect::<Vec<_>>(), b.chars().collect::<Vec<_>>());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let keys = ["visibility_timeout", "max_receives", "retention", "timeout"];
        assert_eq!(nearest("visibilty_timeout", keys), ["visibility_timeout"]);
        assert_eq!(nearest("retnetion", keys), ["retention"]);
        assert_eq!(nearest("timeout_seconds", keys), ["timeout"]);
        assert_eq!(nearest("banana", keys), [""; 0]);
        assert_eq!(nearest("arm46", ["arm64", "x86_64"]), ["arm64"]);
    }

    #[test]
    fn the_question_reads_well() {
        assert_eq!(did_you_mean(&[]), "");
        assert_eq!(did_you_mean(&["a"]), "did you mean `a`?");
        assert_eq!(
            did_you_mean(&["a", "b", "c"]),
            "did you mean `a`, `b` or `c`?"
        );
    }
}
