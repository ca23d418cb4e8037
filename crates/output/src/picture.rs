//! What of an answer can be drawn: numbers over time, or numbers of groups.

use std::collections::BTreeMap;

use value::{Batch, Column, Value};

use crate::cells::Cells;

/// What is to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// Numbers over time: `stats count(*) by bin(5m)`.
    Series {
        /// The moments that have numbers, in epoch milliseconds and in order.
        times: Vec<i64>,
        /// The lines, each with a number, or none, for each of the times.
        lines: Vec<Line>,
        /// How many more lines there would be.
        left_out: usize,
    },
    /// Numbers of groups: `stats count(*) by status`.
    Bars {
        /// What the groups are called.
        labels: Vec<String>,
        /// The numbers, each with one, or none, for each of the groups.
        lines: Vec<Line>,
    },
}

/// Numbers that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The column, and the group if several have the same times.
    pub name: String,
    /// Its numbers.
    pub numbers: Vec<Option<f64>>,
}

impl Line {
    /// The smallest and the largest of its numbers and of 0: a picture that hides where 0 is, lies.
    pub fn ends(&self) -> (f64, f64) {
        let numbers = self.numbers.iter().flatten();
        numbers.fold((0.0, 0.0), |(least, most), it| (it.min(least), it.max(most)))
    }

    /// The sum of how far its numbers are from 0.
    fn weight(&self) -> f64 {
        self.numbers.iter().flatten().map(|it| it.abs()).sum()
    }
}

/// More lines than these nobody tells apart; the weightiest are drawn.
pub const MOST_LINES: usize = 8;

impl Picture {
    /// What can be drawn of rows; nothing where no column holds numbers, or there is nothing to draw them over.
    pub fn of(batch: &Batch) -> Option<Picture> {
        let is_value = |it: &usize| super::write::table::is_numeric(&batch.columns[*it]);
        let values: Vec<usize> = (0..batch.columns.len()).filter(is_value).collect();
        let time =
            batch.columns.iter().position(|it| matches!(it, Column::Time(_) | Column::Same(Some(Value::Time(_)), _)));
        let labels: Vec<usize> =
            (0..batch.columns.len()).filter(|it| !values.contains(it) && Some(*it) != time).collect();
        if values.is_empty() || batch.height == 0 {
            return None;
        }
        Some(match time {
            Some(time) => series(batch, time, &values, &labels),
            None => bars(batch, &values, &labels),
        })
    }
}

fn series(batch: &Batch, time: usize, values: &[usize], labels: &[usize]) -> Picture {
    let moments = batch.columns[time].times();
    let mut times: Vec<i64> = (0..batch.height).filter_map(|row| moments.get(row)).collect();
    times.sort_unstable();
    times.dedup();
    let names = names(batch, labels);
    let mut lines: BTreeMap<(usize, &str), Vec<Option<f64>>> = BTreeMap::new();
    for (number, column) in values.iter().enumerate() {
        for (row, name) in names.iter().enumerate() {
            let Some(place) = moments.get(row).and_then(|it| times.binary_search(&it).ok()) else { continue };
            let line = lines.entry((number, name.as_str())).or_insert_with(|| vec![None; times.len()]);
            line[place] = number_of(batch, *column, row);
        }
    }
    let name = |(number, group): (usize, &str)| {
        let column = &batch.names[values[number]];
        match (group.is_empty(), values.len()) {
            (true, _) => column.to_string(),
            (false, 1) => group.to_owned(),
            (false, _) => format!("{column} {group}"),
        }
    };
    let mut lines: Vec<Line> = lines.into_iter().map(|(key, numbers)| Line { name: name(key), numbers }).collect();
    let left_out = lines.len().saturating_sub(MOST_LINES);
    if left_out > 0 {
        lines.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
        lines.truncate(MOST_LINES);
    }
    Picture::Series { times, lines, left_out }
}

fn bars(batch: &Batch, values: &[usize], labels: &[usize]) -> Picture {
    let line = |column: &usize| Line {
        name: batch.names[*column].to_string(),
        numbers: (0..batch.height).map(|row| number_of(batch, *column, row)).collect(),
    };
    Picture::Bars { labels: names(batch, labels), lines: values.iter().map(line).collect() }
}

fn number_of(batch: &Batch, column: usize, row: usize) -> Option<f64> {
    batch.columns[column].value(row)?.to_number()
}

/// What each row is called: the texts of its groups.
fn names(batch: &Batch, labels: &[usize]) -> Vec<String> {
    let cells = Cells::of(batch);
    let mut cell = String::new();
    let mut name = |row: usize| {
        let mut parts: Vec<String> = Vec::new();
        for column in labels {
            parts.push(if cells.read(*column, row, &mut cell) { cell.clone() } else { String::from("(none)") });
        }
        parts.join(", ")
    };
    (0..batch.height).map(&mut name).collect()
}

/// The tests, and an answer that those of the pictures share.
#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Counts in bins of a minute of two statuses, the newest first as the service has them.
    pub fn counts() -> Batch {
        let mut batch = Batch::of_height(4);
        let minute = 60_000;
        batch.set("bin(1m)", Column::from_times([Some(2 * minute), Some(2 * minute), Some(minute), Some(0)]));
        batch.set("status", Column::from_texts([Some("200"), Some("500"), Some("200"), Some("200")]));
        batch.set("count(*)", Column::from_numbers([Some(8.0), Some(1.0), Some(4.0), Some(2.0)]));
        batch
    }

    #[test]
    fn bins_are_a_time_series_with_a_line_for_each_group() {
        let Some(Picture::Series { times, lines, left_out }) = Picture::of(&counts()) else { unreachable!() };
        assert_eq!((times, left_out), (vec![0, 60_000, 120_000], 0));
        assert_eq!(lines[0], Line { name: String::from("200"), numbers: vec![Some(2.0), Some(4.0), Some(8.0)] });
        assert_eq!(lines[1], Line { name: String::from("500"), numbers: vec![None, None, Some(1.0)] });
    }

    #[test]
    fn other_groups_are_bars() {
        let mut batch = Batch::of_height(2);
        batch.set("a", Column::from_texts([Some("x"), None]));
        batch.set("b", Column::from_texts([Some("y"), Some("z")]));
        batch.set("sum", Column::from_numbers([Some(1.0), None]));
        let Some(Picture::Bars { labels, lines }) = Picture::of(&batch) else { unreachable!() };
        assert_eq!(labels, ["x, y", "(none), z"]);
        assert_eq!(lines[0].numbers, [Some(1.0), None]);
    }

    #[test]
    fn without_numbers_there_is_nothing_to_draw() {
        let mut batch = Batch::of_height(1);
        batch.set("@message", Column::from_texts([Some("42")]));
        assert_eq!(Picture::of(&batch), None);
        assert_eq!(Picture::of(&Batch::of_height(0)), None);
    }

    #[test]
    fn of_many_lines_the_weightiest_are_drawn() {
        let mut batch = Batch::of_height(20);
        batch.set("bin(1m)", Column::Same(Some(Value::Time(0)), 20));
        batch.set("id", Column::from_texts((0..20).map(|it| Some(format!("id{it}")))));
        batch.set("n", Column::from_numbers((0..20).map(|it| Some(f64::from(it)))));
        let Some(Picture::Series { lines, left_out, .. }) = Picture::of(&batch) else { unreachable!() };
        assert_eq!((lines.len(), lines[0].name.as_str(), left_out), (MOST_LINES, "id19", 12));
    }
}
