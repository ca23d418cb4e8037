//! `base64decode(s)`: a text out of Base64.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::prelude::*;

pub static BASE64DECODE: Function = Function {
    name: "base64decode",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The text that `s` is the Base64 of, in the standard alphabet or the one for URLs, with padding or without. Bytes \
          that are no UTF-8 become U+FFFD; what is no Base64 has no value.",
    examples: &[
        ("base64decode('aGVsbG8=')", "hello"),
        ("base64decode('aGVsbG8')", "hello"),
        ("base64decode('_-8=') = base64decode('/+8=')", "1"),
        ("base64decode('hello!')", ""),
    ],
    row: |args| decoded(args.text(0)?).map(Value::text),
    column: None,
};

/// Padding may be there or not, and the last character may hold bits that mean nothing.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const OF_URLS: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

fn decoded(text: &str) -> Option<String> {
    let engine = if text.contains(['-', '_']) { OF_URLS } else { PLAIN };
    let bytes = engine.decode(text).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
