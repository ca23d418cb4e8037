//! The commands that take the rows as a whole, in their order.

use functions::Args;
use plan::step::{Accum, Autoregress, FillMissing, Filldown, Summary};
use value::{Value, time};

use crate::{Row, eval};

/// What the aggregate `sum` makes of numbers: of none there is no sum.
pub(crate) fn sum(numbers: impl Iterator<Item = Value>) -> Option<Value> {
    let cells: Vec<[Option<Value>; 1]> = numbers.map(|it| [Some(it)]).collect();
    let args: Vec<Args> = cells.iter().map(|it| Args(it)).collect();
    if args.is_empty() { None } else { (functions::stats::SUM.rows)(&args) }
}

/// The sum of a row's number and those of all rows before it.
pub(crate) fn accum(it: &Accum, rows: &mut [Row]) {
    let mut before: Vec<Value> = Vec::new();
    for row in rows {
        let number = eval(&it.number, row);
        before.extend(number.clone());
        row.set(&it.into, number.and_then(|_| sum(before.iter().cloned())));
    }
}

/// The value that a row so far before had.
pub(crate) fn autoregress(it: &Autoregress, rows: &mut [Row]) {
    let values: Vec<Option<Value>> = rows.iter().map(|row| eval(&it.value, row)).collect();
    for (place, row) in rows.iter_mut().enumerate() {
        for (back, field) in &it.copies {
            let earlier = place.checked_sub(*back).and_then(|it| values[it].clone());
            row.set(field, earlier);
        }
    }
}

/// The last value seen, where there is none.
pub(crate) fn filldown(it: &Filldown, rows: &mut [Row]) {
    for (field, expr) in &it.fields {
        let mut last = None;
        for row in rows.iter_mut() {
            last = eval(expr, row).or(last);
            row.set(field, last.clone());
        }
    }
}

/// A row for each bin between the first and the last that a set of keys lacks.
pub(crate) fn fillmissing(it: &FillMissing, rows: &mut Vec<Row>) {
    let bin = |row: &Row| match row.value(&it.bin) {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    };
    let keys = |row: &Row| -> Vec<Option<String>> {
        it.keys.iter().map(|key| row.value(key).map(|it| it.to_text())).collect()
    };
    let times: Vec<i64> = rows.iter().filter_map(bin).collect();
    let (Some(first), Some(last)) = (times.iter().min(), times.iter().max()) else { return };
    for like in 0..rows.len() {
        let set = keys(&rows[like]);
        let mut time = *first;
        while time <= *last {
            if !rows.iter().any(|row| bin(row) == Some(time) && keys(row) == set) {
                let mut row = Row::made();
                row.set(&it.bin, Some(Value::Time(time)));
                it.keys.iter().for_each(|key| row.set(key, rows[like].value(key)));
                it.values.iter().for_each(|(field, value)| row.set(field, Some(value.clone())));
                rows.push(row);
            }
            time = time::ceil(time + 1, it.period);
        }
    }
}

/// A last row, with the sums of columns.
pub(crate) fn summary(it: &Summary, rows: &mut Vec<Row>) {
    let mut last = Row::made();
    for (field, number) in &it.sums {
        last.set(field, sum(rows.iter().filter_map(|row| eval(number, row))));
    }
    rows.push(last);
}
