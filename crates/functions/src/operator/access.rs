//! `map.key`, `list[0]`: a part of a map or a list.

use value::json;

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
    row: |args| Key::of(args.any(1)?).part(args.json(0)?.text()),
    column: Some(|args| match (args.columns.first(), args.literal(1)) {
        (Some(Column::Json(_)), Some(key)) => {
            let (texts, key) = (args.texts(0), Key::of(key));
            Column::from_values(args.rows().map(|row| key.part(texts.get(row)?)).collect())
        }
        _ => crate::lift(&ACCESS, args.columns, args.height),
    }),
};

/// A key as each kind of structure takes it.
struct Key {
    of_map: String,
    of_list: Option<usize>,
}

impl Key {
    fn of(key: &Value) -> Key {
        let place = key.to_number().filter(|it| *it >= 0.0 && it.fract() == 0.0);
        Key { of_map: key.to_text(), of_list: place.map(|it| it as usize) }
    }

    /// The part of a map or a list, given its compact text.
    fn part(&self, text: &str) -> Option<Value> {
        if text.starts_with('[') { json::item(text, self.of_list?) } else { json::get(text, &self.of_map) }
    }
}
