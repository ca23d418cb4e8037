//! `dateceil(t, period)`: a time rounded up.

use value::time;

use crate::prelude::*;

pub static DATECEIL: Function = Function {
    name: "dateceil",
    aliases: &[],
    params: &[once("t", Kind::Time), once("period", Kind::Period)],
    returns: Returns::Is(Type::Time),
    doc: "The start of the next period, or the time itself where a period starts; periods are counted as `bin` counts \
          them.",
    examples: &[
        ("dateceil(fromMillis(1767227712345), 1h)", "2026-01-01 01:00:00.000"),
        ("dateceil('2026-01-01T01:00:00Z', 1h)", "2026-01-01 01:00:00.000"),
    ],
    row: |args| Some(Value::Time(time::ceil(args.time(0)?, args.period(1)?))),
    column: Some(|args| match args.literal(1) {
        Some(Value::Period(period)) => args.map_times(0, |it| time::ceil(it, *period)),
        _ => Column::absent(args.height),
    }),
};
