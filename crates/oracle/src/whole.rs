//! The commands that take the rows as a whole, in their order.

use std::collections::HashSet;

use functions::Args;
use plan::step::{Accum, Action, Autoregress, FillMissing, Filldown, Outlier, Sessionize, Sides, Summary};
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
    let known: HashSet<(i64, Vec<Option<String>>)> =
        rows.iter().filter_map(|row| Some((bin(row)?, keys(row)))).collect();
    let mut filled = HashSet::new();
    for like in 0..rows.len() {
        let set = keys(&rows[like]);
        if !filled.insert(set.clone()) {
            continue;
        }
        let mut time = *first;
        while time <= *last {
            if !known.contains(&(time, set.clone())) {
                let mut row = Row::made();
                row.set(&it.bin, Some(Value::Time(time)));
                it.keys.iter().for_each(|key| row.set(key, rows[like].value(key)));
                it.values.iter().for_each(|(field, value)| row.set(field, Some(value.clone())));
                rows.push(row);
            }
            time = time::ceil(time + it.moved + 1, it.period) - it.moved;
        }
    }
}

/// The number of a row's session; sessions are numbered as they begin.
pub(crate) fn sessionize(it: &Sessionize, rows: &mut [Row]) {
    let key = |row: &Row| -> Option<Vec<String>> {
        it.by.iter().map(|expr| eval(expr, row).map(|it| it.to_text())).collect()
    };
    let happened = |row: &Row| match eval(&it.time, row) {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    };
    let mut by_time: Vec<(i64, Vec<String>, usize)> =
        rows.iter().enumerate().filter_map(|(place, row)| Some((happened(row)?, key(row)?, place))).collect();
    by_time.sort_by_key(|(time, ..)| *time);
    rows.iter_mut().for_each(|row| row.set(&it.into, None));
    let mut sessions = 0.0;
    for (index, (time, key, place)) in by_time.iter().enumerate() {
        let earlier = by_time[..index].iter().rfind(|(_, it, _)| it == key);
        let session = match earlier {
            Some((last, _, of)) if time::before(*time, it.maxspan) <= *last => rows[*of].value(&it.into),
            _ => {
                sessions += 1.0;
                Some(Value::Number(sessions))
            }
        };
        rows[*place].set(&it.into, session);
    }
}

/// Values far from the others are cut, or their rows go.
pub(crate) fn outlier(it: &Outlier, rows: &mut Vec<Row>) {
    let before = rows.clone();
    let mut stays = vec![true; rows.len()];
    for tested in &it.tested {
        let numbers: Vec<Option<f64>> =
            before.iter().map(|row| eval(&tested.number, row).and_then(|it| it.to_number())).collect();
        let (low, high) = (percentile(&numbers, 25.0), percentile(&numbers, 75.0));
        let (lower, upper) = (low - it.param * (high - low), high + it.param * (high - low));
        for (place, number) in numbers.into_iter().enumerate() {
            let boundary = match number {
                Some(number) if number > upper => Some(upper),
                Some(number) if number < lower && it.sides == Sides::Both => Some(lower),
                _ => None,
            };
            stays[place] &= boundary.is_none();
            let value = eval(&tested.value, &before[place]);
            let cut = match (boundary, &value) {
                (Some(boundary), Some(Value::Time(_))) => Some(Value::Time(boundary as i64)),
                (Some(boundary), _) => Some(Value::Number(boundary)),
                (None, _) => value,
            };
            tested.into.iter().for_each(|field| rows[place].set(field, cut.clone()));
            let mark = number.map(|_| Value::Bool(boundary.is_some()));
            tested.mark.iter().for_each(|field| rows[place].set(field, mark.clone()));
        }
    }
    if it.action == Action::Remove {
        let mut stays = stays.into_iter();
        rows.retain(|_| stays.next() != Some(false));
    }
}

/// What the aggregate `pct` makes of numbers.
fn percentile(numbers: &[Option<f64>], percent: f64) -> f64 {
    let cells: Vec<[Option<Value>; 2]> =
        numbers.iter().map(|it| [it.map(Value::Number), Some(Value::Number(percent))]).collect();
    let args: Vec<Args> = cells.iter().map(|it| Args(it)).collect();
    (functions::stats::PCT.rows)(&args).and_then(|it| it.to_number()).unwrap_or_default()
}

/// A last row, with the sums of columns.
pub(crate) fn summary(it: &Summary, rows: &mut Vec<Row>) {
    let mut last = Row::made();
    for (field, number) in &it.sums {
        last.set(field, sum(rows.iter().filter_map(|row| eval(number, row))));
    }
    rows.push(last);
}
