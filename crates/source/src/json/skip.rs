//! Skipping what nobody asked for, in whatever spelling: the structure is checked, nothing else is looked at.

use super::scan::{DEEPEST, blanks};
use super::spelling::Spelling;

/// The end of a scalar without quotes: `at` itself where there is none.
#[inline(always)]
pub(super) fn scalar_end<S: Spelling>(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        let ends = matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r' | b':' | b'{' | b'[');
        if ends || *byte == S::OPENS {
            break;
        }
        at += 1;
    }
    at
}

/// Skips the value at `at`, which stands in `depth` containers; `None` if it is not in order.
#[inline(always)]
pub(super) fn skip_value<S: Spelling>(bytes: &[u8], at: usize, depth: u32) -> Option<usize> {
    match bytes.get(at)? {
        byte if *byte == S::OPENS => Some(S::string_end(bytes, at + S::QUOTE)?.quote + S::QUOTE),
        b'{' | b'[' => skip_container::<S>(bytes, at, depth),
        _ => match scalar_end::<S>(bytes, at) {
            end if end > at => Some(end),
            _ => None,
        },
    }
}

/// Skips a key and its colon; the place of the value, `None` if they are not in order.
#[inline(always)]
pub(super) fn skip_key<S: Spelling>(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&S::OPENS) {
        return None;
    }
    let at = blanks(bytes, S::string_end(bytes, at + S::QUOTE)?.quote + S::QUOTE);
    match bytes.get(at) {
        Some(b':') => Some(blanks(bytes, at + 1)),
        _ => None,
    }
}

/// Skips the object or array that opens at `at` and stands in `outer` others; `None` if it is not in order.
pub(super) fn skip_container<S: Spelling>(bytes: &[u8], mut at: usize, outer: u32) -> Option<usize> {
    // The kinds of the open containers, the innermost in the lowest bit: 1 is an object.
    let mut objects: u128 = 0;
    let mut depth = 0;
    loop {
        // A container opens here.
        depth += 1;
        if outer + depth > DEEPEST {
            return None;
        }
        objects = objects << 1 | u128::from(bytes.get(at) == Some(&b'{'));
        at = blanks(bytes, at + 1);
        if bytes.get(at) != Some(&closer(objects)) {
            match items::<S>(bytes, at, objects)? {
                Item::Opens(place) => {
                    at = place;
                    continue;
                }
                Item::Closes(place) => at = place,
            }
        }
        // A container closes here; what follows belongs to the one around it.
        loop {
            at += 1;
            objects >>= 1;
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
            at = blanks(bytes, at);
            match bytes.get(at) {
                Some(b',') => {}
                Some(byte) if *byte == closer(objects) => continue,
                _ => return None,
            }
            match items::<S>(bytes, blanks(bytes, at + 1), objects)? {
                Item::Opens(place) => {
                    at = place;
                    break;
                }
                Item::Closes(place) => at = place,
            }
        }
    }
}

/// Where a run of items ends: at a container that opens, or at the close of their own.
enum Item {
    Opens(usize),
    Closes(usize),
}

/// Skips items that are strings and scalars.
#[inline(always)]
fn items<S: Spelling>(bytes: &[u8], mut at: usize, objects: u128) -> Option<Item> {
    loop {
        if objects & 1 == 1 {
            at = skip_key::<S>(bytes, at)?;
        }
        match bytes.get(at)? {
            byte if *byte == S::OPENS => at = S::string_end(bytes, at + S::QUOTE)?.quote + S::QUOTE,
            b'{' | b'[' => return Some(Item::Opens(at)),
            _ => {
                let end = scalar_end::<S>(bytes, at);
                if end == at {
                    return None;
                }
                at = end;
            }
        }
        at = blanks(bytes, at);
        match bytes.get(at) {
            Some(b',') => at = blanks(bytes, at + 1),
            Some(byte) if *byte == closer(objects) => return Some(Item::Closes(at)),
            _ => return None,
        }
    }
}

#[inline(always)]
fn closer(objects: u128) -> u8 {
    if objects & 1 == 1 { b'}' } else { b']' }
}
