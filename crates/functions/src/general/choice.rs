//! Choosing for each row one of several columns: what `coalesce`, `if` and `case` share.

use value::column::{Bools, Numbers, Texts, Times};

use crate::prelude::*;

/// The cells of the first column whose condition holds in a row; where none does, no value.
pub fn first<'a>(height: usize, branches: impl Iterator<Item = (&'a Column, &'a Column)>) -> Column {
    let (conditions, columns): (Vec<Bools>, Vec<&Column>) =
        branches.map(|(condition, column)| (condition.bools(), column)).unzip();
    let chosen = |row: usize| conditions.iter().position(|it| it.get(row) == Some(true));
    match common(&columns) {
        Some(Type::Text) => {
            let cells: Vec<Texts> = columns.iter().map(|it| it.texts()).collect();
            Column::from_texts((0..height).map(|row| cells.get(chosen(row)?)?.get(row)))
        }
        Some(Type::Number) => {
            let cells: Vec<Numbers> = columns.iter().map(|it| it.numbers()).collect();
            Column::from_numbers((0..height).map(|row| cells.get(chosen(row)?)?.get(row)))
        }
        Some(Type::Time) => {
            let cells: Vec<Times> = columns.iter().map(|it| it.times()).collect();
            Column::from_times((0..height).map(|row| cells.get(chosen(row)?)?.get(row)))
        }
        Some(Type::Bool) => {
            let cells: Vec<Bools> = columns.iter().map(|it| it.bools()).collect();
            Column::from_bools((0..height).map(|row| cells.get(chosen(row)?)?.get(row)))
        }
        Some(Type::Json) => {
            let cells: Vec<Texts> = columns.iter().map(|it| it.texts()).collect();
            Column::from_json((0..height).map(|row| cells.get(chosen(row)?)?.get(row)))
        }
        _ => Column::from_values((0..height).map(|row| columns.get(chosen(row)?)?.value(row)).collect()),
    }
}

/// The one type of all columns that have values.
fn common(columns: &[&Column]) -> Option<Type> {
    let mut types = columns.iter().filter_map(|it| match it {
        Column::Same(None, _) => None,
        Column::Same(Some(it), _) => Some(it.of()),
        Column::Bool(_) => Some(Type::Bool),
        Column::Number(_) => Some(Type::Number),
        Column::Text(_) => Some(Type::Text),
        Column::Time(_) => Some(Type::Time),
        Column::Json(_) => Some(Type::Json),
        Column::Place(_) => Some(Type::Place),
        Column::Mixed(_) => Some(Type::Any),
    });
    let first = types.next()?;
    types.all(|it| it == first).then_some(first)
}
