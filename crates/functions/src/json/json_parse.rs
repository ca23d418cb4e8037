//! `jsonParse(s)`: a map or a list out of its JSON text.

use value::Json;

use crate::prelude::*;

pub static JSON_PARSE: Function = Function {
    name: "jsonParse",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Json),
    doc: "The map or list that `s` is the JSON text of. Any other text has none. Its parts are `map.key` and `list[0]`.",
    examples: &[
        ("jsonParse('{\"a\": [1, 2]}')", "{\"a\":[1,2]}"),
        ("jsonParse('{\"a\": 1}').a + 1", "2"),
        ("jsonParse('12')", ""),
    ],
    row: |args| Json::parse(args.text(0)?).map(Value::Json),
    column: Some(|args| {
        let texts = args.texts(0);
        Column::from_json(args.rows().map(|row| Json::parse(texts.get(row)?)))
    }),
};
