//! `latest(x)`: the value of the last event of a group.

use std::cmp::Ordering;

use super::telling::{self, Telling};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static LATEST: Aggregate = Aggregate {
    name: "latest",
    aliases: &[],
    params: &[
        once("x", Kind::Any),
        hidden("time", Kind::Time, Fact::Timestamp),
        hidden("place", Kind::Place, Fact::Place),
    ],
    returns: Returns::Is(Type::Text),
    doc: "The value of `x` in the event with the greatest `@timestamp` among those that have one; of equal times the last in \
          the archive. A number comes with all its digits, a time as milliseconds since 1970. Memory: one value for a \
          group.",
    examples: &[("latest(x)", &["starting", "running", "done"], "done"), ("latest(x)", &["487", "25.25"], "25.25")],
    rows: |rows| telling::extreme(rows, Ordering::Greater).map(Telling::value),
    state: per_group::<Latest>,
};

#[derive(Clone, Default)]
struct Latest(Option<Telling>);

impl Partial for Latest {
    fn add(partials: &mut [Latest], groups: &[u32], args: &Columns) {
        for (group, it) in telling::extremes(groups, partials.len(), args, Ordering::Greater) {
            telling::keep(&mut partials[group].0, Some(it), Ordering::Greater);
        }
    }

    fn merge(&mut self, other: Latest) {
        telling::keep(&mut self.0, other.0, Ordering::Greater);
    }

    fn finish(self) -> Option<Value> {
        self.0.map(Telling::value)
    }

    fn heap(&self) -> usize {
        self.0.as_ref().map_or(0, Telling::heap)
    }
}
