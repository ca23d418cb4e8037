//! What is worked out once to compare the cells of a column again and again.

use std::cmp::Ordering;

use polars::prelude::*;

use super::{MISSING, compare, compare_like_texts, number_key, place_key, text_key, value_key, whole_key};
use crate::{Column, Value};

/// What is needed to compare the cells of one column again and again, worked out once.
pub struct Keys {
    /// Where the cells stand, as far as it fits; none at all for one value in every row.
    keys: Vec<u128>,
    /// What decides between cells of one key.
    ties: Ties,
}

enum Ties {
    None,
    Texts(<StringType as PolarsDataType>::Array),
    Values(Vec<Option<Value>>),
}

impl Keys {
    /// The keys of a column's cells.
    pub fn of(column: &Column) -> Keys {
        let rows = 0..column.len();
        let plain = |keys: Vec<u128>| Keys { keys, ties: Ties::None };
        match column {
            Column::Same(..) => plain(Vec::new()),
            Column::Number(_) => {
                let numbers = column.numbers();
                plain(rows.map(|row| numbers.get(row).map_or(MISSING, number_key)).collect())
            }
            Column::Time(_) => {
                let times = column.times();
                plain(rows.map(|row| times.get(row).map_or(MISSING, whole_key)).collect())
            }
            Column::Bool(_) => {
                let bools = column.bools();
                plain(rows.map(|row| bools.get(row).map_or(MISSING, |it| whole_key(i64::from(it)))).collect())
            }
            Column::Place(it) => plain(it.iter().map(|it| it.map_or(MISSING, place_key)).collect()),
            Column::Text(it) | Column::Json(it) => {
                let texts = column.texts();
                let keys = rows.map(|row| texts.get(row).map_or(MISSING, text_key)).collect();
                let ties = it.downcast_iter().next().map_or(Ties::None, |it| Ties::Texts(it.clone()));
                Keys { keys, ties }
            }
            Column::Mixed(it) => {
                let keys = it.iter().map(|it| it.as_ref().map_or(MISSING, value_key)).collect();
                Keys { keys, ties: Ties::Values(it.clone()) }
            }
        }
    }

    /// Compares the cells of two rows in ascending order.
    #[inline]
    pub fn compare(&self, left: usize, right: usize) -> Ordering {
        let order = self.keys.get(left).cmp(&self.keys.get(right));
        if order.is_ne() { order } else { self.compare_ties(left, right) }
    }

    fn compare_ties(&self, left: usize, right: usize) -> Ordering {
        match &self.ties {
            Ties::None => Ordering::Equal,
            Ties::Texts(it) => match (it.get(left), it.get(right)) {
                (Some(left), Some(right)) => compare_like_texts(left, right),
                _ => Ordering::Equal,
            },
            Ties::Values(it) => {
                let cell = |row: usize| it.get(row).and_then(Option::as_ref);
                compare(cell(left), cell(right))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_columns_order_as_their_values() {
        let texts = [
            Some("a10"),
            Some("a2"),
            None,
            Some(""),
            Some("12"),
            Some("012"),
            Some("longer than a prefix"),
            Some("longer than a word"),
        ];
        let times = [Some(i64::MIN), Some(-1), None, Some(0), Some(i64::MAX)];
        let numbers = [Some(-1.5), Some(0.0), Some(-0.0), None, Some(1e300), Some(-1e-300)];
        let mixed = vec![Some(Value::text("b")), None, Some(Value::Number(2.0)), Some(Value::text("2"))];
        let columns = [
            Column::from_texts(texts),
            Column::from_times(times),
            Column::from_numbers(numbers),
            Column::from_bools([Some(true), None, Some(false)]),
            Column::from_places(vec![3, 1, u64::MAX]),
            Column::from_values(mixed),
            Column::Same(Some(Value::Number(1.0)), 3),
        ];
        for column in &columns {
            let keys = Keys::of(column);
            for left in 0..column.len() {
                for right in 0..column.len() {
                    let expected = compare(column.value(left).as_ref(), column.value(right).as_ref());
                    assert_eq!(keys.compare(left, right), expected, "{left} {right} of {column:?}");
                }
            }
        }
    }
}
