//! `jsonArraySize(f)`: how many elements a JSON array has.

use super::array;
use crate::prelude::*;

pub static JSON_ARRAY_SIZE: Function = Function {
    name: "jsonArraySize",
    aliases: &[],
    params: &[once("f", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "How many elements the JSON array that `f` is the text of has, or the list. What is no array has no value.",
    examples: &[
        ("jsonArraySize('[1, [2, 3], null]')", "3"),
        ("jsonArraySize(jsonParse('[]'))", "0"),
        ("jsonArraySize('{\"a\": 1}')", ""),
    ],
    row: |args| finite(array::of(args.any(0)?)?.len() as f64),
    column: None,
};
