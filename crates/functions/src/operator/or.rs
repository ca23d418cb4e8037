//! `a or b`: whether at least one of two conditions holds.

use crate::prelude::*;

pub static OR: Function = Function {
    name: "or",
    aliases: &[],
    params: &[once("a", Kind::Bool), once("b", Kind::Bool)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether at least one of the conditions holds. One that compares a missing value is neither true nor false; \
          then this is true if the other is, and else has no value.",
    examples: &[("1 = 1 or 1 = 2", "1"), ("1 = 1 or missing = 1", "1"), ("1 = 2 or missing = 1", "")],
    row: |args| match (args.bool(0), args.bool(1)) {
        (Some(true), _) | (_, Some(true)) => Some(Value::Bool(true)),
        (Some(false), Some(false)) => Some(Value::Bool(false)),
        _ => None,
    },
    column: Some(|args| match args.columns {
        [Column::Bool(left), Column::Bool(right)] => Column::Bool(left | right),
        [Column::Same(Some(Value::Bool(it)), _), other] | [other, Column::Same(Some(Value::Bool(it)), _)] => {
            if *it {
                Column::Same(Some(Value::Bool(true)), args.height)
            } else {
                other.clone()
            }
        }
        _ => {
            let (left, right) = (args.bools(0), args.bools(1));
            args.make_bools(|row| match (left.get(row), right.get(row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            })
        }
    }),
};
