//! Time series functions that give a value for each row; those of groups are among the aggregates.

registry! {
    Function:
    histogram::HISTOGRAM,
}
