//! `toDouble(x)`: a value as a double.

use crate::prelude::*;

pub static TO_DOUBLE: Function = Function {
    name: "toDouble",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The number that `x` reads as, as a double, which every number of the language is.",
    examples: &[("toDouble('2.5')", "2.5"), ("toDouble('x')", "")],
    row: |args| finite(args.number(0)?),
    column: Some(|args| args.map_numbers(0, |it| it)),
};
