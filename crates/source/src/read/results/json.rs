//! Saved answers in JSON: lists of fields and values, or objects in a list or one a line.

use crate::event::Events;
use crate::json::scalar::Raw;
use crate::json::scan::{blanks, copy_string, scalar_end, skip_container, skip_key, skip_value, string_end};
use crate::read::list::indent_of;
use crate::read::object::first_key;
use crate::read::results::is_printed_time;
use crate::report::Trouble;
use crate::saved::Row;

/// The keys beside the rows that `get-query-results` has, and client libraries add.
const ANSWER_KEYS: &[&[u8]] =
    &[b"results", b"statistics", b"status", b"queryLanguage", b"encryptionKey", b"nextToken", b"ResponseMetadata"];

/// Columns that nothing but an answer has.
const SYSTEM: [&[u8]; 4] = [b"@ptr", b"@logStream", b"@log", b"@ingestionTime"];

/// Keys that hold the time of a message in JSON Lines.
const OTHER_TIMES: [&[u8]; 4] = [b"timestamp", b"time", b"ts", b"eventTime"];

pub(super) fn sniff(head: &[u8]) -> bool {
    let start = blanks(head, 0);
    if head.get(start) != Some(&b'[') {
        // Lines may be messages with such keys: only one that is a message itself, and by no other time, is a row.
        let signs = signs(head, start);
        return is_answer(head, start) || (signs.message && signs.is_row());
    }
    let first = blanks(head, start + 1);
    match head.get(first) {
        Some(b']') => blanks(head, first + 1) == head.len(),
        Some(b'[') => begins_row(head, first),
        _ => {
            let signs = signs(head, first);
            (signs.time.is_some() || signs.message || signs.system) && signs.is_row()
        }
    }
}

/// What tells that an object is a row.
#[derive(Default)]
struct Signs {
    /// It has a message.
    message: bool,
    /// It has a time, and that is as answers print it.
    time: Option<bool>,
    /// It has another column that nothing but an answer has.
    system: bool,
    /// It has a key that holds the time of a message in JSON Lines.
    other_time: bool,
}

impl Signs {
    /// Whether it may be a row by its times.
    fn is_row(&self) -> bool {
        self.time.unwrap_or(self.system || !self.other_time)
    }
}

fn signs(head: &[u8], at: usize) -> Signs {
    let mut signs = Signs::default();
    each_key(head, at, |key, value| {
        let end = || string_end(head, value + 1).filter(|_| head.get(value) == Some(&b'"'));
        match key {
            b"@message" => signs.message = true,
            b"@timestamp" => {
                signs.time = Some(end().is_some_and(|it| is_printed_time(&head[value + 1..it.quote])));
            }
            _ => {
                signs.system |= SYSTEM.contains(&key);
                signs.other_time |= OTHER_TIMES.contains(&key);
            }
        }
        true
    });
    signs
}

/// Whether the object at this brace is what `get-query-results` prints. A message may have such keys, too: where
/// there are others beside the rows, or there are no rows, the lines behind it must not tell otherwise.
fn is_answer(bytes: &[u8], at: usize) -> bool {
    let Some(answer) = answer(bytes, at) else { return false };
    if answer.has_rows && !answer.has_others {
        return true;
    }
    let behind = skip_container(bytes, at, 0).map_or(bytes.len(), |it| blanks(bytes, it));
    if behind == bytes.len() {
        return answer.has_rows || !answer.has_others;
    }
    let is_followed = || self::answer(bytes, behind).is_some_and(|it| !it.has_others);
    !answer.has_rows && !answer.has_others && is_followed()
}

/// What an object with `results` is like.
struct Answer {
    has_rows: bool,
    /// Whether there are keys that the call does not print.
    has_others: bool,
}

fn answer(bytes: &[u8], at: usize) -> Option<Answer> {
    let (mut has_rows, mut has_others) = (None, false);
    each_key(bytes, at, |key, value| {
        if key == b"results" {
            has_rows = rows_at(bytes, value);
            return has_rows.is_some();
        }
        has_others |= !ANSWER_KEYS.contains(&key);
        has_rows.is_some() || !has_others
    });
    has_rows.map(|has_rows| Answer { has_rows, has_others })
}

/// Whether there are rows in the list at this place, as far as it goes; `None` if it lists something else.
fn rows_at(bytes: &[u8], at: usize) -> Option<bool> {
    let first = (bytes.get(at) == Some(&b'[')).then(|| blanks(bytes, at + 1))?;
    match bytes.get(first)? {
        b']' => Some(false),
        b'[' => {
            let is_cut_or_empty = matches!(bytes.get(blanks(bytes, first + 1)), None | Some(b']'));
            (is_cut_or_empty || begins_row(bytes, first)).then_some(true)
        }
        _ => None,
    }
}

/// Tells the keys of an object and where their values begin, as far as they are in order and more are wanted.
fn each_key<'b>(bytes: &'b [u8], at: usize, mut wants_more: impl FnMut(&'b [u8], usize) -> bool) {
    let mut next = (bytes.get(at) == Some(&b'{')).then(|| blanks(bytes, at + 1));
    while let Some(key) = next {
        let Some(value) = skip_key(bytes, key) else { return };
        let name = string_end(bytes, key + 1).map_or(&bytes[..0], |it| &bytes[key + 1..it.quote]);
        if !wants_more(name, value) {
            return;
        }
        let end = skip_value(bytes, value, 1).map(|it| blanks(bytes, it));
        next = end.filter(|it| bytes.get(*it) == Some(&b',')).map(|it| blanks(bytes, it + 1));
    }
}

pub(super) fn read(bytes: &[u8], start: usize, events: &mut Events) {
    let mut at = start;
    // Whether the rows are lists: only then an empty list is one.
    let mut in_answer = false;
    // How many lists and answers are open around the rows, and how far the first row of a line stands in.
    let (mut open, mut indent) = (0_usize, None);
    while let Some(byte) = bytes.get(at) {
        let next = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' => Some(at + 1),
            b']' | b'}' => {
                open = open.saturating_sub(1);
                Some(at + 1)
            }
            b'[' if begins_row(bytes, at) || in_answer => {
                indent = indent.or_else(|| indent_of(bytes, at));
                row(bytes, at, events, row_of_fields)
            }
            b'{' if !is_answer(bytes, at) => {
                indent = indent.or_else(|| indent_of(bytes, at));
                row(bytes, at, events, row_of_object)
            }
            b'[' | b'{' => {
                open += 1;
                Some(at + 1)
            }
            b'"' => {
                let value = skip_key(bytes, at);
                let is_rows = bytes[at..].starts_with(b"\"results\"");
                in_answer = is_rows;
                open += usize::from(is_rows);
                value.and_then(|value| if is_rows { Some(value + 1) } else { skip_value(bytes, value, 1) })
            }
            _ => None,
        };
        at = next.unwrap_or_else(|| {
            events.trouble(at, Trouble::TornJson);
            let next = resume(bytes, scalar_end(bytes, at).max(at + 1), indent.unwrap_or(0));
            // That the rest is lost has been told.
            open = if next == bytes.len() { 0 } else { open };
            next
        });
    }
    if open > 0 {
        events.trouble(bytes.len(), Trouble::TornJson);
    }
}

/// Adds the row that opens here; where it ends.
fn row(bytes: &[u8], at: usize, events: &mut Events, read: fn(&[u8], usize) -> Option<Row>) -> Option<usize> {
    let end = skip_container(bytes, at, 0)?;
    let row = read(&bytes[..end], at)?;
    if std::str::from_utf8(&bytes[at..end]).is_err() {
        events.trouble(at, Trouble::NotUtf8);
    }
    // An object without a message is one itself, as it stands.
    let object = (bytes[at] == b'{').then_some(at..end);
    events.add_saved(bytes, at, &row, object);
    Some(end)
}

/// Whether a list of fields and values opens here.
fn begins_row(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'[')
        && matches!(first_key(bytes, blanks(bytes, at + 1)), Some(key) if key == b"field" || key == b"value")
}

fn row_of_fields(bytes: &[u8], at: usize) -> Option<Row> {
    let mut row = Row::new();
    let mut at = blanks(bytes, at + 1);
    while bytes.get(at) == Some(&b'{') {
        let (mut name, mut value) = (None, None);
        each_key(bytes, at, |key, place| {
            match key {
                b"field" => name = text(bytes, place),
                b"value" => value = text(bytes, place),
                _ => {}
            }
            true
        });
        row.extend(name.zip(value));
        at = blanks(bytes, skip_container(bytes, at, 1)?);
        at = if bytes.get(at) == Some(&b',') { blanks(bytes, at + 1) } else { at };
    }
    (bytes.get(at) == Some(&b']')).then_some(row)
}

fn row_of_object(bytes: &[u8], at: usize) -> Option<Row> {
    let mut row = Row::new();
    each_key(bytes, at, |key, place| {
        let mut name = Vec::new();
        copy_string(&[key, b"\""].concat(), 0, &mut name);
        row.extend(text(bytes, place).map(|it| (lossy(name), it)));
        true
    });
    Some(row)
}

/// A value as text: objects and lists as they stand, `None` for what is no value.
fn text(bytes: &[u8], at: usize) -> Option<String> {
    match bytes.get(at)? {
        b'"' => {
            let mut copy = Vec::new();
            copy_string(bytes, at + 1, &mut copy)?;
            Some(lossy(copy))
        }
        b'{' | b'[' => Some(lossy(bytes[at..skip_container(bytes, at, 2)?].to_vec())),
        _ => {
            let bare = Raw::Bare { start: at as u32, end: scalar_end(bytes, at) as u32 };
            bare.scalar_of(bytes).text().map(|it| it.into_owned())
        }
    }
}

fn lossy(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
}

/// Where the next row begins in a line of its own, behind something that is not in order.
fn resume(bytes: &[u8], at: usize, indent: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let mut brackets = memchr::memchr2_iter(b'{', b'[', rest).map(|it| at + it);
    let is_row = |at: usize| match first_key(bytes, at) {
        Some(key) => !matches!(key, b"field" | b"value"),
        None => begins_row(bytes, at),
    };
    let is_near = |at: usize| indent_of(bytes, at).is_some_and(|it| it <= indent);
    brackets.find(|it| is_near(*it) && is_row(*it)).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    fn events(text: &str) -> Events {
        let mut events = Events::within(Window::all());
        read(text.as_bytes(), 0, &mut events);
        events
    }

    fn messages(text: &str) -> String {
        String::from_utf8_lossy(&events(text).copied).into_owned()
    }

    #[test]
    fn saved_answers_are_known() {
        for (head, is_known) in [
            (r#"{"results":[[{"field":"a","value":"1"}]],"status":"Complete"}"#, true),
            (r#"{"queryLanguage":"CWLI","results":[],"status":"Complete"}"#, true),
            ("{\n  \"results\": [\n    [", true),
            (r#"[{"@timestamp":"2026-01-01 00:00:00.000","@message":"m"}]"#, true),
            (r#"[{"@message":{"a":1}}]"#, true),
            (r#"[{"@ptr":"x"}]"#, true),
            ("[]\n", true),
            ("{\"@timestamp\":\"2026-01-01 00:00:00.000\",\"@message\":\"m\"}\n{", true),
            (r#"[[{"field":"a","value":"1"}]]"#, true),
            (r#"{"@timestamp":"2026-01-01T00:00:00Z","@message":"m"}"#, false),
            (r#"{"results":[1,2]}"#, false),
            (r#"{"results":{"a":1}}"#, false),
            ("{\"@timestamp\":\"2026-01-01 00:00:00.000\",\"message\":\"m\"}\n", false),
            ("{\"@message\":\"m\",\"n\":\"1\"}\n", true),
            (r#"[{"@timestamp":"2026-01-01T00:00:00Z","@message":"m"}]"#, false),
            (r#"{"status":"200","n":"3"}"#, false),
            (r#"[{"n":"3"}]"#, false),
            (r#"[{"@message":"m","time":"2026-01-01T00:00:00Z"}]"#, false),
            (r#"[{"@message":"m","time":"2026-01-01T00:00:00Z","@ptr":"x"}]"#, true),
            (r#"{"@message":"m","time":"2026-01-01T00:00:00Z"}"#, false),
            (r#"{"@timestamp":"2026-01-01 00:00:00.000","@message":"m","time":"x"}"#, true),
            ("{\"results\":[],\"status\":\"ok\",\"time\":\"2026-01-01T00:00:00Z\"}\n{\"level\":\"INFO\"}\n", false),
            ("{\"results\":[],\"status\":\"ok\"}\n{\"level\":\"INFO\"}\n", false),
            ("{\"results\":[],\"status\":\"Complete\"}\n{\"results\":[],\"status\":\"Complete\"}\n", true),
            ("{\"results\":[[1]],\"status\":\"ok\"}\n", false),
            (r#"{"results":[[{"field":"a","value":"1"}]],"account":"1"}"#, true),
            ("{\"results\":[[{\"field\":\"a\",\"value\":\"1\"}]],\"account\":\"1\"}\n{\"level\":\"INFO\"}", false),
            ("[", false),
        ] {
            assert_eq!(sniff(head.as_bytes()), is_known, "{head}");
        }
    }

    #[test]
    fn each_form_gives_its_rows() {
        let fields = r#"{"results":[[{"field":"a","value":"1"},{"field":"b","value":"x\ny"}],[]],"status":"Complete"}"#;
        assert_eq!(messages(fields), r#"{"a":"1","b":"x\ny"}{}"#);
        let objects = r#"[{"a":1, "b":"x\ny","c":null,"d":true},{}]"#;
        let found = events(objects);
        assert_eq!(messages(objects), r#"{"a":1, "b":"x\ny","c":null,"d":true}{}"#);
        assert_eq!(found.brought.of_row(0).collect::<Vec<_>>(), [("a", "1"), ("b", "x\ny"), ("d", "1")]);
        assert_eq!(messages("{\"@message\":{\"a\": 1}}\n{\"@message\":\"two\"}\n"), r#"{"a": 1}two"#);
        assert_eq!(messages(r#"{"results":[],"status":"Complete"}"#), "");
    }

    #[test]
    fn behind_a_tear_reading_goes_on_at_the_next_row() {
        let torn = events("[\n  {\"@message\":\"a\",:},\n  {\"@message\":\"b\"}\n]");
        assert_eq!((torn.heads.as_slice(), torn.tally.troubles.len()), ([26].as_slice(), 1));
        let nested =
            events("[\n  {\n    \"a\":,\n    \"b\": {\n      \"c\": [\n        {\"d\":1}\n      ]\n    }\n  }\n]");
        assert_eq!((nested.heads.len(), nested.tally.troubles.len()), (0, 1));
        let cut = events("{\"results\":[\n[{\"field\":\"a\",\"value\":\"1\"}],\n[{\"field\":\"a\",\"val");
        assert_eq!((cut.heads.len(), cut.tally.troubles.len()), (1, 1));
    }

    #[test]
    fn cut_anywhere_nothing_is_lost_silently() {
        let whole = r#"{"results":[[{"field":"a","value":"é\"1"}],[{"field":"b","value":"2"}]],"status":"Complete"}"#;
        for length in (1..=whole.len()).filter(|it| whole.is_char_boundary(*it)) {
            let found = events(&whole[..length]);
            assert!(found.heads.len() == 2 || length < 71, "{length}");
            let troubles = usize::from(length < whole.len());
            assert_eq!(found.tally.troubles.len(), troubles, "{}", &whole[..length]);
        }
    }
}
