//! `base64encode(s)`: a text in Base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::prelude::*;

pub static BASE64ENCODE: Function = Function {
    name: "base64encode",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The UTF-8 of `s` in Base64, in the standard alphabet, with padding.",
    examples: &[
        ("base64encode('hello')", "aGVsbG8="),
        ("base64encode('Grüße')", "R3LDvMOfZQ=="),
        ("base64encode(missing)", ""),
    ],
    row: |args| Some(Value::text(STANDARD.encode(args.text(0)?))),
    column: Some(|args| {
        let texts = args.texts(0);
        args.write_texts(|row, text| {
            STANDARD.encode_string(texts.get(row)?, text);
            Some(())
        })
    }),
};
