//! `hexToAscii(s)`: the text whose bytes are written in hexadecimal digits.

use crate::prelude::*;

pub static HEX_TO_ASCII: Function = Function {
    name: "hexToAscii",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The text whose bytes `s` holds in pairs of hexadecimal digits, `0x` in front allowed. The bytes are UTF-8; what is \
          none becomes U+FFFD. A text of other characters, or half a pair, has no value.",
    examples: &[
        ("hexToAscii('48656c6c6f')", "Hello"),
        ("hexToAscii('0xC3BC')", "ü"),
        ("hexToAscii('486')", ""),
        ("hexToAscii('hello')", ""),
    ],
    row: |args| text(args.text(0)?).map(Value::text),
    column: None,
};

fn text(hexadecimal: &str) -> Option<String> {
    let digits = hexadecimal.strip_prefix("0x").or_else(|| hexadecimal.strip_prefix("0X")).unwrap_or(hexadecimal);
    let (pairs, []) = digits.as_bytes().as_chunks::<2>() else { return None };
    let byte = |pair: &[u8; 2]| Some(u8::try_from(16 * digit(pair[0])? + digit(pair[1])?).unwrap_or_default());
    let bytes: Vec<u8> = pairs.iter().map(byte).collect::<Option<_>>()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn digit(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}
