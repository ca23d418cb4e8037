//! Aggregates: functions of the rows of a group.

mod extreme;
mod moments;
mod tally;
mod telling;

registry! {
    Aggregate:
    avg::AVG,
    count::COUNT,
    count_distinct::COUNT_DISTINCT,
    earliest::EARLIEST,
    latest::LATEST,
    max::MAX,
    median::MEDIAN,
    min::MIN,
    pct::PCT,
    sorts_first::SORTS_FIRST,
    sorts_last::SORTS_LAST,
    stddev::STDDEV,
    sum::SUM,
    variance::VARIANCE,
}
