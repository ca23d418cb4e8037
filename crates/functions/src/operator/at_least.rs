//! `a >= b`: whether one value does not come before another.

use super::comparison;
use crate::prelude::*;

pub static AT_LEAST: Function = Function {
    name: ">=",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` is greater than or equal to `b`, in the order of `<`.",
    examples: &[("500 >= 400", "1"), ("'-' >= 400", "")],
    row: |args| comparison::ordered(args.any(0)?, args.any(1)?, |it| it.is_ge()).map(Value::Bool),
    column: Some(|args| comparison::orders(args, |it| it.is_ge())),
};
