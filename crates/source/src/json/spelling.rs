//! How the strings of a document are written: as JSON has them, or escaped once more because the document stands in a
//! string itself.

use super::scan::{StringEnd, string_end};

/// How strings are written.
pub(crate) trait Spelling {
    /// The byte that a string begins with.
    const OPENS: u8;
    /// How many bytes stand in front of its text, and behind it.
    const QUOTE: usize;

    /// The end of the string whose text begins at `at`: where the text ends.
    fn string_end(bytes: &[u8], at: usize) -> Option<StringEnd>;
}

/// `"text"`
pub(crate) struct Plain;

/// `\"text\"`, in a string in which nothing but quotes is escaped: the text of such strings has no escapes.
pub(crate) struct Quoted;

impl Spelling for Plain {
    const OPENS: u8 = b'"';
    const QUOTE: usize = 1;

    #[inline(always)]
    fn string_end(bytes: &[u8], at: usize) -> Option<StringEnd> {
        string_end(bytes, at)
    }
}

impl Spelling for Quoted {
    const OPENS: u8 = b'\\';
    const QUOTE: usize = 2;

    #[inline(always)]
    fn string_end(bytes: &[u8], at: usize) -> Option<StringEnd> {
        // There is no quote without a backslash in front, and no backslash without a quote behind.
        Some(StringEnd { quote: backslash(bytes, at)?, escaped: false })
    }
}

/// The first backslash at or behind `at`.
#[inline(always)]
fn backslash(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Most strings are short: some words are looked at before the wide search is worth its call.
    for _ in 0..4 {
        let Some(word) = bytes.get(at..at + 8).and_then(|it| it.first_chunk::<8>()) else {
            return bytes.get(at..)?.iter().position(|it| *it == b'\\').map(|it| at + it);
        };
        let found = super::scan::backslashes(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(at + (found.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    memchr::memchr(b'\\', bytes.get(at..)?).map(|it| at + it)
}
