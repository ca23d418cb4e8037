//! `if(c, a, b)`: one value or another.

use super::choice;
use crate::prelude::*;

pub static IF: Function = Function {
    name: "if",
    aliases: &[],
    params: &[once("c", Kind::Bool), once("a", Kind::Result), once("b", Kind::Result)],
    returns: Returns::Common,
    doc: "`a` where the condition holds, `b` where it does not, or compares a missing value.",
    examples: &[
        ("if(2 > 1, 'yes', 'no')", "yes"),
        ("if(missing = 1, 'yes', 'no')", "no"),
        ("if(2 > 1, missing, 'no')", ""),
    ],
    row: |args| if args.bool(0) == Some(true) { args.any(1) } else { args.any(2) }.cloned(),
    column: Some(|args| match args.columns {
        [condition, a, b] => {
            let always = Column::Same(Some(Value::Bool(true)), args.height);
            choice::first(args.height, [(condition, a), (&always, b)].into_iter())
        }
        _ => Column::absent(args.height),
    }),
};
