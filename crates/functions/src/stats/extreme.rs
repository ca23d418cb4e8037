//! The least or greatest of numbers and times: what `min` and `max` share.

use std::cmp::Ordering;

use crate::prelude::*;
use crate::state::each_number;

/// A number or a time.
#[derive(Clone, Copy)]
pub enum Measure {
    /// A number.
    Number(f64),
    /// A time, in milliseconds.
    Time(i64),
}

/// The extreme of the numbers seen so far, and that of the times.
#[derive(Clone, Default)]
pub struct Extreme {
    number: Option<f64>,
    time: Option<i64>,
}

impl Measure {
    /// A value as one, if it is one.
    pub fn of(value: &Value) -> Option<Measure> {
        match value {
            Value::Number(it) => Some(Measure::Number(*it)),
            Value::Time(it) => Some(Measure::Time(*it)),
            _ => None,
        }
    }

    /// The measure as a value.
    pub fn value(self) -> Value {
        match self {
            Measure::Number(it) => Value::Number(it),
            Measure::Time(it) => Value::Time(it),
        }
    }

    /// The order of numbers and of times; a number is less than the time of as many milliseconds.
    pub fn compare(&self, other: &Measure) -> Ordering {
        match (*self, *other) {
            (Measure::Number(a), Measure::Number(b)) => a.total_cmp(&b),
            (Measure::Time(a), Measure::Time(b)) => a.cmp(&b),
            (Measure::Number(a), Measure::Time(b)) => a.total_cmp(&(b as f64)).then(Ordering::Less),
            (Measure::Time(a), Measure::Number(b)) => (a as f64).total_cmp(&b).then(Ordering::Greater),
        }
    }
}

/// Gives each number and time of the first argument, with its group, to `take`.
#[inline]
pub fn each(groups: &[u32], args: &Columns, mut take: impl FnMut(usize, Measure)) {
    match args.columns.first() {
        Some(Column::Number(_)) => each_number(groups, &args.numbers(0), |group, it| take(group, Measure::Number(it))),
        Some(Column::Time(_)) => {
            let times = args.times(0);
            for (row, group) in groups.iter().enumerate() {
                if let Some(it) = times.get(row) {
                    take(*group as usize, Measure::Time(it));
                }
            }
        }
        Some(column) => {
            for (row, group) in groups.iter().enumerate() {
                if let Some(it) = column.value(row).as_ref().and_then(Measure::of) {
                    take(*group as usize, it);
                }
            }
        }
        None => {}
    }
}

impl Extreme {
    /// Takes in a measure; `wanted` is how the extreme compares with all others.
    #[inline]
    pub fn take(&mut self, measure: Measure, wanted: Ordering) {
        match measure {
            Measure::Number(it) => {
                if self.number.is_none_or(|best| it.total_cmp(&best) == wanted) {
                    self.number = Some(it);
                }
            }
            Measure::Time(it) => {
                if self.time.is_none_or(|best| it.cmp(&best) == wanted) {
                    self.time = Some(it);
                }
            }
        }
    }

    /// Takes in what another has seen.
    pub fn merge(&mut self, other: Extreme, wanted: Ordering) {
        other.number.into_iter().for_each(|it| self.take(Measure::Number(it), wanted));
        other.time.into_iter().for_each(|it| self.take(Measure::Time(it), wanted));
    }

    /// The extreme of all.
    pub fn finish(self, wanted: Ordering) -> Option<Value> {
        let (number, time) = (self.number.map(Measure::Number), self.time.map(Measure::Time));
        let extreme = match (number, time) {
            (Some(number), Some(time)) => Some(if time.compare(&number) == wanted { time } else { number }),
            (number, time) => number.or(time),
        };
        extreme.map(Measure::value)
    }
}
