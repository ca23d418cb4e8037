//! `messageSize(f)`: how many bytes a text takes.

use crate::prelude::*;

pub static MESSAGE_SIZE: Function = Function {
    name: "messageSize",
    aliases: &[],
    params: &[once("f", Kind::Text)],
    returns: Returns::Is(Type::Number),
    doc: "The length of `f` in bytes of UTF-8.",
    examples: &[("messageSize('hello')", "5"), ("messageSize('Grüße')", "7"), ("messageSize(missing)", "")],
    row: |args| finite(args.text(0)?.len() as f64),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_numbers(|row| Some(texts.get(row)?.len() as f64))
    }),
};
