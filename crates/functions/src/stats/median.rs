//! `median(x)`: the value in the middle of a group.

use super::pct::PCT;
use super::tally::Tally;
use crate::prelude::*;
use crate::state::{Partial, each_number, numbers, per_group};

pub static MEDIAN: Aggregate = Aggregate {
    name: "median",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "`pct(x, 50)`: of an even number of values the lower one in the middle; 0 if there are none. Memory: as `pct`.",
    examples: &[("median(x)", &["9", "1", "5"], "5"), ("median(x)", &["4", "1", "3", "2"], "2")],
    rows: |rows| {
        let pairs: Vec<[Option<Value>; 2]> =
            numbers(rows, 0).map(|it| [Some(Value::Number(it)), Some(Value::Number(50.0))]).collect();
        (PCT.rows)(&pairs.iter().map(|it| Args(it)).collect::<Vec<_>>())
    },
    state: per_group::<Median>,
};

#[derive(Clone, Default)]
struct Median(Tally);

impl Partial for Median {
    fn heap(&self) -> usize {
        self.0.heap()
    }

    fn add(partials: &mut [Median], groups: &[u32], args: &Columns) {
        each_number(groups, &args.numbers(0), |group, it| partials[group].0.add(it));
    }

    fn merge(&mut self, other: Median) {
        self.0.merge(other.0);
    }

    fn finish(self) -> Option<Value> {
        self.0.percentile(50.0)
    }
}
