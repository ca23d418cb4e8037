//! `toLong(x)`: a value as an integer of 64 bits.

use crate::prelude::*;

/// The first number that 64 bits with a sign cannot hold.
const LIMIT: f64 = 9_223_372_036_854_775_808.0;

pub static TO_LONG: Function = Function {
    name: "toLong",
    aliases: &[],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The number that `x` reads as, its fraction cut off. What 64 bits cannot hold has no value; beyond 2^53 the \
          last digits are those of the nearest double.",
    examples: &[("toLong('42.9')", "42"), ("toLong(3000000000)", "3000000000"), ("toLong('1e30')", "")],
    row: |args| finite(integer(args.number(0)?)),
    column: Some(|args| args.map_numbers(0, integer)),
};

/// Not a number where it does not fit, and so no value.
fn integer(number: f64) -> f64 {
    let whole = number.trunc();
    if (-LIMIT..LIMIT).contains(&whole) { whole } else { f64::NAN }
}
