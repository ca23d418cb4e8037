//! `sum(x)`: the sum of the numbers of a group.

use value::sum::ExactSum;

use crate::prelude::*;
use crate::state::{Partial, each_number, numbers, per_group};

pub static SUM: Aggregate = Aggregate {
    name: "sum",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The sum of the values that read as numbers; none if there is no such value. It is exact, and rounded once. \
          Memory: the same for any number of rows.",
    examples: &[("sum(x)", &["1", "2.5"], "3.5"), ("sum(x)", &["7", "-"], "7"), ("sum(x)", &["-"], "")],
    rows: |rows| {
        let mut total = Total::default();
        numbers(rows, 0).for_each(|it| total.add(it));
        total.finish()
    },
    state: per_group::<Total>,
};

#[derive(Clone, Default)]
struct Total {
    sum: ExactSum,
    is_any: bool,
}

impl Total {
    fn add(&mut self, number: f64) {
        self.sum.add(number);
        self.is_any = true;
    }
}

impl Partial for Total {
    fn add(partials: &mut [Total], groups: &[u32], args: &Columns) {
        each_number(groups, &args.numbers(0), |group, it| partials[group].add(it));
    }

    fn merge(&mut self, other: Total) {
        self.sum.merge(&other.sum);
        self.is_any |= other.is_any;
    }

    fn finish(self) -> Option<Value> {
        if self.is_any { finite(self.sum.value()) } else { None }
    }
}
