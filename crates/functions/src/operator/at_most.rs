//! `a <= b`: whether one value does not come behind another.

use super::comparison;
use crate::prelude::*;

pub static AT_MOST: Function = Function {
    name: "<=",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` is less than or equal to `b`, in the order of `<`.",
    examples: &[("10 <= 10", "1"), ("11 <= 10", "0"), ("missing <= 10", "")],
    row: |args| comparison::ordered(args.any(0)?, args.any(1)?, |it| it.is_le()).map(Value::Bool),
    column: Some(|args| comparison::orders(args, |it| it.is_le())),
};
