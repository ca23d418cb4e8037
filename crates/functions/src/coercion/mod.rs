//! Changes of type, written by the plan, never by a query.

registry! {
    Function:
    number::NUMBER,
    text::TEXT,
    time::TIME,
    truth::TRUTH,
}
