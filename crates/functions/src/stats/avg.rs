//! `avg(x)`: the mean of the numbers of a group.

use value::sum::ExactSum;

use crate::prelude::*;
use crate::state::{Partial, each_number, numbers, per_group};

pub static AVG: Aggregate = Aggregate {
    name: "avg",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The mean of the values that read as numbers; none if there is no such value. The sum is exact before it is \
          divided. Memory: the same for any number of rows.",
    examples: &[("avg(x)", &["1", "2", "4"], "2.3333"), ("avg(x)", &["1", "-", "3"], "2"), ("avg(x)", &["-"], "")],
    rows: |rows| {
        let mut mean = Mean::default();
        numbers(rows, 0).for_each(|it| mean.add(it));
        mean.finish()
    },
    state: per_group::<Mean>,
};

#[derive(Clone, Default)]
struct Mean {
    sum: ExactSum,
    count: u64,
}

impl Mean {
    fn add(&mut self, number: f64) {
        self.sum.add(number);
        self.count += 1;
    }
}

impl Partial for Mean {
    fn add(partials: &mut [Mean], groups: &[u32], args: &Columns) {
        each_number(groups, &args.numbers(0), |group, it| partials[group].add(it));
    }

    fn merge(&mut self, other: Mean) {
        self.sum.merge(&other.sum);
        self.count += other.count;
    }

    fn finish(self) -> Option<Value> {
        // No value at all is 0 / 0, which is not finite.
        finite(self.sum.value() / self.count as f64)
    }
}
