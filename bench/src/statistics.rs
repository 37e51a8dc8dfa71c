//! What many measurements come to.

use serde::Serialize;

/// The middle and the least of several values.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    pub(crate) min: f64,
}

impl Summary {
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let sorted = sorted(values);
        Self {
            median: percentile(&sorted, 50),
            min: percentile(&sorted, 0),
        }
    }
}

/// The values, from the least.
pub(crate) fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values = values.into_iter().collect::<Vec<_>>();
    values.sort_by(f64::total_cmp);
    values
}

/// The value that so many percent of the sorted values do not exceed; 0 without values.
pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100);
    let value = sorted.get(rank.saturating_sub(1)).copied().unwrap_or(0.0);
    (value * 1e3).round() / 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let values = sorted((1..=200).rev().map(f64::from));
        let at = |percent| percentile(&values, percent);
        let wanted = [(0, 1.0), (50, 100.0), (99, 198.0), (100, 200.0)];
        for (percent, value) in wanted {
            assert!(
                (at(percent) - value).abs() < 1e-9,
                "{percent}: {}",
                at(percent)
            );
        }
        assert!(percentile(&[], 50).abs() < 1e-9);
    }
}
