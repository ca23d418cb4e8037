//! `isempty(f)`: whether there is no text.

use crate::prelude::*;

pub static ISEMPTY: Function = Function {
    name: "isempty",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is missing or the empty text.",
    examples: &[("isempty('')", "1"), ("isempty(missing)", "1"), ("isempty(' ')", "0")],
    row: |args| Some(Value::Bool(args.text(0).is_none_or(str::is_empty))),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_bools(|row| Some(texts.get(row).is_none_or(str::is_empty)))
    }),
};
