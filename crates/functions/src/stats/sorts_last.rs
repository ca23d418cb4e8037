//! `sortsLast(x)`: the value of a group that `sort` would put last.

use value::order::{self, Keys};

use crate::prelude::*;
use crate::state::{Partial, best_rows, per_group, text_bytes};

pub static SORTS_LAST: Aggregate = Aggregate {
    name: "sortsLast",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Any),
    doc: "The value that comes last in the ascending order of `sort`: text in natural order, then numbers by value. \
          Memory: one value for a group.",
    examples: &[("sortsLast(x)", &["10", "9", "b", "a"], "10"), ("sortsLast(x)", &["a2", "a10"], "a10")],
    rows: |rows| {
        let values = rows.iter().filter_map(|it| it.any(0));
        values.max_by(|a, b| order::compare(Some(a), Some(b))).cloned()
    },
    state: per_group::<Last>,
};

#[derive(Clone, Default)]
struct Last(Option<Value>);

impl Last {
    fn take(&mut self, other: Option<Value>) {
        if other.is_some() && (self.0.is_none() || order::compare(other.as_ref(), self.0.as_ref()).is_gt()) {
            self.0 = other;
        }
    }
}

impl Partial for Last {
    fn add(partials: &mut [Last], groups: &[u32], args: &Columns) {
        let Some(column) = args.columns.first() else { return };
        let keys = Keys::of(column);
        let best = best_rows(groups, partials.len(), args, |row, best| keys.compare(row, best).is_gt());
        for (group, row) in best {
            partials[group].take(column.value(row));
        }
    }

    fn merge(&mut self, other: Last) {
        self.take(other.0);
    }

    fn finish(self) -> Option<Value> {
        self.0
    }

    fn heap(&self) -> usize {
        text_bytes(self.0.as_ref())
    }
}
