//! `ceil(a)`: the next whole number up.

use crate::prelude::*;

pub static CEIL: Function = Function {
    name: "ceil",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The least whole number that is not below `a`.",
    examples: &[("ceil(1.2)", "2"), ("ceil(-1.2)", "-1"), ("ceil(5587 / 512)", "11")],
    row: |args| finite(args.number(0)?.ceil()),
    column: Some(|args| args.map_numbers(0, f64::ceil)),
};
