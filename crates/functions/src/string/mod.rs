//! String functions. A number is taken by its text; a map or a list is no text.

mod template;

registry! {
    Function:
    base64decode::BASE64DECODE,
    base64encode::BASE64ENCODE,
    concat::CONCAT,
    dec_to_hex::DEC_TO_HEX,
    ends_with::ENDS_WITH,
    hex_to_ascii::HEX_TO_ASCII,
    hex_to_dec::HEX_TO_DEC,
    isblank::ISBLANK,
    isempty::ISEMPTY,
    ltrim::LTRIM,
    regex_replace::REGEX_REPLACE,
    replace::REPLACE,
    rtrim::RTRIM,
    split::SPLIT,
    starts_with::STARTS_WITH,
    strcontains::STRCONTAINS,
    strlen::STRLEN,
    substr::SUBSTR,
    tolower::TOLOWER,
    toupper::TOUPPER,
    trim::TRIM,
    urldecode::URLDECODE,
    urlencode::URLENCODE,
}
