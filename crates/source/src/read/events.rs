//! What `aws logs filter-log-events` and `get-log-events` print: JSON documents, one or many, pretty or compact.
//!
//! A document may be of any size, so it is cut where an event begins. That can be told from the bytes there alone:
//! in a string every quote has a backslash before it, so `{"timestamp":` is never part of a message.

use std::ops::Range;

use crate::event::Events;
use crate::json::scan::{blanks, scalar_end, skip_key, skip_value, string_end};
use crate::read::braces;
use crate::read::object::{Object, begins_event, first_key, is_page_key, is_searched_stream, object};
use crate::read::{Reader, Stream};
use crate::report::Trouble;

/// `{"events": [{"timestamp": 1767225600000, "message": "…"}, …]}`
pub static EVENTS: Reader = Reader {
    name: "events",
    endings: &[".json"],
    doc: "JSON as `aws logs filter-log-events` and `get-log-events` print it: pages one after another, a list of \
          events, or events one after another.",
    stream: Stream::Data,
    sniff,
    tolerates: 0,
    before: |bytes, at| braces::before(bytes, at, begins_event),
    after: |bytes, range| braces::after(bytes, range, begins_event),
    read,
};

/// A page or a list of events; events that stand a line each are bare lines, and read with those.
fn sniff(head: &[u8]) -> bool {
    let mut at = blanks(head, 0);
    if head.get(at) == Some(&b'[') {
        at = blanks(head, at + 1);
        return begins_event(head, at);
    }
    match first_key(head, at) {
        Some(key) if is_page_key(key) => is_page(head, at),
        Some(_) => begins_event(head, at) && !is_one_line(head, at),
        None => false,
    }
}

/// Whether the object's keys are a page's, as far as it can be seen.
fn is_page(head: &[u8], at: usize) -> bool {
    let mut at = blanks(head, at + 1);
    loop {
        let Some(value) = skip_key(head, at) else { return true };
        let key = string_end(head, at + 1).map_or(&head[..0], |it| &head[at + 1..it.quote]);
        if !is_page_key(key) || (key == b"events" && head.get(value).is_some_and(|it| *it != b'[')) {
            return false;
        }
        match skip_value(head, value, 1).map(|it| blanks(head, it)) {
            Some(end) if head.get(end) == Some(&b',') => at = blanks(head, end + 1),
            _ => return true,
        }
    }
}

fn is_one_line(head: &[u8], at: usize) -> bool {
    let end = skip_value(head, at, 0).unwrap_or(head.len());
    memchr::memchr(b'\n', &head[at..end]).is_none()
}

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let end = range.end.min(bytes.len());
    // What is behind the range belongs to others, so nothing may be looked at there.
    let bytes = &bytes[..end];
    let mut at = range.start;
    while at < end {
        at = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' | b'}' => at + 1,
            b'{' => element(bytes, at, events),
            b'"' => page_key(bytes, at, events),
            _ => {
                events.trouble(at, Trouble::TornJson);
                resume(bytes, scalar_end(bytes, at).max(at + 1))
            }
        };
    }
}

/// Reads the object at this brace; where to go on.
fn element(bytes: &[u8], at: usize, events: &mut Events) -> usize {
    match object(bytes, at, events) {
        Object::Event(event, end) => {
            events.add_written(bytes, at, event);
            end
        }
        Object::Page => at + 1,
        Object::Other(end) if is_searched_stream(bytes, at) => end,
        Object::Other(end) => {
            let time = crate::read::jsonl::own_time(&bytes[at..end]);
            events.add(at, time, at, end);
            end
        }
        Object::Torn => {
            events.trouble(at, Trouble::TornJson);
            resume(bytes, at + 1)
        }
    }
}

/// Reads a key of a page: of its events the list is entered, all else is skipped; where to go on.
fn page_key(bytes: &[u8], at: usize, events: &mut Events) -> usize {
    let value = skip_key(bytes, at);
    let skipped = value.and_then(|value| match bytes.get(value) {
        Some(b'[') if bytes[at..].starts_with(b"\"events\"") => Some(value + 1),
        _ => skip_value(bytes, value, 1),
    });
    skipped.unwrap_or_else(|| {
        events.trouble(at, Trouble::TornJson);
        resume(bytes, at + 1)
    })
}

/// Where the next event begins, behind something that is not in order.
fn resume(bytes: &[u8], at: usize) -> usize {
    (EVENTS.after)(bytes, at..bytes.len()).unwrap_or(bytes.len())
}
