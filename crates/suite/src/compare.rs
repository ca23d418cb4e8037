//! Whether an answer is the one expected, and where it is not.

use output::{Results, TABLE, visible};
use plan::{Estimate, service_error};
use similar::{ChangeTag, TextDiff};
use value::Batch;

use crate::expect::{Expect, Order, Others, Rows};
use crate::table;

/// How an answer differs from what a test expects.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Which expectation does not hold: `rows`, `row_count`.
    pub of: &'static str,
    /// How, in a sentence.
    pub message: String,
    /// The lines that differ, those expected behind `-` and those found behind `+`; may be empty.
    pub lines: String,
}

/// The differences between an answer and what is expected of it; those of its columns are estimates of the service.
pub fn compare(batch: &Batch, estimates: &[Estimate], expect: &Expect) -> Vec<Difference> {
    let answer = Answer::of(batch, estimates, expect.tolerance);
    let mut found = Vec::new();
    if let Some(columns) = expect.columns.as_ref().filter(|it| **it != batch_names(batch)) {
        found.push(Difference {
            of: "columns",
            message: format!("expected the columns {}", quoted(columns)),
            lines: format!("-{}\n+{}\n", columns.join(", "), batch_names(batch).join(", ")),
        });
    }
    if let Some(count) = expect.row_count.filter(|it| *it != batch.height) {
        let message = format!("expected {}, found {}", rows_of(count), batch.height);
        found.push(Difference { of: "row_count", message, lines: String::new() });
    }
    if let Some(rows) = &expect.rows {
        found.extend(all_rows(&answer, rows, expect.order));
    }
    if let Some(rows) = &expect.contains {
        found.extend(some_rows(&answer, rows));
    }
    found
}

/// An answer as a table, as `gw query` prints it.
pub fn printed(batch: &Batch) -> String {
    let mut text = Vec::new();
    // Writing to memory does not fail.
    let _ = (TABLE.write)(&Results::of(batch), &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// How many lines that are the same stand around those that differ.
const AROUND: usize = 3;

/// The lines in which two texts differ, with those around them and the first; `⋮` stands for what is left out.
pub fn diff(expected: &str, found: &str) -> String {
    let diff = TextDiff::from_lines(expected, found);
    let changes: Vec<(ChangeTag, &str)> = diff.iter_all_changes().map(|it| (it.tag(), it.value())).collect();
    let differs = |it: &(ChangeTag, &str)| it.0 != ChangeTag::Equal;
    let mut lines = String::new();
    let mut left_out = false;
    for (place, (tag, line)) in changes.iter().enumerate() {
        let around = &changes[place.saturating_sub(AROUND)..changes.len().min(place + AROUND + 1)];
        // The first line has the names of the columns.
        if place > 0 && !around.iter().any(differs) {
            left_out = true;
            continue;
        }
        if std::mem::take(&mut left_out) {
            lines.push_str(" ⋮\n");
        }
        let sign = match tag {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => ' ',
        };
        lines.push(sign);
        lines.push_str(line.trim_end_matches('\n'));
        lines.push('\n');
    }
    if left_out {
        lines.push_str(" ⋮\n");
    }
    lines
}

/// An answer, its cells as texts.
struct Answer {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    /// How far each column's numbers may be off.
    tolerances: Vec<Tolerance>,
}

/// How far numbers may be off.
#[derive(Clone, Copy)]
struct Tolerance {
    /// Whatever is written, as a part.
    always: f64,
    /// Where `~` stands before a number; None if the column is exact.
    approximate: Option<f64>,
}

impl Answer {
    fn of(batch: &Batch, estimates: &[Estimate], tolerance: Option<f64>) -> Answer {
        let columns = batch_names(batch);
        let cell = |name: &str, row: usize| batch.value(name, row).map(|it| it.to_text()).unwrap_or_default();
        let rows = (0..batch.height).map(|row| columns.iter().map(|name| cell(name, row)).collect());
        let tolerances = columns.iter().map(|it| Tolerance {
            always: tolerance.unwrap_or_default(),
            approximate: service_error(it, estimates).or(tolerance),
        });
        Answer { rows: rows.collect(), tolerances: tolerances.collect(), columns }
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|it| it == column)
    }
}

fn batch_names(batch: &Batch) -> Vec<String> {
    batch.names.iter().map(|it| it.to_string()).collect()
}

fn all_rows(answer: &Answer, expected: &Rows, order: Order) -> Option<Difference> {
    let differs = |message: &str| {
        let (expected, found) = side_by_side(answer, expected, order);
        Some(Difference { of: "rows", message: message.to_owned(), lines: diff(&expected, &found) })
    };
    // A table without a line is an answer without a row.
    let same_columns = expected.columns == answer.columns || expected.rows.is_empty() && answer.rows.is_empty();
    if expected.others == Others::Refused && !same_columns {
        return differs(&format!(
            "expected the columns {}, found {}{}",
            quoted(&expected.columns),
            quoted(&answer.columns),
            table::lesson(&expected.columns, &answer.columns)
        ));
    }
    if let Some(missing) = missing(answer, expected) {
        return differs(&missing);
    }
    if expected.rows.len() != answer.rows.len() {
        return differs(&format!("expected {}, found {}", rows_of(expected.rows.len()), answer.rows.len()));
    }
    let same = match order {
        Order::Counts => expected.rows.iter().zip(&answer.rows).all(|(it, row)| same_row(answer, expected, it, row)),
        Order::Any => unmatched(answer, expected).is_empty(),
    };
    if same { None } else { differs("the rows are others") }
}

fn some_rows(answer: &Answer, expected: &Rows) -> Option<Difference> {
    let message = missing(answer, expected);
    let lacking = unmatched(answer, expected);
    if message.is_none() && lacking.is_empty() {
        return None;
    }
    let head = expected.columns.join("  ");
    let row = |it: &usize| {
        let cells = expected.rows[*it].iter().map(|it| it.as_deref().map_or(String::from("*"), shown));
        format!("-{}\n", cells.collect::<Vec<_>>().join("  "))
    };
    let lines = format!(" {head}\n{}", lacking.iter().map(row).collect::<String>());
    let message = message.unwrap_or_else(|| match lacking.len() {
        1 => String::from("1 row is not in the answer"),
        count => format!("{count} rows are not in the answer"),
    });
    Some(Difference { of: "contains", message, lines })
}

/// The first column that is expected and not there.
fn missing(answer: &Answer, expected: &Rows) -> Option<String> {
    // An answer without rows may have lost its columns with them.
    let column = expected.columns.iter().find(|it| answer.place(it).is_none() && !answer.columns.is_empty())?;
    let names: Vec<&str> = answer.columns.iter().map(String::as_str).collect();
    Some(
        match syntax::nearest(column, &names) {
            Some(near) => format!("there is no column `{column}`; one with a similar name: `{near}`"),
            None => format!("there is no column `{column}`; there are {}", quoted(&answer.columns)),
        } + table::lesson(&expected.columns, &answer.columns),
    )
}

/// The expected rows that no row of the answer of its own is like.
///
/// An expected row that says little is like many rows, and may hold the only one that another is like; so rows are
/// given anew along paths of such rows (Kuhn's matching).
fn unmatched(answer: &Answer, expected: &Rows) -> Vec<usize> {
    let like = |number: usize| (0..answer.rows.len()).filter(move |it| same(answer, expected, number, *it));
    let mut holders: Vec<Option<usize>> = vec![None; answer.rows.len()];
    let mut lacking = Vec::new();
    for number in 0..expected.rows.len() {
        // How each row was reached: by which expected row, in the order in which they were.
        let mut reached: Vec<Option<usize>> = vec![None; answer.rows.len()];
        let mut open = vec![number];
        let mut free = None;
        while let Some(asking) = open.pop().filter(|_| free.is_none()) {
            for row in like(asking) {
                if reached[row].is_some() {
                    continue;
                }
                reached[row] = Some(asking);
                match holders[row] {
                    Some(holder) => open.push(holder),
                    None => {
                        free = Some(row);
                        break;
                    }
                }
            }
        }
        if free.is_none() {
            lacking.push(number);
        }
        while let Some(row) = free {
            let holder = reached[row];
            free = holders.iter().position(|it| it.is_some() && *it == holder);
            holders[row] = holder;
        }
    }
    lacking
}

fn same(answer: &Answer, expected: &Rows, number: usize, row: usize) -> bool {
    same_row(answer, expected, &expected.rows[number], &answer.rows[row])
}

fn same_row(answer: &Answer, expected: &Rows, cells: &[Option<String>], row: &[String]) -> bool {
    expected.columns.iter().zip(cells).all(|(column, cell)| match (cell, answer.place(column)) {
        (None, _) => true,
        (Some(cell), Some(place)) => same_cell(cell, &row[place], answer.tolerances[place]),
        (Some(_), None) => false,
    })
}

fn same_cell(expected: &str, found: &str, tolerance: Tolerance) -> bool {
    if expected == found {
        return true;
    }
    let approximate = expected.strip_prefix('~').and_then(|it| Some((it, tolerance.approximate?)));
    let (number, allowed) = approximate.unwrap_or((expected, tolerance.always));
    match (number.parse::<f64>(), found.parse::<f64>()) {
        (Ok(number), Ok(found)) => number == found || (number - found).abs() <= allowed * number.abs().max(found.abs()),
        _ => false,
    }
}

/// What was expected and what was found as two texts that can be laid side by side. An expected cell that the answer is
/// like is written as the answer has it, so that only what differs is seen to.
fn side_by_side(answer: &Answer, expected: &Rows, order: Order) -> (String, String) {
    let columns: Vec<String> = match expected.others {
        Others::Refused => answer.columns.clone(),
        Others::PassedOver => expected.columns.clone(),
    };
    let found: Vec<Vec<String>> = answer
        .rows
        .iter()
        .map(|row| {
            columns.iter().map(|it| answer.place(it).map(|place| row[place].clone()).unwrap_or_default()).collect()
        })
        .collect();
    let like = |number: usize, cells: &[Option<String>]| match order {
        Order::Counts => answer.rows.get(number),
        Order::Any => answer.rows.iter().find(|row| same_row(answer, expected, cells, row)),
    };
    let mut wanted: Vec<Vec<String>> = expected
        .rows
        .iter()
        .enumerate()
        .map(|(number, cells)| {
            let near = like(number, cells);
            expected
                .columns
                .iter()
                .zip(cells)
                .map(|(column, cell)| match (cell, answer.place(column), near) {
                    (None, Some(place), Some(row)) => row[place].clone(),
                    (Some(cell), Some(place), Some(row)) if same_cell(cell, &row[place], answer.tolerances[place]) => {
                        row[place].clone()
                    }
                    (cell, _, _) => cell.clone().unwrap_or_default(),
                })
                .collect()
        })
        .collect();
    let mut found = found;
    wanted.iter_mut().chain(&mut found).flatten().for_each(|it| *it = shown(it));
    if order == Order::Any {
        wanted.sort();
        found.sort();
    }
    let heads = [expected.columns.clone(), columns];
    let widths: Vec<usize> = (0..heads[0].len().max(heads[1].len()))
        .map(|column| {
            let width = |row: &Vec<String>| row.get(column).map_or(0, |it| it.chars().count());
            heads.iter().chain(&wanted).chain(&found).map(width).max().unwrap_or_default()
        })
        .collect();
    let [expected_head, found_head] = heads;
    (lines(&expected_head, &wanted, &widths), lines(&found_head, &found, &widths))
}

/// A cell on one line, nothing in it that commands a terminal.
fn shown(cell: &str) -> String {
    // A tab is not the blank it looks like.
    cell.chars().map(|it| if it == '\t' { '␉' } else { visible::sign(it) }).collect()
}

fn lines(head: &[String], rows: &[Vec<String>], widths: &[usize]) -> String {
    let line = |row: &[String]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}", width = *width));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    std::iter::once(line(head)).chain(rows.iter().map(|it| line(it))).collect()
}

/// `1 row`, `2 rows`
fn rows_of(count: usize) -> String {
    format!("{count} row{}", if count == 1 { "" } else { "s" })
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_say_little_leave_room_for_those_that_say_more() {
        let cells = |row: &str| row.chars().map(|it| (it != '*').then(|| it.to_string())).collect::<Vec<_>>();
        let exact = Tolerance { always: 0.0, approximate: None };
        let answer = Answer {
            columns: vec![String::from("a"), String::from("b")],
            rows: ["x1", "x2", "y1"].map(|it| cells(it).into_iter().flatten().collect()).to_vec(),
            tolerances: vec![exact; 2],
        };
        for (expected, lacking) in [
            (vec!["x*", "x1"], vec![]),
            (vec!["**", "x*", "*1", "x1"], vec![3]),
            (vec!["**", "x*", "x1"], vec![]),
            (vec!["x1", "x1"], vec![1]),
            (vec!["z*", "x2"], vec![0]),
        ] {
            let rows = expected.iter().map(|it| cells(it)).collect();
            let expected = Rows { columns: answer.columns.clone(), rows, others: Others::PassedOver };
            assert_eq!(unmatched(&answer, &expected), lacking, "{expected:?}");
        }
    }

    #[test]
    fn of_a_long_table_what_differs_is_shown_and_its_head() {
        let table = |odd: &str| {
            let line = |it: usize| if it == 50 { format!("{odd}\n") } else { format!("{it}\n") };
            std::iter::once(String::from("head\n")).chain((0..100).map(line)).collect::<String>()
        };
        let shown = " head\n ⋮\n 47\n 48\n 49\n-a\n+b\n 51\n 52\n 53\n ⋮\n";
        assert_eq!(diff(&table("a"), &table("b")), shown);
    }

    #[test]
    fn a_wave_means_the_error_of_the_service_itself() {
        let pct = Tolerance { always: 0.0, approximate: Some(0.035) };
        let exact = Tolerance { always: 0.0, approximate: None };
        assert!(same_cell("~100", "103", pct) && !same_cell("~100", "104", pct));
        assert!(!same_cell("100", "103", pct));
        assert!(!same_cell("~100", "100", exact), "an exact column has no error");
        let loose = Tolerance { always: 0.01, approximate: Some(0.01) };
        assert!(same_cell("100", "100.9", loose) && !same_cell("100", "102", loose));
        assert!(same_cell("3.0", "3", exact) && same_cell("", "", exact) && !same_cell("a", "b", loose));
    }
}
