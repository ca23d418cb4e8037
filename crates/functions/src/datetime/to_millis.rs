//! `toMillis(t)`: a time as milliseconds.

use crate::prelude::*;

pub static TO_MILLIS: Function = Function {
    name: "toMillis",
    aliases: &[],
    params: &[once("t", Kind::Time)],
    returns: Returns::Is(Type::Number),
    doc: "How many milliseconds after 1970-01-01 00:00:00 UTC the time lies.",
    examples: &[("toMillis('2026-01-01T00:35:12.345Z')", "1767227712345"), ("toMillis('soon')", "")],
    row: |args| finite(args.time(0)? as f64),
    column: Some(|args| {
        let times = args.times(0);
        args.make_numbers(|row| Some(times.get(row)? as f64))
    }),
};
