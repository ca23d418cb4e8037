//! `earliest(x)`: the value of the first event of a group.

use std::cmp::Ordering;

use super::telling::{self, Telling};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static EARLIEST: Aggregate = Aggregate {
    name: "earliest",
    aliases: &[],
    params: &[
        once("x", Kind::Any),
        hidden("time", Kind::Time, Fact::Timestamp),
        hidden("place", Kind::Place, Fact::Place),
    ],
    returns: Returns::Is(Type::Text),
    doc: "The value of `x` in the event with the least `@timestamp` among those that have one; of equal times the first in \
          the archive. A number comes with all its digits, a time as milliseconds since 1970. Memory: one value for a \
          group.",
    examples: &[
        ("earliest(x)", &["starting", "running", "done"], "starting"),
        ("earliest(x)", &["487", "490"], "487.0"),
    ],
    rows: |rows| telling::extreme(rows, Ordering::Less).map(Telling::value),
    state: per_group::<Earliest>,
};

#[derive(Clone, Default)]
struct Earliest(Option<Telling>);

impl Partial for Earliest {
    fn add(partials: &mut [Earliest], groups: &[u32], args: &Columns) {
        for (group, it) in telling::extremes(groups, partials.len(), args, Ordering::Less) {
            telling::keep(&mut partials[group].0, Some(it), Ordering::Less);
        }
    }

    fn merge(&mut self, other: Earliest) {
        telling::keep(&mut self.0, other.0, Ordering::Less);
    }

    fn finish(self) -> Option<Value> {
        self.0.map(Telling::value)
    }

    fn heap(&self) -> usize {
        self.0.as_ref().map_or(0, Telling::heap)
    }
}
