//! Cuts a text into columns; rows that do not match have no value in them.

use std::borrow::Cow;

use plan::step::{Parse, ParseBy};
use value::column::Texts;
use value::glob::Glob;
use value::{Batch, Column, Pattern};

use crate::expr::eval;
use crate::step::{After, Chosen, csv, logfmt};

/// The rows with the columns of the parsed fields.
pub fn run(it: &Parse, mut rows: Batch) -> After {
    let from = eval(&it.from, &rows);
    let columns = match &it.by {
        ParseBy::Glob(glob) => by_glob(glob, &from.texts(), rows.height),
        ParseBy::Regex(pattern, groups) => by_regex(pattern, groups, &from.texts(), rows.height),
        ParseBy::Matches(pattern, groups) => return by_matches(pattern, groups, &from.texts(), it, &rows),
        ParseBy::Logfmt => vec![by_logfmt(&from.texts(), rows.height)],
        ParseBy::Csv => by_csv(it.fields.len(), &from.texts(), rows.height),
    };
    for (field, column) in it.fields.iter().zip(columns) {
        rows.set(&field.column, column);
    }
    After::Same(rows)
}

/// A row for each match; one that does not match at all stays.
fn by_matches(pattern: &Pattern, groups: &[usize], texts: &Texts, it: &Parse, rows: &Batch) -> After {
    let mut numbers: Vec<u32> = Vec::new();
    let mut cells: Vec<Vec<Option<&str>>> = groups.iter().map(|_| Vec::new()).collect();
    for row in 0..rows.height {
        let before = numbers.len();
        for captures in texts.get(row).into_iter().flat_map(|text| pattern.regex().captures_iter(text)) {
            numbers.push(row as u32);
            for (group, cells) in groups.iter().zip(&mut cells) {
                cells.push(captures.get(*group).map(|it| it.as_str()));
            }
        }
        if numbers.len() == before {
            numbers.push(row as u32);
            cells.iter_mut().for_each(|cells| cells.push(None));
        }
    }
    let mut made = rows.gather(&numbers);
    for (field, cells) in it.fields.iter().zip(cells) {
        made.set(&field.column, Column::from_texts(cells));
    }
    After::Others(Chosen { rows: made, numbers })
}

fn by_logfmt(texts: &Texts, height: usize) -> Column {
    Column::from_json((0..height).map(|row| logfmt::map(texts.get(row)?)))
}

/// Cells without a name are passed over, names without a cell have no value.
fn by_csv(names: usize, texts: &Texts, height: usize) -> Vec<Column> {
    let mut columns: Vec<Vec<Option<Cow<str>>>> = (0..names).map(|_| Vec::with_capacity(height)).collect();
    for row in 0..height {
        let mut cells = texts.get(row).map(csv::cells).unwrap_or_default().into_iter();
        columns.iter_mut().for_each(|column| column.push(cells.next()));
    }
    columns.into_iter().map(Column::from_texts).collect()
}

fn by_glob(glob: &Glob, texts: &Texts, height: usize) -> Vec<Column> {
    let mut cells: Vec<Vec<Option<&str>>> = (0..glob.stars()).map(|_| Vec::with_capacity(height)).collect();
    let mut found = Vec::new();
    for row in 0..height {
        let matches = texts.get(row).is_some_and(|text| glob.captures_into(text, &mut found));
        for (index, cells) in cells.iter_mut().enumerate() {
            cells.push(found.get(index).copied().filter(|_| matches));
        }
    }
    cells.into_iter().map(Column::from_texts).collect()
}

fn by_regex(pattern: &Pattern, groups: &[usize], texts: &Texts, height: usize) -> Vec<Column> {
    let mut cells: Vec<Vec<Option<&str>>> = groups.iter().map(|_| Vec::with_capacity(height)).collect();
    let mut locations = pattern.locations();
    for row in 0..height {
        let text = texts.get(row).filter(|text| pattern.captures(text, &mut locations));
        for (group, cells) in groups.iter().zip(&mut cells) {
            // A group that took no part in the match has no value.
            cells.push(text.and_then(|text| text.get(range(locations.get(*group)?))));
        }
    }
    cells.into_iter().map(Column::from_texts).collect()
}

fn range((start, end): (usize, usize)) -> std::ops::Range<usize> {
    start..end
}
