//! `stddev(x)`: how far the numbers of a group lie apart.

use super::moments::{self, Moments};
use crate::prelude::*;
use crate::state::{Partial, numbers, per_group};

pub static STDDEV: Aggregate = Aggregate {
    name: "stddev",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The standard deviation of the values that read as numbers, taken as the whole population: the square root of \
          `variance`. Memory: the same for any number of rows.",
    examples: &[("stddev(x)", &["1", "2", "3", "4"], "1.118"), ("stddev(x)", &["5"], "0"), ("stddev(x)", &["-"], "")],
    rows: |rows| {
        let mut moments = Moments::default();
        numbers(rows, 0).for_each(|it| moments.add(it));
        Deviation(moments).finish()
    },
    state: per_group::<Deviation>,
};

#[derive(Clone, Default)]
struct Deviation(Moments);

impl Partial for Deviation {
    fn add(partials: &mut [Deviation], groups: &[u32], args: &Columns) {
        moments::add(partials, groups, args, |it| &mut it.0);
    }

    fn merge(&mut self, other: Deviation) {
        self.0.merge(&other.0);
    }

    fn finish(self) -> Option<Value> {
        finite(self.0.variance()?.sqrt())
    }
}
