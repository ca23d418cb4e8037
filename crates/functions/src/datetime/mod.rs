//! Datetime functions. Times are milliseconds since 1970 in UTC; a number in a place for a time is such milliseconds.

pub(crate) mod format;
pub(crate) mod pattern;
mod telling;
pub mod zone;

registry! {
    Function:
    bin::BIN,
    dateceil::DATECEIL,
    datefloor::DATEFLOOR,
    format_date::FORMAT_DATE,
    from_millis::FROM_MILLIS,
    now::NOW,
    parse_date::PARSE_DATE,
    to_millis::TO_MILLIS,
}
