//! `bin(period)`: the period that an event falls into.

use value::time;

use crate::prelude::*;

pub static BIN: Function = Function {
    name: "bin",
    aliases: &[],
    params: &[once("period", Kind::Period), hidden("time", Kind::Time, Fact::Timestamp)],
    returns: Returns::Is(Type::Time),
    doc: "`@timestamp`, or the time in `bin(time, period)`, cut down to the start of its period. Milliseconds, seconds, \
          minutes and hours are counted anew in each second, minute, hour and day (so `25m` starts at :00, :25 and \
          :50), days from 1970, weeks from Monday, longer units in the calendar.",
    examples: &[
        ("bin(fromMillis(1767227712345), 5m)", "2026-01-01 00:35:00.000"),
        ("bin(fromMillis(1767227712345), 25m)", "2026-01-01 00:25:00.000"),
        ("bin(fromMillis(1767227712345), 1mo)", "2026-01-01 00:00:00.000"),
    ],
    row: |args| Some(Value::Time(time::floor(args.time(1)?, args.period(0)?))),
    column: Some(|args| match args.literal(0) {
        Some(Value::Period(period)) => args.map_times(1, |it| time::floor(it, *period)),
        _ => Column::absent(args.height),
    }),
};
