//! What live tail sends: JSON documents of some events each, which name the groups that they are of.

use std::ops::Range;

use memchr::memmem;

use crate::event::Events;
use crate::json::scalar::Raw;
use crate::json::scan::{blanks, scalar_end, skip_container, skip_key, skip_value};
use crate::read::braces;
use crate::read::object::first_key;
use crate::read::record::{item, key, scalar, stands_alone};
use crate::read::{Heads, Reader, Stream};
use crate::report::Trouble;

/// `{"sessionUpdate": {"sessionResults": [{"logGroupIdentifier": "123456789012:api", "message": "…", …}, …]}}`
pub static LIVETAIL: Reader = Reader {
    name: "livetail",
    endings: &[".json"],
    doc: "What `StartLiveTail` sends, saved as JSON: its documents one after another or in a list, or the results \
          alone. They name account, group and stream.",
    stream: Stream::Group(Heads(heads)),
    sniff,
    tolerates: 0,
    before: |bytes, at| braces::before(bytes, at, begins_result),
    after: |bytes, range| braces::after(bytes, range, begins_result),
    read,
};

/// The keys of a result.
const RESULT_KEYS: &[&[u8]] = &[b"logStreamName", b"logGroupIdentifier", b"message", b"timestamp", b"ingestionTime"];

/// The keys of the documents around results.
const DOCUMENT_KEYS: &[&[u8]] =
    &[b"sessionStart", b"sessionUpdate", b"responseStream", b"sessionMetadata", b"sessionResults"];

/// The keys of what was asked for, as the first document of a session repeats it.
const START_KEYS: &[&[u8]] = &[
    b"requestId",
    b"sessionId",
    b"logGroupIdentifiers",
    b"logStreamNames",
    b"logStreamNamePrefixes",
    b"logEventFilterPattern",
];

/// What of a document is passed over: it says what was asked for, and how.
const PASSED_OVER: &[&[u8]] = &[b"sessionStart", b"sessionMetadata"];

/// What stands in every document of a live tail: its results, if there are any or not, or the groups asked for.
const MARKS: [&[u8]; 2] = [b"\"sessionResults\"", b"\"logGroupIdentifiers\""];

/// What only results have.
const GROUP: &[u8] = b"\"logGroupIdentifier\"";

fn sniff(head: &[u8]) -> bool {
    let at = blanks(head, 0);
    let at = if head.get(at) == Some(&b'[') { blanks(head, at + 1) } else { at };
    match first_key(head, at) {
        Some(key) if DOCUMENT_KEYS.contains(&key) => {
            MARKS.iter().any(|it| memmem::find(head, it).is_some()) || is_all_start(head, at)
        }
        Some(key) if RESULT_KEYS.contains(&key) => is_result(head, at),
        _ => false,
    }
}

/// Whether the object has all the keys that tell a result, and no other: such a one is a message with fields.
fn is_result(head: &[u8], at: usize) -> bool {
    item(head, at, &mut Vec::new()).is_some_and(|it| it.0.group != Raw::Missing) && has_only(head, at, RESULT_KEYS)
}

/// Whether there is nothing but the first document of a session. An application may log such an object, too, so behind
/// others it is a message.
fn is_all_start(head: &[u8], at: usize) -> bool {
    let start = skip_key(head, blanks(head, at + 1)).filter(|it| first_key(head, *it).is_some());
    let is_nothing = |it: &u8| matches!(it, b' ' | b'\t' | b'\n' | b'\r' | b']');
    let ends = |it: usize| head.get(it..).is_some_and(|it| it.iter().all(is_nothing));
    has_only(head, at, &[b"sessionStart"])
        && start.is_some_and(|it| has_only(head, it, START_KEYS))
        && skip_value(head, at, 1).is_some_and(ends)
}

/// Whether an object that is in order has no other keys.
fn has_only(head: &[u8], at: usize, known: &[&[u8]]) -> bool {
    let mut at = blanks(head, at + 1);
    while let (Some(key), Some(value)) = (key(head, at), skip_key(head, at)) {
        let Some(end) = skip_value(head, value, 2).filter(|_| known.contains(&key)) else { return false };
        at = match blanks(head, end) {
            comma if head.get(comma) == Some(&b',') => blanks(head, comma + 1),
            end => return head.get(end) == Some(&b'}'),
        };
    }
    false
}

fn begins_result(bytes: &[u8], at: usize) -> bool {
    first_key(bytes, at).is_some_and(|it| RESULT_KEYS.contains(&it)) && stands_alone(bytes, at)
}

/// Whether a document, or a part of one, begins at this `{`.
fn begins_document(bytes: &[u8], at: usize) -> bool {
    first_key(bytes, at).is_some_and(|it| DOCUMENT_KEYS.contains(&it))
        || bytes.get(blanks(bytes, at + 1)) == Some(&b'}')
}

fn heads(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let stretch = bytes.get(range.clone()).unwrap_or_default();
    let mut last: &[u8] = &[];
    for hit in memmem::find_iter(stretch, GROUP).map(|it| range.start + it) {
        if let Some((raw, _)) = skip_key(bytes, hit).and_then(|it| scalar(bytes, it)) {
            last = enter(bytes, raw, last, events);
        }
    }
}

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    // What is behind the range belongs to others, so nothing may be looked at there.
    let bytes = &bytes[..range.end.min(bytes.len())];
    let mut at = range.start;
    let mut last: &[u8] = &[];
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']' | b'}' => at + 1,
            b'{' if begins_result(bytes, at) => match item(bytes, at, &mut events.copied) {
                Some((it, end)) => {
                    last = enter(bytes, it.group, last, events);
                    events.add_written(bytes, at, it.event);
                    end
                }
                None => {
                    events.trouble(at, Trouble::TornJson);
                    skip_container(bytes, at, 2).unwrap_or_else(|| next_result(bytes, at + 1))
                }
            },
            b'{' if begins_document(bytes, at) => at + 1,
            b'{' => {
                events.trouble(at, Trouble::TornJson);
                next_result(bytes, at + 1)
            }
            b'"' => document_key(bytes, at).unwrap_or_else(|| {
                events.trouble(at, Trouble::TornJson);
                next_result(bytes, at + 1)
            }),
            _ => {
                events.trouble(at, Trouble::TornJson);
                next_result(bytes, scalar_end(bytes, at).max(at + 1))
            }
        };
    }
}

/// Reads a key of a document: what may hold results is entered; where to go on.
fn document_key(bytes: &[u8], at: usize) -> Option<usize> {
    let (key, value) = (key(bytes, at)?, skip_key(bytes, at)?);
    let is_entered = matches!(bytes.get(value), Some(b'{' | b'[')) && !PASSED_OVER.contains(&key);
    if is_entered { Some(value) } else { skip_value(bytes, value, 2) }
}

fn next_result(bytes: &[u8], at: usize) -> usize {
    (LIVETAIL.after)(bytes, at..bytes.len()).unwrap_or(bytes.len())
}

/// From now on events are of the group that stands here; what it was called. `last` is the name of the one before:
/// mostly it is the same.
fn enter<'b>(bytes: &'b [u8], group: Raw, last: &'b [u8], events: &mut Events) -> &'b [u8] {
    let name = match group {
        Raw::Text { start, end, .. } => bytes.get(start as usize..end as usize).unwrap_or_default(),
        _ => &[],
    };
    if !name.is_empty() && name == last {
        return last;
    }
    match group.scalar_of(bytes).text().filter(|_| !name.is_empty()) {
        Some(it) => {
            let (account, group) = account_and_group(&it);
            events.enter_group(account, group);
        }
        None => events.leave_group(),
    }
    name
}

/// What `123456789012:api` or `arn:aws:logs:us-east-1:123456789012:log-group:api:*` names.
fn account_and_group(identifier: &str) -> (Option<&str>, &str) {
    let parts: Vec<&str> = identifier.split(':').collect();
    let is_account = |it: &str| it.len() == 12 && it.bytes().all(|it| it.is_ascii_digit());
    match parts.as_slice() {
        ["arn", _, "logs", _, account, "log-group", group, ..] => (Some(account), group),
        [account, group] if is_account(account) => (Some(account), group),
        _ => (None, identifier),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_names_account_and_group() {
        for (identifier, account, group) in [
            ("123456789012:/aws/lambda/api", Some("123456789012"), "/aws/lambda/api"),
            ("arn:aws:logs:us-east-1:123456789012:log-group:/ecs/api", Some("123456789012"), "/ecs/api"),
            ("arn:aws-cn:logs:cn-north-1:123456789012:log-group:api:*", Some("123456789012"), "api"),
            ("api", None, "api"),
            ("odd:api", None, "odd:api"),
        ] {
            assert_eq!(account_and_group(identifier), (account, group));
        }
    }

    #[test]
    fn other_keys_make_it_a_message() {
        for (text, is_sniffed) in [
            (r#"{"message":"m","timestamp":1,"logGroupIdentifier":"g"}"#, true),
            (r#"[ { "logGroupIdentifier" : "g", "timestamp":1, "message":"m", "ingestionTime":2 } ]"#, true),
            (r#"{"message":"m","timestamp":1,"logGroupIdentifier":"g","level":"INFO"}"#, false),
            (r#"{"message":"m","timestamp":1}"#, false),
            (r#"{"sessionStart":{"sessionId":"s","logGroupIdentifiers":[]}}"#, true),
            (r#"{"sessionUpdate":{"sessionMetadata":{"sampled":false},"sessionResults":[]}}"#, true),
            (r#"{"sessionStart":"2026-01-01T00:00:00Z","user":"u"}"#, false),
            (r#"[ {"sessionStart" : {"requestId":"r", "sessionId":"s", "logStreamNames":[]}} ]"#, true),
            (r#"{"sessionStart":{"sessionId":"s"}}"#, true),
            (r#"{"sessionStart":{"sessionId":"s","user":"u"}}"#, false),
            (r#"{"sessionStart":{"sessionId":"s"},"user":"u"}"#, false),
            ("{\"sessionStart\":{\"sessionId\":\"s\"}}\n{\"level\":\"INFO\"}", false),
            (r#"{"sessionStart":{"sessionId":"s"}"#, false),
            (r#"{"sessionStart":{}}"#, false),
        ] {
            assert_eq!(sniff(text.as_bytes()), is_sniffed, "{text}");
        }
    }
}
