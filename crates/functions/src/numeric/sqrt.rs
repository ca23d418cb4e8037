//! `sqrt(a)`: the square root.

use crate::prelude::*;

pub static SQRT: Function = Function {
    name: "sqrt",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The square root of `a`. Negative numbers have none.",
    examples: &[("sqrt(16)", "4"), ("sqrt(2)", "1.4142"), ("sqrt(-1)", "")],
    row: |args| finite(args.number(0)?.sqrt()),
    column: Some(|args| args.map_numbers(0, f64::sqrt)),
};
