//! `least(a, …)`: the smallest number of a row.

use crate::prelude::*;

pub static LEAST: Function = Function {
    name: "least",
    aliases: &[],
    params: &[repeated("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The smallest of the arguments. Those without a value are passed over.",
    examples: &[("least(3, 1, 2)", "1"), ("least(missing, 5)", "5"), ("least(missing)", "")],
    row: |args| finite((0..args.count()).filter_map(|it| args.number(it)).reduce(smaller)?),
    column: Some(|args| args.fold_numbers(smaller)),
};

fn smaller(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}
