//! `sortsFirst(x)`: the value of a group that `sort` would put first.

use value::order::{self, Keys};

use crate::prelude::*;
use crate::state::{Partial, best_rows, per_group, text_bytes};

pub static SORTS_FIRST: Aggregate = Aggregate {
    name: "sortsFirst",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Any),
    doc: "The value that comes first in the ascending order of `sort`: text in natural order, then numbers by value. \
          Memory: one value for a group.",
    examples: &[("sortsFirst(x)", &["10", "9", "b", "a"], "a"), ("sortsFirst(x)", &["10", "9"], "9")],
    rows: |rows| {
        let values = rows.iter().filter_map(|it| it.any(0));
        values.min_by(|a, b| order::compare(Some(a), Some(b))).cloned()
    },
    state: per_group::<First>,
};

#[derive(Clone, Default)]
struct First(Option<Value>);

impl First {
    fn take(&mut self, other: Option<Value>) {
        if other.is_some() && (self.0.is_none() || order::compare(other.as_ref(), self.0.as_ref()).is_lt()) {
            self.0 = other;
        }
    }
}

impl Partial for First {
    fn add(partials: &mut [First], groups: &[u32], args: &Columns) {
        let Some(column) = args.columns.first() else { return };
        let keys = Keys::of(column);
        let best = best_rows(groups, partials.len(), args, |row, best| keys.compare(row, best).is_lt());
        for (group, row) in best {
            partials[group].take(column.value(row));
        }
    }

    fn merge(&mut self, other: First) {
        self.take(other.0);
    }

    fn finish(self) -> Option<Value> {
        self.0
    }

    fn heap(&self) -> usize {
        text_bytes(self.0.as_ref())
    }
}
