//! `values(x)`: the different values of a group.

use super::distinct::{self, Texts};
use crate::prelude::*;
use crate::state::{Partial, per_group};

pub static VALUES: Aggregate = Aggregate {
    name: "values",
    aliases: &["collect_values"],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Json),
    doc: "The different values, by what they print as, as a list of texts in the ascending order of `sort`; none if there is \
          no value. The list has no greatest length. Memory: each different value of a group is kept once.",
    examples: &[
        ("values(x)", &["500", "200", "404", "200"], "[\"200\",\"404\",\"500\"]"),
        ("collect_values(x)", &["b", "10", "a"], "[\"a\",\"b\",\"10\"]"),
    ],
    rows: |rows| {
        let texts = distinct::sorted(rows, 0);
        (!texts.is_empty()).then(|| distinct::list(texts))
    },
    state: per_group::<Values>,
};

#[derive(Clone, Default)]
struct Values(Texts);

impl Partial for Values {
    fn add(partials: &mut [Values], groups: &[u32], args: &Columns) {
        distinct::each_text(groups, args, 0, |group, text| partials[group].0.add(text));
    }

    fn merge(&mut self, other: Values) {
        self.0.merge(other.0);
    }

    fn finish(self) -> Option<Value> {
        let texts = self.0.sorted();
        (!texts.is_empty()).then(|| distinct::list(texts))
    }

    fn heap(&self) -> usize {
        self.0.heap()
    }
}
