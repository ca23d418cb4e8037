//! The number of each row's session.

use plan::step::Sessionize;
use value::{Batch, Column, time};

use crate::expr::eval;
use crate::gather::distinct;

/// The rows with the numbers of their sessions, in the order they were in.
pub fn run(it: &Sessionize, mut rows: Batch) -> Batch {
    let column = eval(&it.time, &rows);
    let times = column.times();
    let keys: Vec<Column> = it.by.iter().map(|expr| eval(expr, &rows)).collect();
    let sets = distinct(&keys, &rows);
    let belongs = |row: usize| keys.iter().all(|key| key.is_present(row));
    let mut by_time: Vec<(i64, usize)> =
        (0..rows.height).filter(|row| belongs(*row)).filter_map(|row| Some((times.get(row)?, row))).collect();
    by_time.sort_unstable();
    // Of each set of values, the time of its last row so far and its session.
    let mut last: Vec<Option<(i64, f64)>> = vec![None; sets.iter().max().map_or(0, |it| *it as usize + 1)];
    let mut numbers: Vec<Option<f64>> = vec![None; rows.height];
    let mut sessions = 0.0;
    for (happened, row) in by_time {
        let of_set = &mut last[sets[row] as usize];
        let session = match *of_set {
            Some((before, session)) if time::before(happened, it.maxspan) <= before => session,
            _ => {
                sessions += 1.0;
                sessions
            }
        };
        *of_set = Some((happened, session));
        numbers[row] = Some(session);
    }
    rows.set(&it.into.column, Column::from_numbers(numbers));
    rows
}
