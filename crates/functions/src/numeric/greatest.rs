//! `greatest(a, …)`: the largest number of a row.

use crate::prelude::*;

pub static GREATEST: Function = Function {
    name: "greatest",
    aliases: &[],
    params: &[repeated("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The largest of the arguments. Those without a value are passed over.",
    examples: &[("greatest(1, 3, 2)", "3"), ("greatest(missing, 0)", "0"), ("greatest('x')", "")],
    row: |args| finite((0..args.count()).filter_map(|it| args.number(it)).reduce(larger)?),
    column: Some(|args| args.fold_numbers(larger)),
};

fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}
