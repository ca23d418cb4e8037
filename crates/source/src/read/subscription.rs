//! What a subscription delivers, by way of Firehose or plain: records of one stream's events, one after another.
//!
//! Group and stream stand at a record's head, so a file is cut between records. Where one begins can be told from
//! the bytes there alone: in a string every quote has a backslash before it.

use std::ops::Range;

use crate::event::Events;
use crate::json::scalar::Raw;
use crate::json::scan::{blanks, skip_container, skip_key, skip_value};
use crate::read::braces;
use crate::read::object::first_key;
use crate::read::record::{item, key, scalar, stands_alone};
use crate::read::{Heads, Reader, Stream};
use crate::report::Trouble;

/// `{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"…","logStream":"…","logEvents":[…]}`
pub static SUBSCRIPTION: Reader = Reader {
    name: "subscription",
    endings: &[".gz"],
    doc: "Records of a subscription as Firehose stores them: one after another with or without line ends, or a list. \
          They name account, group and stream; control messages are passed over.",
    stream: Stream::Group(Heads(heads)),
    sniff: |head| {
        let at = blanks(head, 0);
        let at = if head.get(at) == Some(&b'[') { blanks(head, at + 1) } else { at };
        begins_record(head, at) && Head::of(head, at).events.is_some()
    },
    tolerates: 0,
    before: |bytes, at| braces::before(bytes, at, begins_record),
    after: |bytes, range| braces::after(bytes, range, begins_record),
    read: |bytes, range, events| {
        let end = range.end.min(bytes.len());
        // What is behind the range belongs to others, so nothing may be looked at there.
        records(&bytes[..end], range.start, &mut Lies::Here, events);
    },
};

/// Where events are said to lie.
pub(super) enum Lies {
    /// Where they stand in the bytes.
    Here,
    /// One after another in this stretch of the file, which they were packed into.
    Within(Range<usize>),
}

impl Lies {
    /// The place of the next event, which stands here.
    fn next(&mut self, at: usize) -> usize {
        match self {
            Lies::Here => at,
            Lies::Within(range) => {
                let place = range.start;
                range.start = (place + 1).min(range.end.saturating_sub(1)).max(place);
                place
            }
        }
    }

    /// The place of something that stands here and is no event.
    fn near(&self, at: usize) -> usize {
        match self {
            Lies::Here => at,
            Lies::Within(range) => range.start,
        }
    }
}

/// Reads records from here to the end of the bytes.
pub(super) fn records(bytes: &[u8], mut at: usize, lies: &mut Lies, events: &mut Events) {
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' => at + 1,
            b'{' if begins_record(bytes, at) => record(bytes, at, lies, events),
            _ => {
                events.trouble(lies.near(at), Trouble::TornJson);
                next_record(bytes, at + 1)
            }
        };
    }
}

/// The keys of a record.
const KEYS: &[&[u8]] =
    &[b"messageType", b"owner", b"logGroup", b"logStream", b"subscriptionFilters", b"logEvents", b"policyLevel"];

/// Whether a record begins at this `{`: two of its keys stand there, or the list of its events.
fn begins_record(bytes: &[u8], at: usize) -> bool {
    let Some(first) = first_key(bytes, at).filter(|it| KEYS.contains(it)) else { return false };
    let Some(value) = skip_key(bytes, blanks(bytes, at + 1)) else { return false };
    if !stands_alone(bytes, at) {
        return false;
    }
    if first == b"logEvents" {
        return bytes.get(value) == Some(&b'[');
    }
    let second = || -> Option<&[u8]> {
        let comma = blanks(bytes, skip_value(bytes, value, 1)?);
        (bytes.get(comma) == Some(&b',')).then(|| key(bytes, blanks(bytes, comma + 1)))?
    };
    second().is_some_and(|it| KEYS.contains(&it))
}

fn next_record(bytes: &[u8], at: usize) -> usize {
    (SUBSCRIPTION.after)(bytes, at..bytes.len()).unwrap_or(bytes.len())
}

/// What a record says of its events.
#[derive(Default)]
struct Head {
    kind: Raw,
    owner: Raw,
    group: Raw,
    stream: Raw,
    /// Where the list of events opens.
    events: Option<usize>,
}

impl Head {
    /// The head of the record that opens here. Keys behind the events are looked for only if one is missing.
    fn of(bytes: &[u8], at: usize) -> Head {
        let mut head = Head::default();
        head.fill(bytes, blanks(bytes, at + 1));
        head
    }

    fn fill(&mut self, bytes: &[u8], mut at: usize) -> Option<()> {
        loop {
            let (key, value) = (key(bytes, at)?, skip_key(bytes, at)?);
            if key == b"logEvents" && bytes.get(value) == Some(&b'[') {
                self.events = Some(value);
                if [self.kind, self.owner, self.group, self.stream].iter().all(|it| *it != Raw::Missing) {
                    return None;
                }
            }
            let (raw, end) = scalar(bytes, value)?;
            match key {
                b"messageType" => self.kind = raw,
                b"owner" => self.owner = raw,
                b"logGroup" => self.group = raw,
                b"logStream" => self.stream = raw,
                _ => {}
            }
            at = blanks(bytes, end);
            if bytes.get(at) != Some(&b',') {
                return None;
            }
            at = blanks(bytes, at + 1);
        }
    }

    fn is_control(&self, bytes: &[u8]) -> bool {
        self.kind.scalar_of(bytes).text().as_deref() == Some("CONTROL_MESSAGE")
    }

    /// From now on events are of this record's group.
    fn enter(&self, bytes: &[u8], events: &mut Events) {
        let (owner, group) = (self.owner.scalar_of(bytes), self.group.scalar_of(bytes));
        match group.text().filter(|it| !it.is_empty()) {
            Some(group) => events.enter_group(owner.text().as_deref().filter(|it| !it.is_empty()), &group),
            None => events.leave_group(),
        }
    }
}

fn heads(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let mut at = range.start;
    while let Some(start) = (SUBSCRIPTION.after)(bytes, at..range.end) {
        let head = Head::of(bytes, start);
        if !head.is_control(bytes) {
            head.enter(bytes, events);
        }
        at = start + 1;
    }
}

/// Reads the record that opens here; where to go on.
fn record(bytes: &[u8], at: usize, lies: &mut Lies, events: &mut Events) -> usize {
    let head = Head::of(bytes, at);
    let end = match head.events {
        _ if head.is_control(bytes) => skip_container(bytes, at, 0),
        None => skip_container(bytes, at, 0),
        Some(list) => {
            head.enter(bytes, events);
            items(bytes, list + 1, head.stream, lies, events).and_then(|it| close(bytes, it))
        }
    };
    end.unwrap_or_else(|| {
        events.trouble(lies.near(at), Trouble::TornJson);
        next_record(bytes, at + 1)
    })
}

/// Reads a list of events to its end, which is behind its bracket; `None` if it has none.
fn items(bytes: &[u8], mut at: usize, stream: Raw, lies: &mut Lies, events: &mut Events) -> Option<usize> {
    loop {
        match bytes.get(at)? {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => at += 1,
            b']' => return Some(at + 1),
            _ => match item(bytes, at, &mut events.copied) {
                Some((mut it, end)) => {
                    it.event.stream = stream;
                    events.add_written(bytes, lies.next(at), it.event);
                    at = end;
                }
                None => {
                    // The rest of the record is not lost with one event of it.
                    at = next_item(bytes, at + 1)?;
                    events.trouble(lies.near(at), Trouble::TornJson);
                }
            },
        }
    }
}

/// The next event of a record, behind something that is not in order.
fn next_item(bytes: &[u8], at: usize) -> Option<usize> {
    let mut braces = memchr::memchr_iter(b'{', bytes.get(at..)?).map(|it| at + it);
    let next = braces.find(|it| first_key(bytes, *it) == Some(b"id") || begins_record(bytes, *it))?;
    (!begins_record(bytes, next)).then_some(next)
}

/// The end of a record whose list of events ends here.
fn close(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at = blanks(bytes, at);
        match bytes.get(at)? {
            b'}' => return Some(at + 1),
            b',' => at = skip_value(bytes, skip_key(bytes, blanks(bytes, at + 1))?, 1)?,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_begins_where_two_of_its_keys_stand_alone() {
        for (text, begins) in [
            (r#"{"messageType":"DATA_MESSAGE","owner":"1"#, true),
            ("{\n \"owner\" : \"1\" ,\n \"logGroup\"", true),
            (r#"{"owner":"1","logGroup"#, false),
            (r#"{"owner":"1","name":"x"}"#, false),
            (r#"{"logEvents":[{"id""#, true),
            (r#"{"logEvents":3}"#, false),
            (r#"{\"owner\":\"1\",\"logGroup\":\"g\"}"#, false),
        ] {
            assert_eq!(begins_record(text.as_bytes(), 0), begins, "{text}");
        }
        let within = br#"{"extractedFields": {"owner":"a","logGroup":"b"}}"#;
        assert_eq!((SUBSCRIPTION.after)(within, 0..within.len()), None);
    }

    #[test]
    fn what_was_packed_lies_within_its_letters() {
        let mut lies = Lies::Within(10..12);
        assert_eq!([0, 1, 2].map(|at| lies.next(at)), [10, 11, 11]);
        assert_eq!(Lies::Here.next(3), 3);
    }
}
