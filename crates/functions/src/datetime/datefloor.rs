//! `datefloor(t, period)`: a time cut down.

use value::time;

use crate::prelude::*;

pub static DATEFLOOR: Function = Function {
    name: "datefloor",
    aliases: &[],
    params: &[once("t", Kind::Time), once("period", Kind::Period)],
    returns: Returns::Is(Type::Time),
    doc: "The time cut down to the start of its period, counted as `bin` counts them.",
    examples: &[
        ("datefloor(fromMillis(1767227712345), 1h)", "2026-01-01 00:00:00.000"),
        ("datefloor('2026-03-05T10:20:30Z', 1d)", "2026-03-05 00:00:00.000"),
        ("datefloor(missing, 1h)", ""),
    ],
    row: |args| Some(Value::Time(time::floor(args.time(0)?, args.period(1)?))),
    column: Some(|args| match args.literal(1) {
        Some(Value::Period(period)) => args.map_times(0, |it| time::floor(it, *period)),
        _ => Column::absent(args.height),
    }),
};
