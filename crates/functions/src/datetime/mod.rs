//! Datetime functions. Times are milliseconds since 1970 in UTC; a number in a place for a time is such milliseconds.

registry! {
    Function:
    bin::BIN,
    dateceil::DATECEIL,
    datefloor::DATEFLOOR,
    from_millis::FROM_MILLIS,
    now::NOW,
    to_millis::TO_MILLIS,
}
