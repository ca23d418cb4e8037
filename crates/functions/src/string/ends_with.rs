//! `endsWith(s, p)`: whether a text ends with another.

use crate::prelude::*;

pub static ENDS_WITH: Function = Function {
    name: "endsWith",
    aliases: &[],
    params: &[once("s", Kind::Text), once("p", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `s` ends with `p`.",
    examples: &[("endsWith('a.log', '.log')", "1"), ("endsWith('a.log', '.LOG')", "0")],
    row: |args| Some(Value::Bool(args.text(0)?.ends_with(args.text(1)?))),
    column: Some(|args| {
        let (texts, parts) = (args.texts(0), args.texts(1));
        args.make_bools(|row| Some(texts.get(row)?.ends_with(parts.get(row)?)))
    }),
};
