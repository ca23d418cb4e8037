//! `queryEndTime()`: the end of the query's time range.

use crate::prelude::*;

pub static QUERY_END_TIME: Function = Function {
    name: "queryEndTime",
    aliases: &[],
    params: &[hidden("end", Kind::Time, Fact::End)],
    returns: Returns::Is(Type::Number),
    doc: "The end of the query's time range in milliseconds after 1970-01-01 00:00:00 UTC.",
    examples: &[("floor(queryEndTime() / 1000) = now()", "1")],
    row: |args| finite(args.time(0)? as f64),
    column: None,
};
