//! Messages that the compiler puts together while it evaluates constants.

const ROOM: usize = 1_200;

/// A text of limited length. What does not fit is left out.
#[derive(Clone, Copy)]
pub(crate) struct Text {
    bytes: [u8; ROOM],
    length: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self {
            bytes: [0; ROOM],
            length: 0,
        }
    }

    pub(crate) const fn with(&self, text: &str) -> Self {
        let mut all = *self;
        let text = text.as_bytes();
        if all.length + text.len() <= ROOM {
            let mut place = 0;
            while place < text.len() {
                all.bytes[all.length] = text[place];
                all.length += 1;
                place += 1;
            }
        }
        all
    }

    /// The lines in backticks, separated by commas.
    pub(crate) const fn with_lines(&self, lines: &str) -> Self {
        let mut text = *self;
        let mut rest = lines;
        let mut is_first = true;
        while let Some((line, others)) = split_line(rest) {
            if !is_first {
                text = text.with(", ");
            }
            text = text.with("`").with(line).with("`");
            is_first = false;
            rest = others;
        }
        text
    }

    pub(crate) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }
}

/// The first line, and the others.
const fn split_line(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() && bytes[end] != b'\n' {
        end += 1;
    }
    if end == bytes.len() {
        return None;
    }
    let (line, rest) = bytes.split_at(end);
    let rest = rest.split_at(1).1;
    match (std::str::from_utf8(line), std::str::from_utf8(rest)) {
        (Ok(line), Ok(rest)) => Some((line, rest)),
        _ => None,
    }
}

pub(crate) const fn equal(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut place = 0;
    while place < left.len() {
        if left[place] != right[place] {
            return false;
        }
        place += 1;
    }
    true
}

pub(crate) const fn lines_contain(lines: &str, wanted: &str) -> bool {
    let mut rest = lines;
    while let Some((line, others)) = split_line(rest) {
        if equal(line, wanted) {
            return true;
        }
        rest = others;
    }
    false
}

/// The line that is most like the text, when one is like it at all.
pub(crate) const fn nearest_line<'l>(wanted: &str, lines: &'l str) -> Option<&'l str> {
    let mut rest = lines;
    let mut best = None;
    let mut least = wanted.len() / 3 + 1;
    while let Some((line, others)) = split_line(rest) {
        let distance = distance(wanted, line);
        if distance <= least && (best.is_none() || distance < least) {
            least = distance;
            best = Some(line);
        }
        rest = others;
    }
    best
}

/// How many letters have to be changed, added or removed.
const fn distance(left: &str, right: &str) -> usize {
    const LONGEST: usize = 64;
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() > LONGEST || right.len() > LONGEST {
        return usize::MAX;
    }
    let mut row = [0; LONGEST + 1];
    let mut column = 0;
    while column <= right.len() {
        row[column] = column;
        column += 1;
    }
    let mut line = 0;
    while line < left.len() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        let mut column = 0;
        while column < right.len() {
            let above = row[column + 1];
            let changed = if left[line] == right[column] {
                diagonal
            } else {
                diagonal + 1
            };
            row[column + 1] = least(changed, least(above, row[column]) + 1);
            diagonal = above;
            column += 1;
        }
        line += 1;
    }
    row[right.len()]
}

const fn least(left: usize, right: usize) -> usize {
    if left < right { left } else { right }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_line_is_found_in_a_constant() {
        const NEAR: Option<&str> = nearest_line("arm", "id\narn\nurl\n");
        assert_eq!(NEAR, Some("arn"));
        assert_eq!(nearest_line("completely", "id\narn\n"), None);
        assert!(lines_contain("id\narn\n", "arn") && !lines_contain("id\narn\n", "ar"));
    }

    #[test]
    fn a_text_has_a_limit() {
        let text = Text::new().with("a ").with_lines("id\narn\n");
        assert_eq!(text.as_str(), "a `id`, `arn`");
        let long = "x".repeat(ROOM);
        assert_eq!(text.with(&long).as_str(), "a `id`, `arn`");
    }
}
