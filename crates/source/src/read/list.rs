//! Documents that list objects, each of them an event: read as they stand, one after another.

use std::ops::Range;

use crate::event::{Events, UNREAD};
use crate::json::Paths;
use crate::json::scan::{scalar_end, skip_container, skip_key, skip_value};
use crate::json::walk::Walk;
use crate::read::jsonl::{TIME_KEYS, walked_time};
use crate::read::lines;
use crate::read::object::first_key;
use crate::report::Trouble;

/// What a kind of document is made of.
pub(super) struct List {
    /// The key of the list, where it stands in an object of its own; empty where it does not.
    pub(super) key: &'static [u8],
    /// Whether one of the objects begins at this `{`, so that reading may go on there behind a tear.
    pub(super) begins: fn(&[u8], usize) -> bool,
}

/// Adds the objects of a stretch of bytes, which begins where an object or the file does.
pub(super) fn read(list: &List, bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let end = range.end.min(bytes.len());
    // What is behind the range belongs to others, so nothing may be looked at there.
    let bytes = &bytes[..end];
    let paths = Paths::new(TIME_KEYS);
    let mut walk = Walk::new(&paths);
    let mut at = range.start;
    while at < end {
        let next = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' | b'}' => Some(at + 1),
            b'{' if !list.key.is_empty() && first_key(bytes, at) == Some(list.key) => Some(at + 1),
            b'{' => skip_container(bytes, at, 0).inspect(|close| {
                let time =
                    if events.window.timed { walked_time(&bytes[..*close], at, &mut walk) } else { Some(UNREAD) };
                events.add(at, time, at, *close);
            }),
            b'"' => beside(list, bytes, at),
            _ => None,
        };
        at = next.unwrap_or_else(|| {
            events.trouble(at, Trouble::TornJson);
            resume(list, bytes, scalar_end(bytes, at).max(at + 1))
        });
    }
}

/// Looks at a key of the object around the list; where to go on.
fn beside(list: &List, bytes: &[u8], at: usize) -> Option<usize> {
    let value = skip_key(bytes, at)?;
    let is_list = bytes[at + 1..].starts_with(list.key) && bytes.get(at + 1 + list.key.len()) == Some(&b'"');
    match bytes.get(value) {
        Some(b'[') if is_list => Some(value + 1),
        _ => skip_value(bytes, value, 1),
    }
}

/// Where the next object begins, behind something that is not in order.
fn resume(list: &List, bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut braces = memchr::memchr_iter(b'{', rest).map(|it| at + it);
    braces.find(|it| (list.begins)(bytes, *it)).unwrap_or(bytes.len())
}

/// Whether nothing but blanks stands before this place in its line.
pub(super) fn begins_line(bytes: &[u8], at: usize) -> bool {
    let line = bytes.get(lines::start(bytes, at)..at).unwrap_or_default();
    line.iter().all(|it| matches!(it, b' ' | b'\t'))
}
