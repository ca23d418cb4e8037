//! `map.key`, `list[0]`: a part of a map or a list.

use value::Json;

use crate::prelude::*;

pub static ACCESS: Function = Function {
    name: "access",
    aliases: &[],
    params: &[once("of", Kind::Json), once("key", Kind::Any)],
    returns: Returns::Is(Type::Any),
    doc: "`map.key` and `list[0]`: the value under a key of a map, or at a place of a list, counted from 0. What is not \
          there, and JSON's `null`, has no value.",
    examples: &[
        ("jsonParse('{\"user\": {\"id\": 7}}').user.id", "7"),
        ("jsonParse('[10, 20]')[1]", "20"),
        ("jsonParse('{\"a\": [1, 2]}').a", "[1,2]"),
        ("jsonParse('{\"a\": null}').a", ""),
    ],
    row: |args| part(args.json(0)?, args.any(1)?),
    column: None,
};

fn part(of: &Json, key: &Value) -> Option<Value> {
    if of.is_list() {
        let place = key.to_number().filter(|it| *it >= 0.0 && it.fract() == 0.0)?;
        of.index(place as usize)
    } else {
        of.get(&key.to_text())
    }
}
