//! `jsonStringify(x)`: a map or a list as JSON text.

use crate::prelude::*;

pub static JSON_STRINGIFY: Function = Function {
    name: "jsonStringify",
    aliases: &[],
    params: &[once("x", Kind::Json)],
    returns: Returns::Is(Type::Text),
    doc: "The map or list as compact JSON text, its keys in the order they came in.",
    examples: &[("strlen(jsonStringify(jsonParse('{ \"a\": 1 }')))", "7"), ("jsonStringify('a')", "")],
    row: |args| Some(Value::text(args.json(0)?.text())),
    column: Some(|args| match args.columns {
        [Column::Json(it)] => Column::Text(it.clone()),
        _ => Column::absent(args.height),
    }),
};
