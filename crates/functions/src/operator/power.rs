//! `a ^ b`: a power.

use crate::prelude::*;

pub static POWER: Function = Function {
    name: "^",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "`a` to the power of `b`. It binds to the right: `2 ^ 3 ^ 2` is `2 ^ 9`.",
    examples: &[("2 ^ 3", "8"), ("2 ^ -1", "0.5"), ("0 ^ -1", "")],
    row: |args| finite(args.number(0)?.powf(args.number(1)?)),
    column: Some(|args| args.zip_numbers(f64::powf)),
};
