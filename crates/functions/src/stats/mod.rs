//! Aggregates: functions of the rows of a group.

mod distinct;
mod extreme;
mod moments;
mod tally;
mod telling;

registry! {
    Aggregate:
    avg::AVG,
    count::COUNT,
    count_distinct::COUNT_DISTINCT,
    count_over_time::COUNT_OVER_TIME,
    earliest::EARLIEST,
    latest::LATEST,
    max::MAX,
    median::MEDIAN,
    min::MIN,
    pct::PCT,
    rate::RATE,
    sorts_first::SORTS_FIRST,
    sorts_last::SORTS_LAST,
    stddev::STDDEV,
    sum::SUM,
    sum_over_time::SUM_OVER_TIME,
    topk::TOPK,
    values::VALUES,
    variance::VARIANCE,
}
