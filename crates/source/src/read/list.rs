//! Documents that list objects, each of them an event: read as they stand, one after another.

use std::ops::Range;

use crate::event::{Events, UNREAD};
use crate::json::scan::{blanks, scalar_end, skip_container, skip_key, skip_value};
use crate::json::walk::Walk;
use crate::read::jsonl::{TIME_PATHS, walked_time};
use crate::read::lines;
use crate::read::object::first_key;
use crate::report::Trouble;

/// What a kind of document is made of.
pub(super) struct List {
    /// The key of the list, where it stands in an object of its own; empty where it does not.
    pub(super) key: &'static [u8],
    /// Whether one of the objects begins at this `{`, so that reading may go on there behind a tear. The first that
    /// began a line stood in as far as the last number says.
    pub(super) begins: fn(&[u8], usize, usize) -> bool,
    /// Whether a file of them is read in one piece, so that a list that is not closed at its end is torn.
    pub(super) in_one_piece: bool,
}

/// Adds the objects of a stretch of bytes, which begins where an object or the file does.
pub(super) fn read(list: &List, bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let end = range.end.min(bytes.len());
    // What is behind the range belongs to others, so nothing may be looked at there.
    let bytes = &bytes[..end];
    let mut walk = Walk::new(&TIME_PATHS);
    let (mut open, mut indent) = (0_usize, None);
    let mut at = range.start;
    while at < end {
        let next = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'}' => Some(at + 1),
            b'[' => {
                open += 1;
                Some(at + 1)
            }
            b']' => {
                open = open.saturating_sub(1);
                Some(at + 1)
            }
            b'{' if !list.key.is_empty() && first_key(bytes, at) == Some(list.key) => Some(at + 1),
            b'{' => {
                indent = indent.or_else(|| indent_of(bytes, at));
                skip_container(bytes, at, 0).inspect(|close| {
                    let time =
                        if events.window.timed { walked_time(&bytes[..*close], at, &mut walk) } else { Some(UNREAD) };
                    events.add(at, time, at, *close);
                })
            }
            b'"' => beside(list, bytes, at),
            _ => None,
        };
        at = next.unwrap_or_else(|| {
            events.trouble(at, Trouble::TornJson);
            let next = element_end(bytes, at)
                .unwrap_or_else(|| resume(list, bytes, scalar_end(bytes, at).max(at + 1), indent.unwrap_or(0)));
            // That the rest is lost has been told.
            open = if next == bytes.len() { 0 } else { open };
            next
        });
    }
    if list.in_one_piece && open > 0 {
        events.trouble(end, Trouble::TornJson);
    }
}

/// Where an element ends that is no object, but in order.
fn element_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) == Some(&b'{') {
        return None;
    }
    let end = skip_value(bytes, at, 0)?;
    matches!(bytes.get(blanks(bytes, end)), Some(b',' | b']')).then_some(end)
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
fn resume(list: &List, bytes: &[u8], at: usize, indent: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut braces = memchr::memchr_iter(b'{', rest).map(|it| at + it);
    braces.find(|it| (list.begins)(bytes, *it, indent)).unwrap_or(bytes.len())
}

/// How many blanks stand before this place in its line, if nothing else does.
pub(super) fn indent_of(bytes: &[u8], at: usize) -> Option<usize> {
    let before = bytes.get(..at)?;
    // Only the blanks are looked at: a line may be as long as the file.
    let blanks = before.iter().rev().take_while(|it| matches!(it, b' ' | b'\t')).count();
    lines::begins(bytes, at - blanks).then_some(blanks)
}
