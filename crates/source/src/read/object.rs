//! A JSON object that may be an event of `filter-log-events` or `get-log-events`, or a page of them.

use std::ops::Range;

use crate::event::{Events, Message, Written};
use crate::json::quoted::plain_end;
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
pub(super) fn object(bytes: &[u8], at: usize, events: &mut Events) -> Object {
    match first_key(bytes, at) {
        Some(key) if EVENT_KEYS.contains(&key) => {}
        Some(key) if is_page_key(key) => return Object::Page,
        _ => return other(bytes, at),
    }
    match event(bytes, at, events) {
        Some((event, end)) => Object::Event(event, end),
        None => other(bytes, at),
    }
}

fn other(bytes: &[u8], at: usize) -> Object {
    skip_container(bytes, at, 0).map_or(Object::Torn, Object::Other)
}

/// The event that opens here, and where it ends; `None` if this is anything else, or not in order. Where its message
/// has to be copied without escapes, that goes to the end of the copies.
#[inline]
pub(super) fn event(bytes: &[u8], at: usize, events: &mut Events) -> Option<(Written, usize)> {
    let Events { copied, alike, .. } = events;
    alike.event(bytes, at, copied)
}

/// How the last event was written: what stands in front of each value. Programs write all events alike, so the next is
/// first held to that.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The bytes in front of a value, as a slice of the block, and the key they end with.
    parts: Vec<(Range<usize>, Key)>,
    /// What stands behind the last value.
    close: Range<usize>,
}

/// The keys of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Key {
    Time,
    Received,
    Stream,
    Id,
    Message,
}

/// An event as far as it has been read.
#[derive(Default)]
struct Partial {
    time: Option<i64>,
    received: Option<i64>,
    stream: Raw,
    message: Option<Message>,
}

impl Layout {
    /// The event that opens here, in the same bytes as the last one.
    fn event(&mut self, bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Option<(Written, usize)> {
        if bytes.get(at) != Some(&b'{') {
            return None;
        }
        let before = copy.len();
        let event = self.again(bytes, at, copy).or_else(|| {
            copy.truncate(before);
            self.anew(bytes, at, copy)
        });
        if event.is_none() {
            copy.truncate(before);
        }
        event
    }

    /// Reads an event that is written like the last.
    fn again(&self, bytes: &[u8], mut at: usize, copy: &mut Vec<u8>) -> Option<(Written, usize)> {
        let mut event = Partial::default();
        for (before, key) in &self.parts {
            at = behind(bytes, at, before)?;
            at = event.value(bytes, at, *key, copy)?;
        }
        Some((event.whole()?, behind(bytes, at, &self.close)?))
    }

    /// Reads an event that may be written in any way.
    fn anew(&mut self, bytes: &[u8], mut at: usize, copy: &mut Vec<u8>) -> Option<(Written, usize)> {
        self.parts.clear();
        let mut event = Partial::default();
        // The brace or the comma in front of a key.
        let mut opens = at;
        loop {
            let quote = blanks(bytes, opens + 1);
            let (key, value) = (Key::of(bytes, quote)?, skip_key(bytes, quote)?);
            self.parts.push((at..value, key));
            at = event.value(bytes, value, key, copy)?;
            opens = blanks(bytes, at);
            match bytes.get(opens) {
                Some(b',') => {}
                Some(b'}') => {
                    self.close = at..opens + 1;
                    return Some((event.whole()?, opens + 1));
                }
                _ => return None,
            }
        }
    }
}

/// The place behind a text that was seen before, if it stands here, too.
#[inline]
fn behind(bytes: &[u8], at: usize, text: &Range<usize>) -> Option<usize> {
    let (here, text) = (bytes.get(at..at + text.len())?, bytes.get(text.clone())?);
    (here == text).then_some(at + text.len())
}

impl Key {
    /// The key of an event that opens at this quote.
    fn of(bytes: &[u8], quote: usize) -> Option<Key> {
        if bytes.get(quote) != Some(&b'"') {
            return None;
        }
        match bytes.get(quote + 1..string_end(bytes, quote + 1)?.quote)? {
            b"timestamp" => Some(Key::Time),
            b"ingestionTime" => Some(Key::Received),
            b"logStreamName" => Some(Key::Stream),
            b"eventId" => Some(Key::Id),
            b"message" => Some(Key::Message),
            _ => None,
        }
    }
}

impl Partial {
    /// Reads a value; where it ends.
    #[inline]
    fn value(&mut self, bytes: &[u8], at: usize, key: Key, copy: &mut Vec<u8>) -> Option<usize> {
        if key == Key::Message {
            let (message, end) = message(bytes, at, copy)?;
            self.message = Some(message);
            return Some(end);
        }
        let (raw, end) = scalar(bytes, at)?;
        match key {
            Key::Time => self.time = Some(integer(bytes, raw)?),
            Key::Received => self.received = integer(bytes, raw),
            Key::Stream if matches!(raw, Raw::Text { .. }) => self.stream = raw,
            Key::Stream | Key::Id | Key::Message => {}
        }
        Some(end)
    }

    fn whole(self) -> Option<Written> {
        let Partial { time, received: ingested, stream, message } = self;
        Some(Written { time: time?, ingested, stream, message: message? })
    }
}

/// The message at this place, and where it ends.
#[inline]
fn message(bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Option<(Message, usize)> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let start = at + 1;
    if let Some(end) = plain_end(bytes, start) {
        return Some((Message::Quoted(start..end.quote, end.escapes), end.quote + 1));
    }
    let before = copy.len();
    let end = copy_string(bytes, start, copy)?;
    Some((Message::Copied(before..copy.len()), end + 1))
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
