//! `time(x)`: a value as a time.

use crate::prelude::*;

pub static TIME: Function = Function {
    name: "time",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Time),
    doc: "The time that `x` stands for: a number is milliseconds since 1970, text is ISO 8601 or such a number.",
    examples: &[
        ("datefloor(0, 1d)", "1970-01-01 00:00:00.000"),
        ("datefloor('2026-01-01T00:35:00Z', 1h)", "2026-01-01 00:00:00.000"),
        ("datefloor('yesterday', 1h)", ""),
    ],
    row: |args| args.any(0)?.to_time().map(Value::Time),
    column: Some(|args| match args.columns {
        [Column::Number(_)] => {
            let numbers = args.numbers(0);
            args.make_times(|row| value::time::from_number(numbers.get(row)?))
        }
        [it] => it.to_times(),
        _ => Column::absent(args.height),
    }),
};
