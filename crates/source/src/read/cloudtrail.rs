//! What CloudTrail delivers to S3: documents of records, pretty or compact.
//!
//! A record begins with its `eventVersion`, and then says who called or when. Such an object may stand deep in another
//! record too, but hardly as an element of a list; where a file orders its keys otherwise, it is not cut at all.

use memchr::memmem;

use crate::json::scan::{blanks, skip_key, skip_value};
use crate::read::braces;
use crate::read::list::{self, List};
use crate::read::object::first_key;
use crate::read::{Reader, Stream};

/// `{"Records": [{"eventVersion": "1.08", "eventTime": "2026-01-01T00:00:00Z", …}, …]}`
pub static CLOUDTRAIL: Reader = Reader {
    name: "cloudtrail",
    endings: &[".json.gz", ".json"],
    doc: "Files that CloudTrail delivers to S3: each record is an event, its JSON the message, its `eventTime` the \
          time.",
    stream: Stream::Data,
    sniff,
    tolerates: 0,
    before: |bytes, at| braces::before(bytes, at, begins_record),
    after: |bytes, range| braces::after(bytes, range, begins_record),
    read: |bytes, range, events| list::read(&RECORDS, bytes, range, events),
};

const RECORDS: List = List { key: b"Records", begins: |bytes, at, _| begins_record(bytes, at), in_one_piece: false };

/// What every record has. Other events for Lambda are lists of `Records` as well, each with some of these keys.
const KEYS: [&str; 3] = ["\"eventVersion\"", "\"eventTime\"", "\"eventID\""];

fn sniff(head: &[u8]) -> bool {
    let start = blanks(head, 0);
    if first_key(head, start) != Some(RECORDS.key) {
        return false;
    }
    let first = skip_key(head, blanks(head, start + 1)).filter(|it| head.get(*it) == Some(&b'['));
    first.is_some_and(|list| begins_record(head, blanks(head, list + 1)) || KEYS.iter().all(|it| holds(head, it)))
}

fn holds(head: &[u8], text: &str) -> bool {
    memmem::find(head, text.as_bytes()).is_some()
}

/// Whether a record begins at this `{`: an element of a list whose first keys are a record's.
///
/// In a string every quote has a backslash before it, so it cannot be a part of one.
fn begins_record(bytes: &[u8], at: usize) -> bool {
    first_key(bytes, at) == Some(b"eventVersion") && is_element(bytes, at) && second_key_is_of_record(bytes, at)
}

fn is_element(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default().trim_ascii_end();
    match before.split_last() {
        Some((b'[', _)) | None => true,
        Some((b',', rest)) => rest.trim_ascii_end().ends_with(b"}"),
        _ => false,
    }
}

fn second_key_is_of_record(bytes: &[u8], at: usize) -> bool {
    let second = || -> Option<usize> {
        let version = skip_key(bytes, blanks(bytes, at + 1))?;
        // A version is short; the rest of a block is not searched for its end.
        let near = bytes.get(..bytes.len().min(version + 25))?;
        let comma = blanks(bytes, skip_value(near, version, 1)?);
        (bytes.get(comma) == Some(&b',')).then(|| blanks(bytes, comma + 1))
    };
    let keys: [&[u8]; 2] = [b"\"userIdentity\"", b"\"eventTime\""];
    second().and_then(|it| bytes.get(it..)).is_some_and(|rest| keys.iter().any(|it| rest.starts_with(it)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Events;
    use crate::window::Window;

    const RECORD: &str =
        r#"{"eventVersion":"1.08","userIdentity":{},"eventTime":"2026-01-01T00:00:00Z","eventID":"1"}"#;

    fn events(text: &str) -> Events {
        let mut events = Events::within(Window::all());
        (CLOUDTRAIL.read)(text.as_bytes(), 0..text.len(), &mut events);
        events
    }

    fn heads(text: &str) -> Vec<u32> {
        events(text).heads
    }

    #[test]
    fn a_file_is_known_by_its_records() {
        for (head, is_known) in [
            (format!(r#"{{"Records":[{RECORD}"#), true),
            (String::from(r#"{"Records" : [ {"eventVersion" : "1.08", "userIdentity" : {"#), true),
            (String::from(r#"{"Records":[{"eventID":"1","eventTime":"x","eventVersion":"1"}]}"#), true),
            (String::from(r#"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"x"}]}"#), false),
            (String::from(r#"{"Records":[{"messageId":"1","body":"x"}]}"#), false),
            (String::from(r#"{"Records":"eventVersion"}"#), false),
            (String::new(), false),
        ] {
            assert_eq!(sniff(head.as_bytes()), is_known, "{head}");
        }
    }

    #[test]
    fn files_are_cut_at_records_and_not_within() {
        let within =
            r#"{"eventVersion":"1","userIdentity":{"version":{"eventVersion":"1","eventTime":"{\"eventVersion\":"}}}"#;
        let text = format!(r#"{{"Records":[{RECORD}, {within}]}}"#);
        let second = text.len() - 2 - within.len();
        assert_eq!(heads(&text), [12, second as u32]);
        for at in 0..text.len() {
            let (before, after) =
                if at < second { (if at < 12 { 0 } else { 12 }, Some(second)) } else { (second, None) };
            assert_eq!((CLOUDTRAIL.before)(text.as_bytes(), at), before, "{at}");
            let after = if at < 12 { Some(12) } else { after };
            assert_eq!((CLOUDTRAIL.after)(text.as_bytes(), at + 1..text.len()), after, "{at}");
        }
    }

    #[test]
    fn a_torn_record_costs_no_other() {
        let torn = format!(r#"{{"Records":[{{"eventVersion":"1","userIdentity":}},{RECORD},{RECORD}]"#);
        assert_eq!(heads(&torn).len(), 2);
        let ends = [torn.len() - 2 - RECORD.len(), torn.len() - 1];
        for length in 13..torn.len() {
            let found = events(&torn[..length]);
            let whole = ends.iter().filter(|it| **it <= length).count();
            assert_eq!(found.heads.len(), whole, "{length}");
            // The torn record is one; another is the last where it is cut, for reading is at it then.
            let least = 1 + usize::from(length > ends[0] + 1 && whole < 2);
            assert!(found.tally.troubles.len() >= least, "{length}");
        }
    }
}
