//! `abs(a)`: the distance from zero.

use crate::prelude::*;

pub static ABS: Function = Function {
    name: "abs",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The absolute value of `a`.",
    examples: &[("abs(-3)", "3"), ("abs(2.5)", "2.5"), ("abs('three')", "")],
    row: |args| finite(args.number(0)?.abs()),
    column: Some(|args| args.map_numbers(0, f64::abs)),
};
