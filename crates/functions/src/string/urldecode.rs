//! `urldecode(s)`: the text that stands encoded in a URL.

use crate::prelude::*;

pub static URLDECODE: Function = Function {
    name: "urldecode",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` with `%` and two hexadecimal digits made the byte they stand for, and `+` a blank. A `%` without such digits \
          stays; bytes that are no UTF-8 become U+FFFD.",
    examples: &[
        ("urldecode('https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc')", "https://example.com/a?b=c"),
        ("urldecode('two+words%21')", "two words!"),
        ("urldecode('100%')", "100%"),
        ("urldecode(missing)", ""),
    ],
    row: |args| Some(Value::text(decoded(args.text(0)?))),
    column: Some(|args| {
        let texts = args.texts(0);
        args.write_texts(|row, text| {
            let from = texts.get(row)?;
            match from.contains(['%', '+']) {
                true => text.push_str(&decoded(from)),
                false => text.push_str(from),
            }
            Some(())
        })
    }),
};

fn decoded(text: &str) -> String {
    let mut rest = text.as_bytes();
    let mut bytes = Vec::with_capacity(rest.len());
    while let [first, behind @ ..] = rest {
        rest = behind;
        bytes.push(match (first, behind) {
            (b'+', _) => b' ',
            (b'%', [high, low, behind @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                rest = behind;
                16 * digit(*high) + digit(*low)
            }
            (byte, _) => *byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a hexadecimal digit stands for.
fn digit(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20) - b'a' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decoded("%4a%4A%zz%4"), "JJ%zz%4");
        assert_eq!(decoded("%é%41"), "%éA");
        assert_eq!(decoded("%C3%BC%FF"), "ü\u{fffd}");
        assert_eq!(decoded("%%41"), "%A");
    }
}
