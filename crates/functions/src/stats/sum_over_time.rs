//! `sum_over_time(x)`: the sum of the numbers of a group.

use super::sum::SUM;
use crate::prelude::*;

pub static SUM_OVER_TIME: Aggregate = Aggregate {
    name: "sum_over_time",
    aliases: &["sumOverTime"],
    params: &[once("x", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The sum, as `sum(x)`. Mostly the groups are the bins of `by bin(5m)`. Memory: the same for any number of rows.",
    examples: &[("sum_over_time(x)", &["1", "2.5"], "3.5"), ("sumOverTime(x)", &["-"], "")],
    rows: |rows| (SUM.rows)(rows),
    state: || (SUM.state)(),
};
