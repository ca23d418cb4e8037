//! `a + b`: the sum of two numbers.

use crate::prelude::*;

pub static ADD: Function = Function {
    name: "+",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The sum of `a` and `b`. A time counts as its milliseconds since 1970.",
    examples: &[("1 + 2.5", "3.5"), ("1 + missing", "")],
    row: |args| finite(args.number(0)? + args.number(1)?),
    column: Some(|args| args.zip_numbers(|a, b| a + b)),
};
