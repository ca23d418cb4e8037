//! `a - b`: the difference of two numbers.

use crate::prelude::*;

pub static SUBTRACT: Function = Function {
    name: "-",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The difference of `a` and `b`. Two times differ by milliseconds.",
    examples: &[("5 - 7", "-2"), ("5 - 'five'", "")],
    row: |args| finite(args.number(0)? - args.number(1)?),
    column: Some(|args| args.zip_numbers(|a, b| a - b)),
};
