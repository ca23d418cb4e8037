//! JSON functions.

mod array;

registry! {
    Function:
    json_array_contains::JSON_ARRAY_CONTAINS,
    json_array_size::JSON_ARRAY_SIZE,
    json_parse::JSON_PARSE,
    json_stringify::JSON_STRINGIFY,
}
