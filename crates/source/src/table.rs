//! CSV files as tables: a head, then rows of as many cells.

use std::collections::HashSet;
use std::path::Path;

use csv::{ErrorKind, ReaderBuilder};
use plan::Table;

/// What some programs put ahead of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The table in a file.
///
/// # Errors
/// Where the file cannot be read, or holds no table; a sentence.
pub fn read_table(name: &str, path: &Path) -> Result<Table, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    table(name, &bytes)
}

/// The table that a CSV text holds, in UTF-8. An empty cell is no value.
///
/// # Errors
/// What keeps it from being a table, and in which line; a sentence.
pub fn table(name: &str, bytes: &[u8]) -> Result<Table, String> {
    let mut reader = ReaderBuilder::new().from_reader(bytes.strip_prefix(MARK).unwrap_or(bytes));
    let columns: Vec<String> = reader.headers().map_err(|it| fault(&it))?.iter().map(str::to_owned).collect();
    if columns.is_empty() {
        return Err(String::from("it is empty: the first line of a table names its columns"));
    }
    let mut known = HashSet::new();
    for column in &columns {
        if column.is_empty() {
            return Err(String::from("a column has no name: the first line of a table names all of them"));
        }
        if !known.insert(column) {
            return Err(format!("two columns are called `{column}`"));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|it| fault(&it))?;
        rows.push(record.iter().map(|cell| (!cell.is_empty()).then(|| cell.to_owned())).collect());
    }
    Ok(Table { name: name.to_owned(), columns, rows })
}

fn fault(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line);
            let cells = if *len == 1 { "cell" } else { "cells" };
            format!("line {line} has {len} {cells}, and the first line names {expected_len} columns")
        }
        ErrorKind::Utf8 { pos: Some(pos), .. } => format!("line {} is not UTF-8", pos.line()),
        ErrorKind::Utf8 { .. } => String::from("it is not UTF-8"),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cells_are_texts_and_empty_ones_no_values() {
        let found = table("t", "\u{feff}id,\"a, b\"\r\n1,\"x\"\"\ny\"\r\n\r\n 2,\r\n".as_bytes()).unwrap();
        assert_eq!(found.columns, ["id", "a, b"]);
        let cell = |it: &str| Some(it.to_owned());
        assert_eq!(found.rows, [vec![cell("1"), cell("x\"\ny")], vec![cell(" 2"), None]]);
        assert_eq!(table("t", b"a").unwrap().rows.len(), 0);
    }

    #[test]
    fn what_is_no_table_is_told() {
        for (bytes, says) in [
            (&b""[..], "it is empty"),
            (b"\n\n", "it is empty"),
            (b"a,,b\n", "no name"),
            (b"a,b,a\n", "two columns are called `a`"),
            (b"a,b\n1,2\n1\n", "line 3 has 1 cell,"),
            (b"a,b\n1,2,3\n", "line 2 has 3 cells"),
            (b"a,b\n1,2\n\xff,3\n", "line 3 is not UTF-8"),
        ] {
            let fault = table("t", bytes).unwrap_err();
            assert!(fault.contains(says), "{fault}");
        }
    }
}
