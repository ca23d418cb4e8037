//! `queryTimeRange()`: the length of the query's time range.

use crate::prelude::*;

pub static QUERY_TIME_RANGE: Function = Function {
    name: "queryTimeRange",
    aliases: &[],
    params: &[hidden("start", Kind::Time, Fact::Start), hidden("end", Kind::Time, Fact::End)],
    returns: Returns::Is(Type::Number),
    doc: "The length of the query's time range in milliseconds.",
    examples: &[("queryTimeRange() = queryEndTime() - queryStartTime()", "1")],
    row: |args| finite(args.time(1)? as f64 - args.time(0)? as f64),
    column: None,
};
