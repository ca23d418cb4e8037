//! General functions.

mod choice;

registry! {
    Function:
    case::CASE,
    coalesce::COALESCE,
    if_::IF,
    is_numeric::IS_NUMERIC,
    ispresent::ISPRESENT,
    message_size::MESSAGE_SIZE,
    query_end_time::QUERY_END_TIME,
    query_start_time::QUERY_START_TIME,
    query_time_range::QUERY_TIME_RANGE,
    unmask::UNMASK,
}
