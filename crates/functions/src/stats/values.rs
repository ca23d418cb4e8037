//! `values(x)`: the different values of a group.

use hashbrown::HashSet;
use value::order;

use super::distinct;
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
struct Values(HashSet<Box<str>, foldhash::fast::FixedState>);

impl Partial for Values {
    fn add(partials: &mut [Values], groups: &[u32], args: &Columns) {
        distinct::each_text(groups, args, 0, |group, text| {
            partials[group].0.get_or_insert_with(text, |it| it.into());
        });
    }

    fn merge(&mut self, mut other: Values) {
        if self.0.len() < other.0.len() {
            std::mem::swap(self, &mut other);
        }
        self.0.extend(other.0);
    }

    fn finish(self) -> Option<Value> {
        let mut texts: Vec<Box<str>> = self.0.into_iter().collect();
        texts.sort_unstable_by(|a, b| order::compare_texts(a, b));
        (!texts.is_empty()).then(|| distinct::list(texts))
    }
}
