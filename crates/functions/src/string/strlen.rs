//! `strlen(s)`: the length of a text.

use crate::prelude::*;

pub static STRLEN: Function = Function {
    name: "strlen",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Number),
    doc: "How many characters (Unicode code points) `s` has.",
    examples: &[("strlen('hello')", "5"), ("strlen('Grüße')", "5"), ("strlen('')", "0"), ("strlen(missing)", "")],
    row: |args| finite(args.text(0)?.chars().count() as f64),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_numbers(|row| Some(texts.get(row)?.chars().count() as f64))
    }),
};
