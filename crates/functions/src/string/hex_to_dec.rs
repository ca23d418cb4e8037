//! `hexToDec(s)`: the number that hexadecimal digits stand for.

use crate::prelude::*;

pub static HEX_TO_DEC: Function = Function {
    name: "hexToDec",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Number),
    doc: "The whole number that `s` holds in hexadecimal digits of either case; a sign and `0x` in front are allowed, and \
          blanks around it. What 64 bits cannot hold has no value; beyond 2^53 it is the nearest double.",
    examples: &[
        ("hexToDec('0xff')", "255"),
        ("hexToDec('FF')", "255"),
        ("hexToDec('-0x10')", "-16"),
        ("hexToDec('xyz')", ""),
    ],
    row: |args| finite(number(args.text(0)?)?),
    column: Some(|args| {
        let texts = args.texts(0);
        args.make_numbers(|row| number(texts.get(row)?))
    }),
};

fn number(text: &str) -> Option<f64> {
    let text = text.trim_ascii();
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1.0, text),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    // The library would take a second sign.
    let is_digit = |it: u8| it.is_ascii_hexdigit();
    let size = if digits.bytes().all(is_digit) { u64::from_str_radix(digits, 16).ok()? } else { return None };
    Some(sign * size as f64)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn only_hexadecimal_digits_are_read() {
        for text in ["", "0x", "-", "--1", "+-1", "0x-1", "0x0x1", "1 2", "é", "10000000000000000"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(number("ffffffffffffffff"), Some(18_446_744_073_709_551_616.0));
        assert_eq!(number(" +0X00000000000000000000a "), Some(10.0));
    }
}
