//! `a * b`: the product of two numbers.

use crate::prelude::*;

pub static MULTIPLY: Function = Function {
    name: "*",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The product of `a` and `b`.",
    examples: &[("6 * 7", "42"), ("0.1 * 3", "0.3")],
    row: |args| finite(args.number(0)? * args.number(1)?),
    column: Some(|args| args.zip_numbers(|a, b| a * b)),
};
