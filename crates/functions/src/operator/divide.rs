//! `a / b`: the quotient of two numbers.

use crate::prelude::*;

pub static DIVIDE: Function = Function {
    name: "/",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The quotient of `a` and `b`, with its fraction. Division by zero has no value.",
    examples: &[("7 / 2", "3.5"), ("1 / 3", "0.3333"), ("1 / 0", "")],
    row: |args| finite(args.number(0)? / args.number(1)?),
    column: Some(|args| args.zip_numbers(|a, b| a / b)),
};
