//! `min(x)`: the least number or time of a group.

use std::cmp::Ordering;

use super::extreme::{Extreme, Measure, each};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static MIN: Aggregate = Aggregate {
    name: "min",
    aliases: &[],
    params: &[once("x", Kind::Measure)],
    returns: Returns::Common,
    doc: "The least of the values that read as numbers, or the earliest of times; none if there is no such value. Other text \
          does not count. Memory: the same for any number of rows.",
    examples: &[("min(x)", &["20", "6", "-"], "6"), ("min(x)", &["a", "b"], "")],
    rows: |rows| {
        let measures = rows.iter().filter_map(|it| Measure::of(it.any(0)?));
        measures.min_by(Measure::compare).map(Measure::value)
    },
    state: per_group::<Least>,
};

#[derive(Clone, Default)]
struct Least(Extreme);

impl Partial for Least {
    fn add(partials: &mut [Least], groups: &[u32], args: &Columns) {
        each(groups, args, |group, it| partials[group].0.take(it, Ordering::Less));
    }

    fn merge(&mut self, other: Least) {
        self.0.merge(other.0, Ordering::Less);
    }

    fn finish(self) -> Option<Value> {
        self.0.finish(Ordering::Less)
    }
}
