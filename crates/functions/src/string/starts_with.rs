//! `startsWith(s, p)`: whether a text begins with another.

use crate::prelude::*;

pub static STARTS_WITH: Function = Function {
    name: "startsWith",
    aliases: &[],
    params: &[once("s", Kind::Text), once("p", Kind::Text)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `s` begins with `p`.",
    examples: &[("startsWith('/api/v1', '/api')", "1"), ("startsWith('/api', 'api')", "0")],
    row: |args| Some(Value::Bool(args.text(0)?.starts_with(args.text(1)?))),
    column: Some(|args| {
        let (texts, parts) = (args.texts(0), args.texts(1));
        args.make_bools(|row| Some(texts.get(row)?.starts_with(parts.get(row)?)))
    }),
};
