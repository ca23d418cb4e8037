//! JSON functions.

registry! {
    Function:
    json_parse::JSON_PARSE,
    json_stringify::JSON_STRINGIFY,
}
