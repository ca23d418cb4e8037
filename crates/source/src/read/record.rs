//! An event in JSON among whose keys there may be others: as subscriptions deliver them, and live tail shows them.

use crate::event::{Message, Written};
use crate::json::scalar::Raw;
use crate::json::scan::{blanks, copy_string, skip_key, skip_value, string_end};
use crate::read::object::{self, integer};

/// An event, and what it says of its log group.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) event: Written,
    /// Where `logGroupIdentifier` stands.
    pub(super) group: Raw,
}

/// The event that opens at this `{`, and where it ends; `None` if it has no time or message, or is not in order. Its
/// message is copied without escapes, to the end of `copy`.
pub(super) fn item(bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Option<(Item, usize)> {
    let before = copy.len();
    let item = read(bytes, at, copy);
    if item.is_none() {
        copy.truncate(before);
    }
    item
}

fn read(bytes: &[u8], at: usize, copy: &mut Vec<u8>) -> Option<(Item, usize)> {
    let (mut event, mut group) = (Written::default(), Raw::Missing);
    let (mut time, mut message) = (None, None);
    let mut at = blanks(bytes, at + 1);
    loop {
        let (key, value) = (key(bytes, at)?, skip_key(bytes, at)?);
        if key == b"message" && bytes.get(value) == Some(&b'"') {
            // Copied whatever it is: these bytes may be packed in the block's, and no slice of them.
            let start = copy.len();
            at = copy_string(bytes, value + 1, copy)? + 1;
            message = Some(Message::Copied(start..copy.len()));
        } else {
            let raw;
            (raw, at) = scalar(bytes, value)?;
            match key {
                b"timestamp" => time = integer(bytes, raw),
                b"ingestionTime" => event.ingested = integer(bytes, raw),
                b"logStreamName" => event.stream = raw,
                b"logGroupIdentifier" => group = raw,
                _ => {}
            }
        }
        at = blanks(bytes, at);
        match bytes.get(at) {
            Some(b',') => at = blanks(bytes, at + 1),
            Some(b'}') => break,
            _ => return None,
        }
    }
    (event.time, event.message) = (time?, message?);
    Some((Item { event, group }, at + 1))
}

/// The key that opens at this quote.
pub(super) fn key(bytes: &[u8], at: usize) -> Option<&[u8]> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    bytes.get(at + 1..string_end(bytes, at + 1)?.quote)
}

/// The value at this place, if it is a scalar, and where it ends; an object or a list is passed over.
pub(super) fn scalar(bytes: &[u8], at: usize) -> Option<(Raw, usize)> {
    match bytes.get(at)? {
        b'{' | b'[' => Some((Raw::Missing, skip_value(bytes, at, 2)?)),
        _ => object::scalar(bytes, at),
    }
}

/// Whether something may begin at this place by itself: it is not the value of a key.
pub(super) fn stands_alone(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.iter().rev().find(|it| !matches!(it, b' ' | b'\t' | b'\n' | b'\r')) != Some(&b':')
}
