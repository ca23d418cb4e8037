//! The language, one row at a time: the executable specification.
