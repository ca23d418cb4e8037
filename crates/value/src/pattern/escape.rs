//! Escapes in a regular expression, in brackets or out of them.

use super::BadPattern;
use super::translate::bad;

/// What a backslash and what follows it mean.
pub enum Escape<'a> {
    /// A character, and the length of the escape.
    Char(char, usize),
    /// `\Q…\E`: plain text, and the length of the whole.
    Quoted(&'a str, usize),
    /// `\d`, `\W`: the inside of brackets, and whether they are negated.
    Class(&'static str, bool),
    /// `\b` or `\B`.
    Boundary(char),
    /// What the library understands as it stands, so long.
    Passed(usize),
}

impl<'a> Escape<'a> {
    /// The escape at the head of a text, which lies at `at` in the pattern.
    pub fn read(text: &'a str, at: usize) -> Result<Escape<'a>, BadPattern> {
        let Some(letter) = text[1..].chars().next() else {
            return Err(bad(at, "a backslash at the end escapes nothing"));
        };
        Ok(match letter {
            'd' | 'D' => Escape::Class("0-9", letter == 'D'),
            'w' | 'W' => Escape::Class("0-9A-Za-z_", letter == 'W'),
            's' | 'S' => Escape::Class(r"\t\n\f\r\x20", letter == 'S'),
            'b' | 'B' => Escape::Boundary(letter),
            'A' | 'z' => Escape::Passed(2),
            'a' => Escape::Char('\u{7}', 2),
            'f' => Escape::Char('\u{c}', 2),
            'n' => Escape::Char('\n', 2),
            'r' => Escape::Char('\r', 2),
            't' => Escape::Char('\t', 2),
            'v' => Escape::Char('\u{b}', 2),
            'x' | 'u' => hexadecimal(text, at)?,
            'p' | 'P' => Escape::Passed(property_length(text, at)?),
            'Q' => {
                let inside = &text[2..];
                match inside.find(r"\E") {
                    Some(end) => Escape::Quoted(&inside[..end], end + 4),
                    None => Escape::Quoted(inside, text.len()),
                }
            }
            '0' => {
                let digits = text[2..].bytes().take(2).take_while(|it| (b'0'..b'8').contains(it));
                let (code, count) = digits.fold((0, 0), |(code, count), it| (code * 8 + (it - b'0'), count + 1));
                Escape::Char(char::from(code), 2 + count)
            }
            '1'..='9' | 'k' => return Err(bad(at, "there are no back-references: they take more than linear time")),
            it if it.is_ascii_alphabetic() => return Err(bad(at, format!("there is no escape `\\{it}`"))),
            it => Escape::Char(it, 1 + it.len_utf8()),
        })
    }
}

/// `\x41`, `\x{1F600}`, `\u0041`
fn hexadecimal(text: &str, at: usize) -> Result<Escape<'static>, BadPattern> {
    let behind = &text[2..];
    let (digits, length) = match behind.strip_prefix('{') {
        Some(inside) => inside.find('}').map(|end| (&inside[..end], end + 4)),
        None => {
            let count = if text.starts_with(r"\x") { 2 } else { 4 };
            behind.get(..count).map(|it| (it, count + 2))
        }
    }
    .unwrap_or_default();
    let are_digits = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_hexdigit());
    let code = if are_digits { u32::from_str_radix(digits, 16).ok() } else { None };
    match code.and_then(char::from_u32) {
        Some(char) => Ok(Escape::Char(char, length)),
        None => Err(bad(at, "this is not the number of a character")),
    }
}

/// The length of `\pL`, `\p{Greek}`.
fn property_length(text: &str, at: usize) -> Result<usize, BadPattern> {
    let length = match text[2..].chars().next() {
        Some('{') => text.find('}').map(|end| end + 1),
        letter => letter.map(|it| 2 + it.len_utf8()),
    };
    length.ok_or_else(|| bad(at, "the name of this class never ends"))
}
