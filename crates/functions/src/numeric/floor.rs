//! `floor(a)`: the next whole number down.

use crate::prelude::*;

pub static FLOOR: Function = Function {
    name: "floor",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The greatest whole number that is not above `a`.",
    examples: &[("floor(1.8)", "1"), ("floor(-1.2)", "-2"), ("floor('7.5')", "7")],
    row: |args| finite(args.number(0)?.floor()),
    column: Some(|args| args.map_numbers(0, f64::floor)),
};
