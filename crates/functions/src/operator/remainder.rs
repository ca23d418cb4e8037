//! `a % b`: what a division leaves.

use crate::prelude::*;

pub static REMAINDER: Function = Function {
    name: "%",
    aliases: &[],
    params: &[once("a", Kind::Number), once("b", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "What is left of `a` when `b` has been taken away as often as it goes, with the sign of `a`. None for `b` zero.",
    examples: &[("10 % 3", "1"), ("-10 % 3", "-1"), ("10 % 0", "")],
    row: |args| finite(args.number(0)? % args.number(1)?),
    column: Some(|args| args.zip_numbers(|a, b| a % b)),
};
