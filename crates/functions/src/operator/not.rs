//! `not a`: whether a condition does not hold.

use crate::prelude::*;

pub static NOT: Function = Function {
    name: "not",
    aliases: &["!"],
    params: &[once("a", Kind::Bool)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether the condition is false. One that compares a missing value is neither true nor false, and so is its \
          opposite. `not like` and `not in` are this before `like` and `in`.",
    examples: &[("not 1 = 2", "1"), ("not ispresent(missing)", "1"), ("not missing = 1", "")],
    row: |args| Some(Value::Bool(!args.bool(0)?)),
    column: Some(|args| match args.columns {
        [Column::Bool(it)] => Column::Bool(!it),
        _ => {
            let bools = args.bools(0);
            args.make_bools(|row| Some(!bools.get(row)?))
        }
    }),
};
