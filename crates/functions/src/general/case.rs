//! `case(c1, v1, c2, v2, …, default)`: the value of the first condition that holds.

use super::choice;
use crate::prelude::*;

pub static CASE: Function = Function {
    name: "case",
    aliases: &[],
    params: &[repeated("condition", Kind::Bool), repeated("value", Kind::Result), optional("default", Kind::Result)],
    returns: Returns::Common,
    doc: "The value behind the first condition that holds; if none does, the default, or no value. A condition that \
          compares a missing value does not hold.",
    examples: &[
        ("case(1 > 2, 'a', 2 > 1, 'b', 'c')", "b"),
        ("case(1 > 2, 'a', missing = 1, 'b', 'c')", "c"),
        ("case(1 > 2, 'a')", ""),
    ],
    row: |args| {
        let branches = args.count() / 2;
        let holding = (0..branches).find(|it| args.bool(2 * it) == Some(true));
        args.any(holding.map_or(2 * branches, |it| 2 * it + 1)).cloned()
    },
    column: Some(|args| {
        let always = Column::Same(Some(Value::Bool(true)), args.height);
        let (pairs, default) = args.columns.as_chunks::<2>();
        let branches = pairs.iter().map(|[condition, value]| (condition, value));
        choice::first(args.height, branches.chain(default.iter().map(|it| (&always, it))))
    }),
};
