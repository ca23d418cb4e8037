//! `urlencode(s)`: a text as it may stand in a URL.

use std::fmt::Write;

use crate::prelude::*;

pub static URLENCODE: Function = Function {
    name: "urlencode",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` as the value of a form in a URL: letters, digits and `-`, `.`, `_`, `*` stay, a blank becomes `+`, every other \
          byte of its UTF-8 `%` and two hexadecimal digits.",
    examples: &[
        ("urlencode('https://example.com/a?b=c')", "https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc"),
        ("urlencode('two words')", "two+words"),
        ("urlencode('ü')", "%C3%BC"),
        ("urlencode(missing)", ""),
    ],
    row: |args| {
        let mut encoded = String::new();
        encode(args.text(0)?, &mut encoded);
        Some(Value::text(encoded))
    },
    column: Some(|args| {
        let texts = args.texts(0);
        args.write_texts(|row, encoded| {
            encode(texts.get(row)?, encoded);
            Some(())
        })
    }),
};

fn encode(text: &str, encoded: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'*' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            _ => {
                // Writing to a String cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
}
