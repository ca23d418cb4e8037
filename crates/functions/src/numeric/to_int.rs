//! `toInt(x)`: a value as an integer of 32 bits.

use crate::prelude::*;

pub static TO_INT: Function = Function {
    name: "toInt",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The number that `x` reads as, its fraction cut off. What 32 bits cannot hold has no value.",
    examples: &[("toInt('42.9')", "42"), ("toInt(-1.5)", "-1"), ("toInt(3000000000)", "")],
    row: |args| finite(integer(args.number(0)?)),
    column: Some(|args| args.map_numbers(0, integer)),
};

/// Not a number where it does not fit, and so no value.
fn integer(number: f64) -> f64 {
    let whole = number.trunc();
    if (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&whole) { whole } else { f64::NAN }
}
