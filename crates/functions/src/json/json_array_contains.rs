//! `jsonArrayContains(f, v)`: whether a JSON array has an element.

use value::compare;

use super::array;
use crate::prelude::*;

pub static JSON_ARRAY_CONTAINS: Function = Function {
    name: "jsonArrayContains",
    aliases: &[],
    params: &[once("f", Kind::Any), once("v", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether the JSON array that `f` is the text of, or the list, has an element equal to `v`; maps and lists in it \
          are equal to nothing. Upper and lower case differ. What is no array contains nothing.",
    examples: &[
        ("jsonArrayContains('[\"admin\", \"dev\"]', 'admin')", "1"),
        ("jsonArrayContains('[\"admin\", \"dev\"]', 'Admin')", "0"),
        ("jsonArrayContains('[1, 2]', '2')", "1"),
        ("jsonArrayContains('[true]', 'true')", "1"),
        ("jsonArrayContains('admin', 'admin')", "0"),
        ("jsonArrayContains(missing, 'admin')", ""),
    ],
    row: |args| {
        let (of, wanted) = (args.any(0)?, args.any(1)?);
        let Some(array) = array::of(of) else { return Some(Value::Bool(false)) };
        let is_wanted = |it: Option<Value>| it.and_then(|it| compare::equals(&it, wanted)) == Some(true);
        Some(Value::Bool(array.values().any(is_wanted)))
    },
    column: None,
};
