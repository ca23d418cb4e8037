//! Values far from the others: cut, marked, or gone with their rows.

use plan::step::{Action, Outlier, Sides};
use value::{Batch, Column, Value};

use crate::expr::eval;

/// The rows that stay; the boundaries are those of all rows.
pub fn run(it: &Outlier, mut rows: Batch) -> Batch {
    let mut stays = vec![true; rows.height];
    let mut made = Vec::new();
    for tested in &it.tested {
        let column = eval(&tested.number, &rows);
        let cells = column.numbers();
        let numbers: Vec<Option<f64>> = (0..rows.height).map(|row| cells.get(row)).collect();
        let (lower, upper) = boundaries(it, &numbers);
        let beyond = |number: f64| match number {
            _ if number > upper => Some(upper),
            _ if number < lower => Some(lower),
            _ => None,
        };
        let cut: Vec<Option<f64>> = numbers.iter().map(|it| beyond((*it)?)).collect();
        stays.iter_mut().zip(&cut).for_each(|(stays, cut)| *stays &= cut.is_none());
        if let Some(into) = &tested.into {
            made.push((into, replaced(eval(&tested.value, &rows), &cut)));
        }
        if let Some(mark) = &tested.mark {
            let marks = numbers.iter().zip(&cut).map(|(number, cut)| number.map(|_| cut.is_some()));
            made.push((mark, Column::from_bools(marks)));
        }
    }
    made.into_iter().for_each(|(field, column)| rows.set(&field.column, column));
    match it.action {
        Action::Transform => rows,
        Action::Remove => {
            let kept: Vec<u32> = (0..).zip(stays).filter_map(|(row, stays)| stays.then_some(row)).collect();
            rows.gather(&kept)
        }
    }
}

/// The lowest and the highest number that is no outlier.
fn boundaries(it: &Outlier, numbers: &[Option<f64>]) -> (f64, f64) {
    let mut sorted: Vec<f64> = numbers.iter().flatten().copied().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    // By nearest rank, as `pct` has it.
    let quartile = |percent: usize| sorted.get((percent * sorted.len()).div_ceil(100).saturating_sub(1)).copied();
    let (Some(low), Some(high)) = (quartile(25), quartile(75)) else { return (f64::NEG_INFINITY, f64::INFINITY) };
    let distance = it.param * (high - low);
    let lower = if it.sides == Sides::Both { low - distance } else { f64::NEG_INFINITY };
    (lower, high + distance)
}

/// The values, with boundaries in the place of outliers.
fn replaced(values: Column, cut: &[Option<f64>]) -> Column {
    if cut.iter().all(Option::is_none) {
        return values;
    }
    let value = |(row, cut): (usize, &Option<f64>)| match (values.value(row), cut) {
        (Some(Value::Time(_)), Some(boundary)) => Some(Value::Time(*boundary as i64)),
        (_, Some(boundary)) => Some(Value::Number(*boundary)),
        (value, None) => value,
    };
    Column::from_values(cut.iter().enumerate().map(value).collect())
}
