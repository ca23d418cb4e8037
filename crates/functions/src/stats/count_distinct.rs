//! `count_distinct(x)`: how many different values a group has.

use hashbrown::HashSet;
use value::number;

use crate::prelude::*;
use crate::state::{Partial, each_number, each_present, per_group};

pub static COUNT_DISTINCT: Aggregate = Aggregate {
    name: "count_distinct",
    aliases: &["countDistinct"],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "How many different values there are, by what they print as; none instead of 0. The count is exact. Memory: \
          each different value of a group is kept once.",
    examples: &[("count_distinct(x)", &["a", "b", "a"], "2"), ("countDistinct(x)", &["1", "1.0"], "2")],
    rows: |rows| {
        let mut distinct = Distinct::default();
        rows.iter().filter_map(|it| it.any(0)).for_each(|it| distinct.add(&it.to_text()));
        distinct.finish()
    },
    state: per_group::<Distinct>,
};

#[derive(Default)]
struct Distinct {
    texts: HashSet<Box<str>, foldhash::fast::FixedState>,
}

impl Distinct {
    fn add(&mut self, text: &str) {
        self.texts.get_or_insert_with(text, |it| it.into());
    }
}

impl Partial for Distinct {
    fn add(partials: &mut [Distinct], groups: &[u32], args: &Columns) {
        match args.columns.first() {
            Some(Column::Text(_) | Column::Json(_)) => {
                let texts = args.texts(0);
                for (row, group) in groups.iter().enumerate() {
                    if let Some(text) = texts.get(row) {
                        partials[*group as usize].add(text);
                    }
                }
            }
            Some(Column::Number(_)) => {
                let mut text = String::new();
                each_number(groups, &args.numbers(0), |group, it| {
                    text.clear();
                    number::write(it, &mut text);
                    partials[group].add(&text);
                });
            }
            Some(column) => each_present(groups, args, 0, |group, row| {
                if let Some(it) = column.value(row) {
                    partials[group].add(&it.to_text());
                }
            }),
            None => {}
        }
    }

    fn merge(&mut self, mut other: Distinct) {
        if self.texts.len() < other.texts.len() {
            std::mem::swap(self, &mut other);
        }
        self.texts.extend(other.texts);
    }

    fn finish(self) -> Option<Value> {
        (!self.texts.is_empty()).then(|| Value::Number(self.texts.len() as f64))
    }
}
