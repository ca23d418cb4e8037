//! Cuts a text into columns; rows that do not match have no value in them.

use plan::step::{Parse, ParseBy};
use value::column::Texts;
use value::glob::Glob;
use value::{Batch, Column, Pattern};

use crate::expr::eval;

/// The rows with the columns of the parsed fields.
pub fn run(it: &Parse, mut rows: Batch) -> Batch {
    let from = eval(&it.from, &rows);
    let columns = match &it.by {
        ParseBy::Glob(glob) => by_glob(glob, &from.texts(), rows.height),
        ParseBy::Regex(pattern, groups) => by_regex(pattern, groups, &from.texts(), rows.height),
    };
    for (field, column) in it.fields.iter().zip(columns) {
        rows.set(&field.column, column);
    }
    rows
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
