//! `pct(x, p)`: the value that `p` percent of a group do not exceed.

use super::tally::Tally;
use crate::prelude::*;
use crate::state::{Partial, each_number, numbers, per_group};

pub static PCT: Aggregate = Aggregate {
    name: "pct",
    aliases: &["percentile"],
    params: &[once("x", Kind::Number), once("p", Kind::Constant)],
    returns: Returns::Is(Type::Number),
    doc: "The percentile of the values that read as numbers, by nearest rank: of `n` values in order the one at place \
          `p / 100 * n`, rounded up. It is exact, and always one of the values; 0 if there are none. Memory: up to 48 \
          bytes for each different value of a group.",
    examples: &[
        ("pct(x, 50)", &["4", "1", "3", "2"], "2"),
        ("pct(x, 95)", &["4", "1", "3", "2"], "4"),
        ("percentile(x, 0)", &["4", "1", "3", "2"], "1"),
        ("pct(x, 90)", &["-"], "0"),
    ],
    rows: |rows| {
        let mut sorted: Vec<f64> = numbers(rows, 0).collect();
        sorted.sort_by(f64::total_cmp);
        if sorted.is_empty() {
            return Some(Value::Number(0.0));
        }
        let percent = rows.first()?.number(1)?;
        let rank = (percent * sorted.len() as f64 / 100.0).ceil().clamp(1.0, sorted.len() as f64);
        finite(sorted[rank as usize - 1])
    },
    state: per_group::<Percentile>,
};

#[derive(Clone, Default)]
struct Percentile {
    tally: Tally,
    percent: Option<f64>,
}

impl Partial for Percentile {
    fn add(partials: &mut [Percentile], groups: &[u32], args: &Columns) {
        let percent = args.numbers(1).get(0);
        each_number(groups, &args.numbers(0), |group, it| {
            partials[group].percent = percent;
            partials[group].tally.add(it);
        });
    }

    fn merge(&mut self, other: Percentile) {
        self.percent = self.percent.or(other.percent);
        self.tally.merge(other.tally);
    }

    fn finish(self) -> Option<Value> {
        self.tally.percentile(self.percent.unwrap_or_default())
    }

    fn heap(&self) -> usize {
        self.tally.heap()
    }
}
