//! Scalars of JSON where they stand in a message, and what they mean as the value of a field.

use std::borrow::Cow;

use value::number;

/// Where a scalar stands in its message, nothing of it looked at yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Raw {
    /// There is none.
    #[default]
    Missing,
    /// A string: the place behind its opening quote, and that of its closing one.
    Text { start: u32, end: u32, escaped: bool },
    /// A number, `true`, `false`, `null`, or something that is none of them.
    Bare { start: u32, end: u32 },
}

/// The value of a field, as it stands in the message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Scalar<'a> {
    /// No value: the key is not there, `null`, or no JSON.
    Missing,
    /// A text, as it is.
    Text(&'a str),
    /// A text with escapes in it.
    Escaped(&'a str),
    /// A number, as the log writes it.
    Number(&'a str),
    /// `true` or `false`.
    Bool(bool),
}

impl Raw {
    /// The scalar at this place of the message.
    #[inline]
    pub(crate) fn scalar(self, message: &str) -> Scalar<'_> {
        match self {
            Raw::Missing => Scalar::Missing,
            Raw::Text { start, end, escaped } => {
                message.get(start as usize..end as usize).map_or(Scalar::Missing, |it| Scalar::of_text(it, escaped))
            }
            Raw::Bare { start, end } => {
                message.get(start as usize..end as usize).map_or(Scalar::Missing, Scalar::of_bare)
            }
        }
    }

    /// The scalar at this place of bytes that may be no UTF-8; it then has no value.
    pub(crate) fn scalar_of(self, bytes: &[u8]) -> Scalar<'_> {
        let text = |start: u32, end: u32| std::str::from_utf8(bytes.get(start as usize..end as usize)?).ok();
        match self {
            Raw::Missing => Scalar::Missing,
            Raw::Text { start, end, escaped } => {
                text(start, end).map_or(Scalar::Missing, |it| Scalar::of_text(it, escaped))
            }
            Raw::Bare { start, end } => text(start, end).map_or(Scalar::Missing, Scalar::of_bare),
        }
    }
}

impl<'a> Scalar<'a> {
    #[inline]
    fn of_text(text: &'a str, escaped: bool) -> Scalar<'a> {
        if escaped { Scalar::Escaped(text) } else { Scalar::Text(text) }
    }

    #[inline]
    fn of_bare(text: &'a str) -> Scalar<'a> {
        match text {
            "true" => Scalar::Bool(true),
            "false" => Scalar::Bool(false),
            _ if is_number(text.as_bytes()) => Scalar::Number(text),
            _ => Scalar::Missing,
        }
    }

    /// Whether there is a value.
    pub(crate) fn is_present(self) -> bool {
        match self {
            Scalar::Missing => false,
            Scalar::Escaped(it) => unescaped(it).is_some(),
            _ => true,
        }
    }

    /// The value as text.
    pub(crate) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Scalar::Missing => None,
            Scalar::Text(it) | Scalar::Number(it) => Some(Cow::Borrowed(it)),
            Scalar::Escaped(it) => unescaped(it).map(Cow::Owned),
            Scalar::Bool(it) => Some(Cow::Borrowed(if it { "1" } else { "0" })),
        }
    }

    /// The value as a number, where it reads as one.
    #[inline]
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Scalar::Missing => None,
            Scalar::Text(it) | Scalar::Number(it) => number::read(it),
            Scalar::Escaped(it) => number::read(&unescaped(it)?),
            Scalar::Bool(it) => Some(f64::from(u8::from(it))),
        }
    }
}

/// Whether these bytes are a number of JSON.
#[inline]
pub(crate) fn is_number(bytes: &[u8]) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().take_while(|it| it.is_ascii_digit()).count();
    let mut rest = bytes.strip_prefix(b"-").unwrap_or(bytes);
    let whole = digits(rest);
    if whole == 0 || (whole > 1 && rest[0] == b'0') {
        return false;
    }
    rest = &rest[whole..];
    if let [b'.', fraction @ ..] = rest {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = &fraction[count..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', exponent @ ..] => exponent,
            _ => exponent,
        };
        let count = digits(exponent);
        if count == 0 {
            return false;
        }
        rest = &exponent[count..];
    }
    rest.is_empty()
}

/// A string without its escapes; `None` if one of them is none of JSON's.
pub(crate) fn unescaped(text: &str) -> Option<String> {
    let mut whole = String::with_capacity(text.len());
    unescape(text, &mut whole).then_some(whole)
}

/// Writes a string without its escapes; whether all of them were JSON's, else the text behind is not written.
///
/// Halves of a surrogate pair that stand alone become U+FFFD.
pub(crate) fn unescape(text: &str, whole: &mut String) -> bool {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        whole.push_str(&rest[..at]);
        let Some((character, length)) = escape(&rest.as_bytes()[at + 1..]) else { return false };
        whole.push(character);
        rest = &rest[at + 1 + length..];
    }
    whole.push_str(rest);
    true
}

/// The character that an escape means, and how many bytes it takes behind its backslash.
#[inline]
pub(crate) fn escape(bytes: &[u8]) -> Option<(char, usize)> {
    let character = match bytes.first()? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'u' => return unicode(&bytes[1..]).map(|(character, length)| (character, length + 1)),
        _ => return None,
    };
    Some((character, 1))
}

/// The character behind `\u`, and how many bytes it takes.
fn unicode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = hexadecimal(bytes)?;
    if (0xd800..0xdc00).contains(&first)
        && bytes.get(4..6) == Some(b"\\u")
        && let Some(second @ 0xdc00..0xe000) = hexadecimal(&bytes[6..])
    {
        let pair = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Some((char::from_u32(pair)?, 10));
    }
    Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 4))
}

fn hexadecimal(bytes: &[u8]) -> Option<u32> {
    bytes.get(..4)?.iter().try_fold(0, |sum, it| Some(sum << 4 | char::from(*it).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_json() {
        for text in ["0", "-0", "12", "1.10", "0.5", "1e3", "1E+3", "-1.5e-2", "12345678901234567890"] {
            assert!(is_number(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "+1", "01", ".5", "5.", "1e", "1e+", "0x1f", "NaN", "1_0", "1.2.3", "tru", "null", "--1"]
        {
            assert!(!is_number(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn escapes_are_those_of_json() {
        for (text, whole) in [
            (r"plain", Some("plain")),
            (r#"\"\\\/\b\f\n\r\t"#, Some("\"\\/\u{8}\u{c}\n\r\t")),
            (r"\u0041\u00e9\u4e2d", Some("Aé中")),
            (r"\ud83d\ude00!", Some("😀!")),
            (r"\ud83d", Some("\u{fffd}")),
            (r"\ud83dx", Some("\u{fffd}x")),
            (r"\ude00\ud83d", Some("\u{fffd}\u{fffd}")),
            (r"\ud83d\u0041", Some("\u{fffd}A")),
            (r"\x", None),
            (r"\u12", None),
            (r"\u12é4", None),
            ("\\", None),
        ] {
            assert_eq!(unescaped(text).as_deref(), whole, "{text}");
        }
    }

    #[test]
    fn scalars_are_what_they_say() {
        let message = r#"x,"a\nb",1.10,true,null,nul"#;
        let bare = |start, end| Raw::Bare { start, end }.scalar(message);
        assert_eq!(bare(9, 13), Scalar::Number("1.10"));
        assert_eq!(bare(14, 18), Scalar::Bool(true));
        assert_eq!(bare(19, 23), Scalar::Missing);
        assert_eq!(bare(24, 27), Scalar::Missing);
        let text = Raw::Text { start: 3, end: 7, escaped: true }.scalar(message);
        assert_eq!(text.text().as_deref(), Some("a\nb"));
        assert_eq!(Scalar::Bool(true).text().as_deref(), Some("1"));
    }
}
