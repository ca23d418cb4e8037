//! Whether an answer is the one expected.

use super::Expectation;

/// How far a cell written `~15.3` may be from the answer, as a part of it: the service's own percentiles beyond a
/// hundred distinct values lie up to 3.2 % below the true ones.
pub const TOLERANCE: f64 = 0.035;

impl Expectation {
    /// Compares with an answer in the same format. Blanks and line ends at the end of lines and of the text do not
    /// count; where a cell is approximate, neither does the width of columns.
    ///
    /// # Errors
    /// What differs, in full.
    pub fn check(&self, actual: &str) -> Result<(), String> {
        let (expected, found) = (self.lines(&self.text), self.lines(actual));
        let loose = expected.iter().any(|it| cells(it).iter().any(|it| it.starts_with('~')));
        let head = if self.has("unordered") { self.head().min(expected.len()) } else { expected.len() };
        let mut rest: Vec<&str> = found.iter().copied().skip(head).collect();
        let mut same = expected.len() == found.len();
        for (expected, found) in expected.iter().zip(&found).take(head) {
            same &= same_line(expected, found, loose);
        }
        for expected in expected.iter().skip(head) {
            match rest.iter().position(|found| same_line(expected, found, loose)) {
                Some(position) => _ = rest.swap_remove(position),
                None => same = false,
            }
        }
        if same { Ok(()) } else { Err(format!("expected ({}):\n{}\nfound:\n{actual}", self.format, self.text)) }
    }

    fn lines<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let lines = text.trim_end().lines().map(str::trim_end);
        match self.format.as_str() {
            // The last row of an array has no comma, whichever row it is.
            "json" | "aws" => lines.map(|it| it.trim_end_matches(',')).collect(),
            _ => lines.collect(),
        }
    }

    /// How many lines stand above the rows.
    fn head(&self) -> usize {
        match self.format.as_str() {
            "table" | "csv" | "tsv" => 1,
            "markdown" => 2,
            _ => 0,
        }
    }
}

fn same_line(expected: &str, found: &str, loose: bool) -> bool {
    if !loose {
        return expected == found;
    }
    let (expected, found) = (cells(expected), cells(found));
    expected.len() == found.len() && expected.iter().zip(&found).all(|(expected, found)| same_cell(expected, found))
}

/// The cells of a line in any of the formats: what stands between tabs, commas, bars, quotes and wide gaps.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let barred = line.starts_with('|');
    let mut blanks = 0;
    for char in line.trim().chars() {
        blanks = if char == ' ' { blanks + 1 } else { 0 };
        match (char, cells.last_mut()) {
            ('\t' | ',' | '|' | '"', _) => cells.push(String::new()),
            (' ', _) if blanks == 2 && !barred => cells.push(String::new()),
            (' ', _) if blanks > 2 => {}
            (_, Some(cell)) => cell.push(char),
            _ => {}
        }
    }
    cells.iter().map(|it| cell(it.trim())).collect()
}

/// The rule below the head of a Markdown table is as wide as its column; here, all rules are alike.
fn cell(text: &str) -> String {
    if text.len() > 1 && text.bytes().all(|it| it == b'-') { "--".to_string() } else { text.to_string() }
}

fn same_cell(expected: &str, found: &str) -> bool {
    match (expected.strip_prefix('~').map(str::parse::<f64>), found.parse::<f64>()) {
        (Some(Ok(expected)), Ok(found)) => (expected - found).abs() <= TOLERANCE * found.abs(),
        _ => expected == found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(format: &str, words: &[&str], text: &str, actual: &str) -> bool {
        let words = words.iter().map(|it| it.to_string()).collect();
        let it = Expectation { format: format.to_string(), words, text: text.to_string(), position: 0, line: 1 };
        it.check(actual).is_ok()
    }

    #[test]
    fn the_ends_of_lines_do_not_count() {
        assert!(holds("table", &[], "a  b\n1  2", "a  b \n1  2\n\n"));
        assert!(!holds("table", &[], "a  b\n1  2", "a  b\n1   2"));
        assert!(!holds("table", &[], "a\n1\n2", "a\n1"));
        assert!(!holds("table", &[], "a\n1", "a\n1\n2"));
    }

    #[test]
    fn unordered_rows_stay_below_their_head() {
        assert!(holds("table", &["unordered"], "a\n1\n2\n2", "a\n2\n1\n2"));
        assert!(!holds("table", &["unordered"], "a\n1\n2\n2", "a\n2\n1\n1"));
        assert!(!holds("table", &["unordered"], "a\n1", "1\na"));
        assert!(!holds("table", &[], "a\n1\n2", "a\n2\n1"));
        assert!(holds("jsonl", &["unordered"], "{\"a\":1}\n{\"a\":2}", "{\"a\":2}\n{\"a\":1}"));
    }

    #[test]
    fn a_wave_allows_for_the_sketch() {
        assert!(holds("table", &[], "k  p99    n\na  ~15.3  3", "k  p99    n\na  15.725  3"));
        assert!(!holds("table", &[], "k  p99    n\na  ~15.3  3", "k  p99    n\na  16.725  3"));
        assert!(!holds("table", &[], "k  p99    n\na  ~15.3  3", "k  p99    n\na  15.725  4"));
        assert!(holds("json", &[], "[{\"p\":\"~100\"}]", "[{\"p\":\"101\"}]"));
        assert!(holds("csv", &["unordered"], "p\n~1\n~2", "p\n2.01\n1.01"));
        assert!(!holds("table", &[], "a   b\n~1  -5", "a  b\n1  5"));
        assert!(holds("markdown", &[], "| p |\n| --- |\n| ~10 |", "| p     |\n| ----- |\n| 10.01 |"));
    }
}
