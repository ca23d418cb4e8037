//! `variance(x)`: how far the numbers of a group lie apart, in squares.

use super::moments::{self, Moments};
use crate::prelude::*;
use crate::state::{Partial, numbers, per_group};

pub static VARIANCE: Aggregate = Aggregate {
    name: "variance",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The variance of the values that read as numbers, taken as the whole population; none if there is no such value. \
          It is computed exactly, so the order of the rows does not show. Memory: the same for any number of rows.",
    examples: &[
        ("variance(x)", &["1", "2", "3", "4"], "1.25"),
        ("variance(x)", &["5"], "0"),
        ("variance(x)", &["-"], ""),
    ],
    rows: |rows| {
        let mut moments = Moments::default();
        numbers(rows, 0).for_each(|it| moments.add(it));
        Variance(moments).finish()
    },
    state: per_group::<Variance>,
};

#[derive(Clone, Default)]
struct Variance(Moments);

impl Partial for Variance {
    fn add(partials: &mut [Variance], groups: &[u32], args: &Columns) {
        moments::add(partials, groups, args, |it| &mut it.0);
    }

    fn merge(&mut self, other: Variance) {
        self.0.merge(&other.0);
    }

    fn finish(self) -> Option<Value> {
        finite(self.0.variance()?)
    }
}
