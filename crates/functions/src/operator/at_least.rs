//! `a >= b`: whether one value does not come before another.

use value::compare;

use super::comparison;
use crate::prelude::*;

pub static AT_LEAST: Function = Function {
    name: ">=",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` is greater than or equal to `b`, in the order of `<`.",
    examples: &[("500 >= 400", "1"), ("'-' >= 400", "")],
    row: |args| compare::order(args.any(0)?, args.any(1)?).map(|it| Value::Bool(it.is_ge())),
    column: Some(|args| comparison::orders(args, |it| it.is_ge())),
};
