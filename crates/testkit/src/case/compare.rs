//! Whether an answer is the one expected.

use super::Expectation;

/// How far the service itself may be off in a column, as a part of the value; None where it is exact.
pub type ServiceError<'a> = &'a dyn Fn(&str) -> Option<f64>;

impl Expectation {
    /// Compares with an answer in the same format. Blanks and line ends at the end of lines and of the text do not
    /// count; where a cell is approximate, neither does the width of columns, and the service's own error is allowed.
    ///
    /// # Errors
    /// What differs, in full.
    pub fn check(&self, actual: &str, error: ServiceError) -> Result<(), String> {
        let (expected, found) = (self.lines(&self.text), self.lines(actual));
        let is_loose = expected.iter().any(|it| cells(it).iter().any(|it| it.starts_with('~')));
        let columns = if self.head() > 0 { expected.first().map(|it| cells(it)) } else { None }.unwrap_or_default();
        let loose = is_loose.then_some(Loose { columns, error });
        let same_line = |expected: &str, found: &str| match &loose {
            Some(loose) => loose.same_line(expected, found),
            None => expected == found,
        };
        let head = if self.has("unordered") { self.head().min(expected.len()) } else { expected.len() };
        let mut rest: Vec<&str> = found.iter().copied().skip(head).collect();
        let mut same = expected.len() == found.len();
        for (expected, found) in expected.iter().zip(&found).take(head) {
            same &= same_line(expected, found);
        }
        for expected in expected.iter().skip(head) {
            match rest.iter().position(|found| same_line(expected, found)) {
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

/// How lines are compared where a cell is approximate.
struct Loose<'a> {
    /// The names of the columns, where a line has them.
    columns: Vec<String>,
    error: ServiceError<'a>,
}

impl Loose<'_> {
    fn same_line(&self, expected: &str, found: &str) -> bool {
        let (expected, found) = (cells(expected), cells(found));
        let same = |place: usize| same_cell(&expected[place], &found[place], || self.allowed(&expected, place));
        expected.len() == found.len() && (0..expected.len()).all(same)
    }

    /// How far a cell may be off: as its column may be; in JSON the name stands before the cell; in a line with missing
    /// cells, as the most exact of the columns that are not.
    fn allowed(&self, cells: &[String], place: usize) -> Option<f64> {
        if self.columns.is_empty() {
            return cells[..place].iter().rev().find_map(|it| (self.error)(it));
        }
        match self.columns.len() == cells.len() {
            true => (self.error)(&self.columns[place]),
            false => self.columns.iter().filter_map(|it| (self.error)(it)).reduce(f64::min),
        }
    }
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

fn same_cell(expected: &str, found: &str, allowed: impl FnOnce() -> Option<f64>) -> bool {
    match (expected.strip_prefix('~').map(str::parse::<f64>), found.parse::<f64>()) {
        (Some(Ok(expected)), Ok(found)) => allowed().is_some_and(|it| (expected - found).abs() <= it * found.abs()),
        _ => expected == found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(format: &str, words: &[&str], text: &str, actual: &str) -> bool {
        let words = words.iter().map(|it| it.to_string()).collect();
        let it = Expectation { format: format.to_string(), words, text: text.to_string(), position: 0, line: 1 };
        it.check(actual, &|column| match column {
            "p" | "p99" => Some(0.035),
            "d" => Some(0.1),
            _ => None,
        })
        .is_ok()
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
        assert!(!holds("table", &[], "p   b\n~1  -5", "p  b\n1  5"));
        assert!(holds("table", &[], "p   d\n~1  ~100", "p  d\n1  109"));
        assert!(!holds("table", &[], "p   d\n~1  ~100", "p  d\n1.05  100"));
        assert!(!holds("table", &[], "n\n~1", "n\n1.01"));
        assert!(holds("jsonl", &[], "{\"p\":\"~1\",\"d\":\"~100\"}", "{\"p\":\"1.01\",\"d\":\"109\"}"));
        assert!(!holds("jsonl", &[], "{\"d\":\"~1\",\"p\":\"~100\"}", "{\"d\":\"1\",\"p\":\"109\"}"));
        assert!(holds("markdown", &[], "| p |\n| --- |\n| ~10 |", "| p     |\n| ----- |\n| 10.01 |"));
    }
}
