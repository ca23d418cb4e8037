//! Rows for the bins that have none.

use std::collections::HashSet;

use plan::Expr;
use plan::step::FillMissing;
use value::{Batch, Column};

use crate::Error;
use crate::expr::eval;
use crate::gather::{distinct, in_order};

/// As many rows are added at most: a day of milliseconds would be more.
const MOST: usize = 10_000_000;

/// The rows and the new ones, in the order of the groups.
pub fn run(it: &FillMissing, rows: Batch) -> Result<Batch, Error> {
    let Some(bins) = rows.column(&it.bin.column).cloned() else { return Ok(rows) };
    let times = bins.times();
    let present = (0..rows.height).filter_map(|row| times.get(row));
    let (Some(first), Some(last)) = (present.clone().min(), present.max()) else { return Ok(rows) };
    let keys: Vec<Column> = it.keys.iter().map(|it| eval(&Expr::Field(it.clone()), &rows)).collect();
    let sets = distinct(&keys, &rows);
    let firsts = first_rows(&sets);
    let known: HashSet<(u32, i64)> =
        sets.iter().enumerate().filter_map(|(row, set)| times.get(row).map(|time| (*set, time))).collect();
    let (mut of_rows, mut of_times) = (Vec::new(), Vec::new());
    let mut next = Some(first);
    while let Some(bin) = next.filter(|it| *it <= last) {
        for (_, row) in (0..).zip(&firsts).filter(|(set, _)| !known.contains(&(*set, bin))) {
            of_rows.push(*row);
            of_times.push(bin);
        }
        if of_rows.len() > MOST {
            return Err(Error::TooManyBins(MOST));
        }
        next = it.next(bin);
    }
    let mut added = Batch::of_height(of_rows.len());
    added.set(&it.bin.column, Column::from_full_times(of_times));
    for key in &it.keys {
        let column = rows.column(&key.column).map_or(Column::absent(of_rows.len()), |it| it.gather(&of_rows));
        added.set(&key.column, column);
    }
    for (field, value) in &it.values {
        added.set(&field.column, Column::Same(Some(value.clone()), of_rows.len()));
    }
    Ok(in_order(&it.order, Batch::stack(vec![rows, added])))
}

/// The first row of each set of keys.
fn first_rows(sets: &[u32]) -> Vec<u32> {
    let mut firsts: Vec<u32> = Vec::new();
    for (row, set) in (0..).zip(sets) {
        // Sets are numbered as they come.
        if *set as usize == firsts.len() {
            firsts.push(row);
        }
    }
    firsts
}
