//! `count_over_time(*)`: how many events a group has.

use super::count::COUNT;
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static COUNT_OVER_TIME: Aggregate = Aggregate {
    name: "count_over_time",
    aliases: &["countOverTime"],
    params: &[optional("x", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "How many rows there are, as `count(*)`, whether they have a value of `x` or not. Mostly the groups are the bins of \
          `by bin(5m)`. Memory: the same for any number of rows.",
    examples: &[("count_over_time(*)", &["a", "b", "b"], "3"), ("countOverTime(x)", &["a", "b"], "2")],
    rows: |rows| (COUNT.rows)(&vec![Args(&[]); rows.len()]),
    state: per_group::<Rows>,
};

#[derive(Clone, Default)]
struct Rows(u64);

impl Partial for Rows {
    fn add(partials: &mut [Rows], groups: &[u32], _: &Columns) {
        groups.iter().for_each(|group| partials[*group as usize].0 += 1);
    }

    fn merge(&mut self, other: Rows) {
        self.0 += other.0;
    }

    fn finish(self) -> Option<Value> {
        (self.0 > 0).then_some(Value::Number(self.0 as f64))
    }
}
