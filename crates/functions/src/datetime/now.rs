//! `now()`: the end of the query's time range.

use crate::prelude::*;

pub static NOW: Function = Function {
    name: "now",
    aliases: &[],
    params: &[hidden("end", Kind::Time, Fact::End)],
    returns: Returns::Is(Type::Number),
    doc: "The end of the query's time range in seconds after 1970-01-01 00:00:00 UTC: the same question about the same \
          archive has the same answer tomorrow.",
    examples: &[("now() = now()", "1"), ("now() - floor(now())", "0")],
    row: |args| finite(args.time(0)?.div_euclid(1000) as f64),
    column: None,
};
