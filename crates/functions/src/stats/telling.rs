//! The value of the first or the last event that has one: what `earliest` and `latest` share.

use std::cmp::Ordering;

use value::number;

use crate::prelude::*;
use crate::state::best_rows;

/// An event's time and place, and what it tells: its value as it prints. Earlier events are less.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    time: i64,
    place: u64,
    text: String,
}

/// Of some rows, what the event tells that compares with all others as `wanted`; events without a time tell nothing.
pub fn extreme(rows: &[Args], wanted: Ordering) -> Option<Telling> {
    let tellings = rows.iter().filter_map(|it| {
        Some(Telling { time: it.time(1)?, place: it.place(2).unwrap_or_default(), text: printed(it.any(0)?) })
    });
    tellings.reduce(|best, it| if it.cmp(&best) == wanted { it } else { best })
}

/// For each group of a block, what the event tells that compares with all others as `wanted`.
pub fn extremes(groups: &[u32], count: usize, args: &Columns, wanted: Ordering) -> Vec<(usize, Telling)> {
    let (Some(values), times) = (args.columns.first(), args.times(1)) else { return Vec::new() };
    let text = |row: usize| values.value(row).as_ref().map(printed);
    let is_better = |row: usize, best: usize| {
        let order = times.get(row).cmp(&times.get(best));
        let order = order.then_with(|| args.place(2, row).cmp(&args.place(2, best)));
        let order = order.then_with(|| text(row).cmp(&text(best)));
        times.get(row).is_some() && (order == wanted || times.get(best).is_none())
    };
    let best = best_rows(groups, count, args, is_better);
    let telling =
        |(group, row)| Some((group, Telling { time: times.get(row)?, place: args.place(2, row), text: text(row)? }));
    best.into_iter().filter_map(telling).collect()
}

/// Keeps what compares with the other as `wanted`.
pub fn keep(kept: &mut Option<Telling>, other: Option<Telling>, wanted: Ordering) {
    if let Some(other) = other
        && kept.as_ref().is_none_or(|it| other.cmp(it) == wanted)
    {
        *kept = Some(other);
    }
}

impl Telling {
    /// How much memory it takes beside its own size.
    pub fn heap(&self) -> usize {
        self.text.capacity()
    }

    /// The value.
    pub fn value(self) -> Value {
        Value::text(self.text)
    }
}

/// How these aggregates print a value: a number with all its digits, a time as its milliseconds.
fn printed(value: &Value) -> String {
    match value {
        Value::Number(it) => number::print_double(*it),
        Value::Time(it) => it.to_string(),
        Value::Text(text) => match number::read(text) {
            // An id that no double holds keeps its digits.
            Some(it) if it.abs() < 9_007_199_254_740_992.0 || !is_integer(text) => number::print_double(it),
            _ => text.to_string(),
        },
        other => other.to_text(),
    }
}

fn is_integer(text: &str) -> bool {
    number::compare_integers(text, text).is_some()
}
