//! The tokens of JSON as it is mostly written: blanks, strings, scalars, and skipping what nobody asked for.

use super::scalar::escape;
use super::skip;
use super::spelling::Plain;

/// How deep objects and arrays may stand in each other; deeper ones are no document.
pub(crate) const DEEPEST: u32 = 127;

/// The end of a string, at its closing quote.
#[derive(Clone, Copy)]
pub(crate) struct StringEnd {
    /// Where the closing quote is.
    pub(crate) quote: usize,
    /// Whether there is a backslash in the string.
    pub(crate) escaped: bool,
}

/// The first place at or behind `at` that is no blank.
#[inline(always)]
pub(crate) fn blanks(bytes: &[u8], mut at: usize) -> usize {
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
        at += 1;
    }
    at
}

/// Finds the end of a string; `at` is the place behind its opening quote.
#[inline(always)]
pub(crate) fn string_end(bytes: &[u8], at: usize) -> Option<StringEnd> {
    let quote = quote_or_backslash(bytes, at)?;
    match bytes.get(quote) {
        Some(b'"') => Some(StringEnd { quote, escaped: false }),
        _ => escaped_end(bytes, quote),
    }
}

/// The rest of a string that has a backslash, the first of them at `at`.
fn escaped_end(bytes: &[u8], mut at: usize) -> Option<StringEnd> {
    loop {
        at = quote_or_backslash(bytes, at + 2)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(StringEnd { quote: at, escaped: true });
        }
    }
}

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The high bit of each byte that is zero; bytes above the lowest such one may be wrong.
#[inline(always)]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOW) & !word & HIGH
}

/// The high bit of each byte that is a backslash; right for the lowest such one.
#[inline(always)]
pub(super) fn backslashes(word: u64) -> u64 {
    zeros(word ^ (LOW * u64::from(b'\\')))
}

/// The high bit of each byte that is a quote or a backslash; right for the lowest such one.
#[inline(always)]
fn quotes_and_backslashes(word: u64) -> u64 {
    zeros(word ^ (LOW * u64::from(b'"'))) | backslashes(word)
}

/// The first quote or backslash at or behind `at`.
#[inline(always)]
fn quote_or_backslash(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Most strings are short: four words are looked at before the wide search is worth its call.
    for _ in 0..4 {
        let Some(word) = bytes.get(at..at + 8).and_then(|it| it.first_chunk::<8>()) else {
            let rest = bytes.get(at..)?;
            return rest.iter().position(|it| matches!(it, b'"' | b'\\')).map(|it| at + it);
        };
        let found = quotes_and_backslashes(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    memchr::memchr2(b'"', b'\\', bytes.get(at..)?).map(|it| at + it)
}

/// Copies a string without its escapes; `at` is the place behind its opening quote. Its closing quote, `None` if it
/// has none. An escape that is none of JSON's stands for itself.
pub(crate) fn copy_string(bytes: &[u8], mut at: usize, copy: &mut Vec<u8>) -> Option<usize> {
    loop {
        // A word is copied before it is known how much of it counts: cheaper than many short copies.
        while let Some(word) = bytes.get(at..at + 8).and_then(|it| it.first_chunk::<8>()) {
            copy.extend_from_slice(word);
            let found = quotes_and_backslashes(u64::from_le_bytes(*word));
            if found != 0 {
                let length = (found.trailing_zeros() / 8) as usize;
                copy.truncate(copy.len() - 8 + length);
                at += length;
                break;
            }
            at += 8;
        }
        match bytes.get(at)? {
            b'"' => return Some(at),
            // The escapes of JSON in JSON are nearly all of this kind.
            b'\\' if bytes.get(at + 1) == Some(&b'"') => {
                copy.push(b'"');
                at += 2;
            }
            b'\\' => match escape(&bytes[at + 1..]) {
                Some((character, length)) => {
                    copy.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    at += 1 + length;
                }
                None => {
                    // What is escaped here may be a quote only if the escape is one of JSON's.
                    copy.push(b'\\');
                    at += 1;
                }
            },
            byte => {
                copy.push(*byte);
                at += 1;
            }
        }
    }
}

/// The end of a scalar without quotes: `at` itself where there is none.
#[inline(always)]
pub(crate) fn scalar_end(bytes: &[u8], at: usize) -> usize {
    skip::scalar_end::<Plain>(bytes, at)
}

/// Skips the value at `at`, which stands in `depth` containers; `None` if it is not in order.
#[inline(always)]
pub(crate) fn skip_value(bytes: &[u8], at: usize, depth: u32) -> Option<usize> {
    skip::skip_value::<Plain>(bytes, at, depth)
}

/// Skips a key and its colon; the place of the value, `None` if they are not in order.
#[inline(always)]
pub(crate) fn skip_key(bytes: &[u8], at: usize) -> Option<usize> {
    skip::skip_key::<Plain>(bytes, at)
}

/// Skips the object or array that opens at `at` and stands in `outer` others; `None` if it is not in order.
pub(crate) fn skip_container(bytes: &[u8], at: usize, outer: u32) -> Option<usize> {
    skip::skip_container::<Plain>(bytes, at, outer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_skipped_to_their_close() {
        for (text, end) in [
            ("{}", Some(2)),
            ("{ } x", Some(3)),
            ("[]", Some(2)),
            ("[1]", Some(3)),
            (r#"{"a":1,"b":[2,{"c":"}"}],"d":{}} tail"#, Some(32)),
            (r#"{"a":[[],[[]]]}"#, Some(15)),
            (r#"{"a" : "\"" , "b":tru}"#, Some(22)),
            (r#"{"a":1,}"#, None),
            (r#"{"a":}"#, None),
            (r#"{"a"}"#, None),
            (r#"{"a":1 2}"#, None),
            (r#"{"a":1"b":2}"#, None),
            (r#"{,}"#, None),
            ("[1,]", None),
            ("[,1]", None),
            ("[1]]", Some(3)),
            ("[}", None),
            (r#"{"a":[}]"#, None),
            (r#"{"a":"x"#, None),
            (r#"{"a":"x\"#, None),
            ("{", None),
        ] {
            assert_eq!(skip_container(text.as_bytes(), 0, 0), end, "{text}");
        }
    }

    #[test]
    fn what_is_too_deep_is_no_document() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(skip_container(nested(127).as_bytes(), 0, 0), Some(254));
        assert_eq!(skip_container(nested(128).as_bytes(), 0, 0), None);
        assert_eq!(skip_container(nested(1_000_000).as_bytes(), 0, 0), None);
    }

    #[test]
    fn strings_end_at_their_own_quote() {
        for length in 0..100 {
            let plain = format!("{}\" tail\"", "x".repeat(length));
            assert_eq!(string_end(plain.as_bytes(), 0).map(|it| (it.quote, it.escaped)), Some((length, false)));
            let escaped = format!("{}\\\"\\\\\"", "é".repeat(length));
            let end = string_end(escaped.as_bytes(), 0).map(|it| (it.quote, it.escaped));
            assert_eq!(end, Some((length * 2 + 4, true)));
            assert!(string_end("x".repeat(length).as_bytes(), 0).is_none());
        }
    }
}
