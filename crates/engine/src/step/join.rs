//! Puts beside each row the rows of a second query that have the same value.
//!
//! The second query lies in memory as a whole, with the columns that are read of it; the rows it is joined with do not,
//! and of the pairs no more than [`MOST_PAIRS`] at once, unless one row has more.

use std::ops::Range;

use plan::step::{Join, Side, Unmatched};
use value::Batch;

use crate::expr::eval;
use crate::step::{After, Chosen};

/// Where many rows have one value on both sides, their pairs are made a piece at a time.
const MOST_PAIRS: usize = 1 << 16;

/// A row for each pair, in the order of the rows, and for one row in that of the second query.
pub fn run(it: &Join, rows: &Batch) -> After {
    let Side::Rows(right) = &it.right else {
        return After::Others(Chosen { rows: rows.gather(&[]), numbers: Vec::new() });
    };
    let keys = eval(&it.key, rows);
    let (mut numbers, mut partners) = (Vec::new(), Vec::new());
    for row in 0..rows.height {
        let found = keys.value(row).map(|it| right.find(&it)).unwrap_or_default();
        if found.is_empty() && it.unmatched == Unmatched::Kept {
            numbers.push(row as u32);
            partners.push(right.none());
        }
        numbers.extend(found.iter().map(|_| row as u32));
        partners.extend(found);
    }
    let mut joined = rows.gather(&numbers);
    for (field, column) in it.columns.iter().zip(&right.rows.columns) {
        joined.set(&field.column, column.gather(&partners));
    }
    After::Others(Chosen { rows: joined, numbers })
}

/// The rows cut into pieces, each of few enough pairs; `None` where all of them make so few.
pub fn pieces(it: &Join, rows: &Batch) -> Option<Vec<Range<u32>>> {
    let Side::Rows(right) = &it.right else { return None };
    if rows.height.saturating_mul(right.most_alike) <= MOST_PAIRS.max(rows.height) {
        return None;
    }
    let keys = eval(&it.key, rows);
    let partners = |row: u32| keys.value(row as usize).map_or(0, |it| right.count_alike(&it)).max(1);
    Some(cut(rows.height as u32, &partners, MOST_PAIRS))
}

/// So many rows cut into ranges, each of which weighs no more than `most`, unless it is one row.
fn cut(rows: u32, weight: &dyn Fn(u32) -> usize, most: usize) -> Vec<Range<u32>> {
    let mut pieces = Vec::new();
    let (mut start, mut sum) = (0, 0);
    for row in 0..rows {
        let weight = weight(row);
        if row > start && sum + weight > most {
            pieces.push(start..row);
            (start, sum) = (row, 0);
        }
        sum += weight;
    }
    pieces.push(start..rows);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_light_or_one_row() {
        let weights = [1, 2, 3, 9, 1, 1, 0, 4, 7];
        let weight = |row: u32| weights[row as usize];
        let ends = |rows, most| cut(rows, &weight, most).iter().map(|it| it.end).collect::<Vec<u32>>();
        assert_eq!(ends(9, 5), [2, 3, 4, 7, 8, 9]);
        assert_eq!(ends(9, 100), [9]);
        assert_eq!(ends(0, 5), [0]);
    }
}
