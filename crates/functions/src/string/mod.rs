//! String functions. A number is taken by its text; a map or a list is no text.

registry! {
    Function:
    concat::CONCAT,
    ends_with::ENDS_WITH,
    isblank::ISBLANK,
    isempty::ISEMPTY,
    ltrim::LTRIM,
    replace::REPLACE,
    rtrim::RTRIM,
    starts_with::STARTS_WITH,
    strcontains::STRCONTAINS,
    strlen::STRLEN,
    substr::SUBSTR,
    tolower::TOLOWER,
    toupper::TOUPPER,
    trim::TRIM,
}
