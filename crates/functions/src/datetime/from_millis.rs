//! `fromMillis(n)`: milliseconds as a time.

use value::time;

use crate::prelude::*;

pub static FROM_MILLIS: Function = Function {
    name: "fromMillis",
    aliases: &[],
    params: &[once("n", Kind::Number)],
    returns: Returns::Is(Type::Time),
    doc: "The time `n` milliseconds after 1970-01-01 00:00:00 UTC.",
    examples: &[("fromMillis(1767227712345)", "2026-01-01 00:35:12.345"), ("fromMillis('soon')", "")],
    row: |args| time::from_number(args.number(0)?).map(Value::Time),
    column: Some(|args| {
        let numbers = args.numbers(0);
        args.make_times(|row| time::from_number(numbers.get(row)?))
    }),
};
