//! `max(x)`: the greatest number or time of a group.

use std::cmp::Ordering;

use super::extreme::{Extreme, Measure, each};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static MAX: Aggregate = Aggregate {
    name: "max",
    aliases: &[],
    params: &[once("x", Kind::Measure)],
    returns: Returns::Common,
    doc: "The greatest of the values that read as numbers, or the latest of times; none if there is no such value. Other text \
          does not count. Memory: the same for any number of rows.",
    examples: &[("max(x)", &["20", "6", "-"], "20"), ("max(x)", &["a", "b"], "")],
    rows: |rows| {
        let measures = rows.iter().filter_map(|it| Measure::of(it.any(0)?));
        measures.max_by(Measure::compare).map(Measure::value)
    },
    state: per_group::<Greatest>,
};

#[derive(Clone, Default)]
struct Greatest(Extreme);

impl Partial for Greatest {
    fn add(partials: &mut [Greatest], groups: &[u32], args: &Columns) {
        each(groups, args, |group, it| partials[group].0.take(it, Ordering::Greater));
    }

    fn merge(&mut self, other: Greatest) {
        self.0.merge(other.0, Ordering::Greater);
    }

    fn finish(self) -> Option<Value> {
        self.0.finish(Ordering::Greater)
    }
}
