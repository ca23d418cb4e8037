//! `count_distinct(x)`: how many different values a group has.

use super::distinct::{self, Texts};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static COUNT_DISTINCT: Aggregate = Aggregate {
    name: "count_distinct",
    aliases: &["countDistinct"],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "How many different values there are, by what they print as; none instead of 0. The count is exact. Memory: \
          each different value of a group is kept once.",
    examples: &[("count_distinct(x)", &["a", "b", "a"], "2"), ("countDistinct(x)", &["1", "1.0"], "2")],
    rows: |rows| {
        let count = distinct::sorted(rows, 0).len();
        (count > 0).then_some(Value::Number(count as f64))
    },
    state: per_group::<Distinct>,
};

#[derive(Clone, Default)]
struct Distinct(Texts);

impl Partial for Distinct {
    fn add(partials: &mut [Distinct], groups: &[u32], args: &Columns) {
        distinct::each_text(groups, args, 0, |group, text| partials[group].0.add(text));
    }

    fn merge(&mut self, other: Distinct) {
        self.0.merge(other.0);
    }

    fn finish(self) -> Option<Value> {
        (self.0.count() > 0).then(|| Value::Number(self.0.count() as f64))
    }

    fn heap(&self) -> usize {
        self.0.heap()
    }
}
