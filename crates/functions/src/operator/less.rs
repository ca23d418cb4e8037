//! `a < b`: whether one value comes before another.

use super::comparison;
use crate::prelude::*;

pub static LESS: Function = Function {
    name: "<",
    aliases: &[],
    params: &[once("a", Kind::Any), once("b", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `a` is less than `b`: as numbers if both read as numbers, else as text by code point. A number \
          and a text that is none have no order, and neither has a missing value.",
    examples: &[("'9' < 10", "1"), ("'b' < 'a'", "0"), ("'fast' < 10", "")],
    row: |args| comparison::ordered(args.any(0)?, args.any(1)?, |it| it.is_lt()).map(Value::Bool),
    column: Some(|args| comparison::orders(args, |it| it.is_lt())),
};
