//! `count(*)`, `count(x)`: how many rows a group has.

use crate::prelude::*;
use crate::state::{Partial, each_present, per_group};

pub static COUNT: Aggregate = Aggregate {
    name: "count",
    aliases: &[],
    params: &[optional("x", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "`count()` and `count(*)`: how many rows there are. `count(x)`: how many of them have a value of `x`; none \
          instead of 0. Memory: the same for any number of rows.",
    examples: &[("count(*)", &["a", "b", "b"], "3"), ("count(x)", &["a", "b", "b"], "3")],
    rows: |rows| {
        let counts = |row: &&Args| row.count() == 0 || row.any(0).is_some();
        Rows(rows.iter().filter(counts).count() as u64).finish()
    },
    state: per_group::<Rows>,
};

#[derive(Clone, Default)]
struct Rows(u64);

impl Partial for Rows {
    fn add(partials: &mut [Rows], groups: &[u32], args: &Columns) {
        if args.columns.is_empty() {
            groups.iter().for_each(|group| partials[*group as usize].0 += 1);
        } else {
            each_present(groups, args, 0, |group, _| partials[group].0 += 1);
        }
    }

    fn merge(&mut self, other: Rows) {
        self.0 += other.0;
    }

    fn finish(self) -> Option<Value> {
        (self.0 > 0).then_some(Value::Number(self.0 as f64))
    }
}
