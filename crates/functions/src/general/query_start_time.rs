//! `queryStartTime()`: the start of the query's time range.

use crate::prelude::*;

pub static QUERY_START_TIME: Function = Function {
    name: "queryStartTime",
    aliases: &[],
    params: &[hidden("start", Kind::Time, Fact::Start)],
    returns: Returns::Is(Type::Number),
    doc: "The start of the query's time range in milliseconds after 1970-01-01 00:00:00 UTC.",
    examples: &[("queryStartTime() <= queryEndTime()", "1")],
    row: |args| finite(args.time(0)? as f64),
    column: None,
};
