//! `isblank(f)`: whether there is no text but white space.

use crate::prelude::*;

pub static ISBLANK: Function = Function {
    name: "isblank",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` is missing, empty, or holds only white space.",
    examples: &[("isblank(' ')", "1"), ("isblank(missing)", "1"), ("isblank(' x ')", "0")],
    row: |args| Some(Value::Bool(args.text(0).is_none_or(is_blank))),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_bools(|row| Some(texts.get(row).is_none_or(is_blank)))
    }),
};

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}
