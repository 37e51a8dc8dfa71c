//! Markdown tables.

use std::fmt;

/// A table with a heading.
pub(super) struct Table {
    title: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// One without rows.
    pub(super) fn new<'h>(title: &'static str, head: impl IntoIterator<Item = &'h str>) -> Self {
        Self {
            title,
            head: head.into_iter().map(str::to_owned).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}\n", self.title)?;
        writeln!(f, "| {} |", self.head.join(" | "))?;
        writeln!(f, "|{}", "---|".repeat(self.head.len()))?;
        for row in &self.rows {
            // A bar, or a line break of a failed command, would end the cell.
            let cells = row
                .iter()
                .map(|cell| cell.replace('|', "\\|").replace('\n', " "))
                .collect::<Vec<_>>();
            writeln!(f, "| {} |", cells.join(" | "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_markdown() {
        let mut table = Table::new("Times", ["what", "s"]);
        table.row(["a | b\nc".to_owned(), "1".to_owned()]);
        assert_eq!(
            table.to_string(),
            "### Times\n\n| what | s |\n|---|---|\n| a \\| b c | 1 |\n"
        );
    }
}
