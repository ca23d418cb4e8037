//! A JSON object that may be an event of `filter-log-events` or `get-log-events`, or a page of them.

use crate::event::Written;
use crate::json::scalar::Raw;
use crate::json::scan::{blanks, copy_string, scalar_end, skip_container, skip_key, skip_value, string_end};

/// What an object is.
pub(super) enum Object {
    /// An event, and where it ends.
    Event(Written, usize),
    /// A page of events, to be looked into.
    Page,
    /// Any other object, and where it ends.
    Other(usize),
    /// No object: it is not in order, or ends with the bytes.
    Torn,
}

/// The keys of a page: those of the two calls, and what client libraries add.
const PAGE_KEYS: &[&[u8]] =
    &[b"events", b"nextToken", b"searchedLogStreams", b"nextForwardToken", b"nextBackwardToken", b"ResponseMetadata"];

/// The keys of an event. An object with any other is a message with fields.
const EVENT_KEYS: &[&[u8]] = &[b"logStreamName", b"timestamp", b"message", b"ingestionTime", b"eventId"];

/// Whether a page has this key.
pub(super) fn is_page_key(key: &[u8]) -> bool {
    PAGE_KEYS.contains(&key)
}

/// Whether an event begins at this `{`, as far as its first key tells.
pub(super) fn begins_event(bytes: &[u8], at: usize) -> bool {
    let Some(key) = first_key(bytes, at) else { return false };
    EVENT_KEYS.contains(&key) && !is_searched_stream(bytes, at)
}

/// The first key of the object at this `{`.
pub(super) fn first_key(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let quote = blanks(bytes, at + 1);
    if bytes.get(at) != Some(&b'{') || bytes.get(quote) != Some(&b'"') {
        return None;
    }
    // A key of interest is short; the rest of a block is not searched for the end of another.
    let near = bytes.get(quote + 1..(quote + 25).min(bytes.len()))?;
    let key = near.split(|it| *it == b'"').next().filter(|it| it.len() < near.len())?;
    let colon = blanks(bytes, quote + 1 + key.len() + 1);
    (bytes.get(colon) == Some(&b':')).then_some(key)
}

/// Whether this is `{"logStreamName": …, "searchedCompletely": …}`, which pages list beside their events.
pub(super) fn is_searched_stream(bytes: &[u8], at: usize) -> bool {
    let second = || -> Option<usize> {
        let value = skip_key(bytes, blanks(bytes, at + 1))?;
        let comma = blanks(bytes, skip_value(bytes, value, 1)?);
        Some(blanks(bytes, comma + 1))
    };
    first_key(bytes, at) == Some(b"logStreamName")
        && second().is_some_and(|it| bytes.get(it..).is_some_and(|it| it.starts_with(b"\"searchedCompletely\"")))
}

/// Looks at the object that opens at this `{`.
pub(super) fn object(bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Object {
    match first_key(bytes, at) {
        Some(key) if EVENT_KEYS.contains(&key) => {}
        Some(key) if is_page_key(key) => return Object::Page,
        _ => return other(bytes, at),
    }
    match event(bytes, at, copy) {
        Some((event, end)) => Object::Event(event, end),
        None => other(bytes, at),
    }
}

fn other(bytes: &[u8], at: usize) -> Object {
    skip_container(bytes, at, 0).map_or(Object::Torn, Object::Other)
}

/// The event that opens here, and where it ends; `None` if this is anything else, or not in order. Its message is
/// copied without escapes, to the end of `copy`.
pub(super) fn event(bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Option<(Written, usize)> {
    if bytes.get(at) != Some(&b'{') {
        return None;
    }
    let before = copy.len();
    let event = read(bytes, blanks(bytes, at + 1), copy);
    if event.is_none() {
        copy.truncate(before);
    }
    event
}

fn read(bytes: &[u8], mut at: usize, copy: &mut Vec<u8>) -> Option<(Written, usize)> {
    let mut event = Written::default();
    let (mut time, mut message) = (None, None);
    loop {
        let quote = string_end(bytes, bytes.get(at).is_some_and(|it| *it == b'"').then_some(at + 1)?)?.quote;
        let key = &bytes[at + 1..quote];
        at = blanks(bytes, quote + 1);
        if bytes.get(at) != Some(&b':') {
            return None;
        }
        at = blanks(bytes, at + 1);
        if key == b"message" && bytes.get(at) == Some(&b'"') {
            let start = copy.len();
            at = copy_string(bytes, at + 1, copy)? + 1;
            message = Some(start..copy.len());
        } else {
            let raw;
            (raw, at) = scalar(bytes, at)?;
            match key {
                b"timestamp" => time = Some(integer(bytes, raw)?),
                b"ingestionTime" => event.ingested = integer(bytes, raw),
                b"logStreamName" if matches!(raw, Raw::Text { .. }) => event.stream = raw,
                b"logStreamName" | b"eventId" => {}
                _ => return None,
            }
        }
        at = blanks(bytes, at);
        match bytes.get(at) {
            Some(b',') => at = blanks(bytes, at + 1),
            Some(b'}') => break,
            _ => return None,
        }
    }
    event.time = time?;
    event.message = message?;
    Some((event, at + 1))
}

/// The text, number or word at this place, and where it ends.
pub(super) fn scalar(bytes: &[u8], at: usize) -> Option<(Raw, usize)> {
    match bytes.get(at)? {
        b'"' => {
            let end = string_end(bytes, at + 1)?;
            let raw = Raw::Text { start: at as u32 + 1, end: end.quote as u32, escaped: end.escaped };
            Some((raw, end.quote + 1))
        }
        b'{' | b'[' => None,
        _ => match scalar_end(bytes, at) {
            end if end > at => Some((Raw::Bare { start: at as u32, end: end as u32 }, end)),
            _ => None,
        },
    }
}

/// A whole number without quotes.
pub(super) fn integer(bytes: &[u8], raw: Raw) -> Option<i64> {
    let Raw::Bare { start, end } = raw else { return None };
    let digits = bytes.get(start as usize..end as usize)?;
    // Times have thirteen digits; longer numbers, and those with a sign, are few.
    if (1..=18).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) {
        return Some(digits.iter().fold(0, |sum, it| sum * 10 + i64::from(it - b'0')));
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}
