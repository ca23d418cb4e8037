//! Expected rows as a table of text: as `gw query` prints one, or in Markdown.

use crate::expect::{Others, Rows};

/// Reads a table. Columns are divided by bars, or by two blanks and more; a cell belongs to the name it stands under.
///
/// # Errors
/// A line that does not fit the first: its number from 0, and why.
pub fn read(text: &str) -> Result<Rows, (usize, String)> {
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((_, head)) = lines.next() else { return Ok(Rows::default()) };
    let barred = head.trim_start().starts_with('|');
    let cells = if barred { between_bars } else { between_gaps };
    let columns = cells(head);
    let mut rows = Vec::new();
    for (number, line) in lines {
        let row = if barred {
            if is_rule(line) {
                continue;
            }
            by_number(&columns, between_bars(line))
        } else {
            by_place(&columns, between_gaps(line))
        };
        let lesson = if !barred && is_one_name_of_several(&columns) { GAPS } else { "" };
        rows.push(row.map_err(|why| (number, format!("{why}{lesson}")))?);
    }
    Ok(Rows { columns: columns.into_iter().map(|it| it.text).collect(), rows, others: Others::Refused })
}

/// What a table of one blank between its columns has to learn.
const GAPS: &str = "; two blanks or more stand between the columns of a table";

/// What is to be said of a table's columns that an answer does not have, where one of them is several of the answer's
/// with a single blank between.
pub fn lesson(expected: &[String], found: &[String]) -> &'static str {
    let is_several = |it: &String| !found.contains(it) && it.split(' ').any(|word| found.iter().any(|it| it == word));
    if expected.iter().any(is_several) { GAPS } else { "" }
}

/// Whether a line of names has single blanks alone.
fn is_one_name_of_several(columns: &[Cell]) -> bool {
    matches!(columns, [only] if only.text.contains(' '))
}

/// A cell and the columns of characters it takes.
struct Cell {
    text: String,
    start: usize,
    end: usize,
}

fn between_bars(line: &str) -> Vec<Cell> {
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner).replace("\\|", "\u{0}");
    let cell = |it: &str| Cell { text: it.trim().replace('\u{0}', "|"), start: 0, end: 0 };
    inner.split('|').map(cell).collect()
}

fn between_gaps(line: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut blanks = 2;
    for (place, sign) in line.trim_end().chars().enumerate() {
        if sign == ' ' {
            blanks += 1;
            continue;
        }
        match cells.last_mut() {
            Some(last) if blanks < 2 => {
                last.text.push_str(&" ".repeat(blanks));
                last.text.push(sign);
                last.end = place + 1;
            }
            _ => cells.push(Cell { text: sign.to_string(), start: place, end: place + 1 }),
        }
        blanks = 0;
    }
    cells
}

/// The line below the names of a Markdown table.
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|it| "|-: ".contains(it))
}

fn by_number(columns: &[Cell], cells: Vec<Cell>) -> Result<Vec<Option<String>>, String> {
    match cells.len() == columns.len() {
        true => Ok(cells.into_iter().map(|it| Some(it.text)).collect()),
        false => Err(format!("this row has {} cells, and there are {} columns", cells.len(), columns.len())),
    }
}

/// Cells by the names they stand under: texts begin where their name does, numbers end there.
fn by_place(columns: &[Cell], cells: Vec<Cell>) -> Result<Vec<Option<String>>, String> {
    let mut row = vec![Some(String::new()); columns.len()];
    for cell in cells {
        let aligned = columns.iter().position(|it| it.start == cell.start || it.end == cell.end);
        let overlap = |it: &Cell| it.end.min(cell.end).saturating_sub(it.start.max(cell.start));
        let widest = (0..columns.len()).max_by_key(|it| (overlap(&columns[*it]), usize::MAX - it));
        let below = aligned.or_else(|| widest.filter(|it| overlap(&columns[*it]) > 0));
        match below.map(|it| &mut row[it]) {
            Some(place) if place.as_deref() == Some("") => *place = Some(cell.text),
            Some(_) => return Err(format!("`{}` stands under a column that has a cell already", cell.text)),
            None => return Err(format!("`{}` stands under no column", cell.text)),
        }
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let rows = read(text).unwrap();
        let cells = |it: Vec<Option<String>>| it.into_iter().map(Option::unwrap_or_default).collect();
        std::iter::once(rows.columns).chain(rows.rows.into_iter().map(cells)).collect()
    }

    #[test]
    fn a_table_as_it_is_printed() {
        let text = "bin(5m)                  reads     mean\n2026-01-01 14:35:00.000     16    10.75\n                             3  13.6154\n";
        assert_eq!(
            rows(text),
            [["bin(5m)", "reads", "mean"], ["2026-01-01 14:35:00.000", "16", "10.75"], ["", "3", "13.6154"]]
        );
        assert_eq!(rows("a  b\n   x y"), [["a", "b"], ["", "x y"]]);
    }

    #[test]
    fn a_table_of_markdown() {
        assert_eq!(rows("| a | b |\n| --- | ---: |\n| x \\| y |  |\n"), [["a", "b"], ["x | y", ""]]);
        assert_eq!(read("| a | b |\n| 1 |").unwrap_err().0, 1);
    }

    #[test]
    fn names_with_one_blank_between_are_one_name_and_that_is_taught() {
        let names = |it: &[&str]| it.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(read("a b\n1 2  3").unwrap_err().1.ends_with(GAPS));
        assert_eq!(lesson(&names(&["a b"]), &names(&["a", "b"])), GAPS);
        assert_eq!(lesson(&names(&["a b"]), &names(&["a b", "a"])), "");
        assert_eq!(lesson(&names(&["a", "c d"]), &names(&["a", "b"])), "");
    }

    #[test]
    fn what_stands_under_no_name_is_refused() {
        assert!(read("a\n            x").unwrap_err().1.contains("under no column"));
        assert!(read("a    b\nx  y  z").is_err());
        assert_eq!(read("").unwrap(), Rows::default());
    }
}
