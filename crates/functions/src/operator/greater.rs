//! `a > b`: whether one value comes behind another.

use super::comparison;
use crate::prelude::*;

pub static GREATER: Function = Function {
    name: ">",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` is greater than `b`, in the order of `<`.",
    examples: &[("10 > 9", "1"), ("'a' > 'b'", "0"), ("missing > 9", "")],
    row: |args| comparison::ordered(args.any(0)?, args.any(1)?, |it| it.is_gt()).map(Value::Bool),
    column: Some(|args| comparison::orders(args, |it| it.is_gt())),
};
