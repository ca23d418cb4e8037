//! Numeric operations: numbers in, numbers out.

registry! {
    Function:
    abs::ABS,
    ceil::CEIL,
    floor::FLOOR,
    greatest::GREATEST,
    haversine::HAVERSINE,
    least::LEAST,
    log::LOG,
    round::ROUND,
    sqrt::SQRT,
    to_double::TO_DOUBLE,
    to_int::TO_INT,
    to_long::TO_LONG,
    to_number::TO_NUMBER,
}
