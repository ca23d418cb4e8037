//! JSON that people and programs save: a list of objects, or indented objects one after another.
//!
//! Where an object of the list begins cannot be told from the bytes there, so such a file is read in one piece.

use std::ops::Range;

use crate::json::scan::{blanks, skip_container};
use crate::read::list::{self, List, indent_of};
use crate::read::{Reader, Stream};

/// `[{"time": "2026-01-01T00:00:00Z", "level": "INFO"}, …]`
pub static DOCUMENTS: Reader = Reader {
    name: "documents",
    endings: &[".json"],
    doc: "A JSON list of objects, or objects one after another, over several lines or several on one: each object is a message, with \
          its time as in JSON Lines. Read in one piece, of up to 256 MiB.",
    stream: Stream::Data,
    sniff,
    tolerates: 0,
    before: |_, _| 0,
    after: whole,
    read: |bytes, range, events| list::read(&OBJECTS, bytes, range, events),
};

const OBJECTS: List = List {
    key: b"",
    // What stands further in is a part of another.
    begins: |bytes, at, indent| indent_of(bytes, at).is_some_and(|it| it <= indent),
    in_one_piece: true,
};

/// Where the events of a file begin that is read in one piece.
pub(super) fn whole(_: &[u8], range: Range<usize>) -> Option<usize> {
    (range.start == 0 && range.end > 0).then_some(0)
}

fn sniff(head: &[u8]) -> bool {
    let start = blanks(head, 0);
    match head.get(start) {
        Some(b'[') => opens_list(head, start),
        Some(b'{') => is_indented(head, start) || is_joined(head, start),
        _ => false,
    }
}

/// Whether a list of objects opens here, with nothing behind it but more of them: lines may be lists themselves.
fn opens_list(head: &[u8], at: usize) -> bool {
    let object = blanks(head, at + 1);
    let inside = head.get(object + 1..).map(|_| blanks(head, object + 1)).and_then(|it| head.get(it));
    let is_list = head.get(object) == Some(&b'{') && matches!(inside, Some(b'"' | b'}'));
    let behind = skip_container(head, at, 0).and_then(|it| head.get(blanks(head, it)));
    is_list && behind.is_none_or(|it| *it == b'[')
}

/// Whether another object follows on the same line: Firehose puts nothing between what it is given.
fn is_joined(head: &[u8], at: usize) -> bool {
    let object = skip_container(head, at, 0).map(|it| (it, blanks(head, it)));
    object.is_some_and(|(end, next)| head.get(next) == Some(&b'{') && !head[end..next].contains(&b'\n'))
}

/// Whether the object goes on in the next line, with a key: a line that broke off does not.
fn is_indented(head: &[u8], at: usize) -> bool {
    let Some(end) = memchr::memchr(b'\n', &head[at..]) else { return false };
    let line = head[at..at + end].trim_ascii_end();
    matches!(line.last(), Some(b'{' | b',')) && head.get(blanks(head, at + end)) == Some(&b'"')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Events;
    use crate::window::Window;

    #[test]
    fn lists_and_indented_objects_are_known() {
        for (head, is_known) in [
            (r#"[{"a":1}]"#, true),
            ("[\n  {\n    \"a\": {", true),
            ("{\n  \"a\": 1\n}", true),
            ("{\"a\": 1,\n \"b\": 2}", true),
            ("[{}]", true),
            (r#"{"a":1}{"a":2}"#, true),
            (r#"{"a":1} {"a":2}"#, true),
            ("{\"a\":1}\n{\"a\":2}", false),
            (r#"{"a":1}"#, false),
            ("{\"a\":\"cut o\n{\"a\":2}", false),
            ("{\"a\":1,\n{\"a\":2}", false),
            ("[{\"a\":1}]\n[{\"a\":2}]\n", true),
            ("[{\"a\":1}]\n{\"a\":2}\n", false),
            ("[1,2]", false),
            ("[INFO] {", false),
            ("[", false),
            ("", false),
        ] {
            assert_eq!(sniff(head.as_bytes()), is_known, "{head}");
        }
    }

    #[test]
    fn elements_that_are_no_objects_are_passed_over_and_told() {
        for odd in ["null", "1", "-1.5", "true", r#""a, {\"b\":1}""#] {
            let text = format!(r#"[{{"a":1}},{odd},{{"a":{{"b":2}}}},{odd} , {{"a":3}}, {odd}]"#);
            let mut events = Events::within(Window::all());
            (DOCUMENTS.read)(text.as_bytes(), 0..text.len(), &mut events);
            assert_eq!((events.heads.len(), events.tally.troubles.len()), (3, 3), "{text}");
        }
    }

    #[test]
    fn many_tears_in_a_line_take_linear_time() {
        let text = format!("[{}]", r#"{"a":1,},"#.repeat(400_000));
        let mut events = Events::within(Window::all());
        let begun = std::time::Instant::now();
        (DOCUMENTS.read)(text.as_bytes(), 0..text.len(), &mut events);
        assert!(!events.tally.troubles.is_empty());
        assert!(begun.elapsed().as_secs() < 5);
    }

    #[test]
    fn a_list_that_is_not_closed_is_told() {
        for (text, troubles) in [
            ("[{\"a\":1},", 1),
            ("[{\"a\":1}", 1),
            ("[{\"a\":1},{", 1),
            ("[{\"a\":1}]\n", 0),
            ("[]", 0),
            ("[{\"a\":1}]\n[{\"a\":2}]", 0),
            ("[{\"a\":1}]\n[{\"a\":2}", 1),
            ("{\n\"a\":1}\n{\n\"a\":2}", 0),
        ] {
            let mut events = Events::within(Window::all());
            (DOCUMENTS.read)(text.as_bytes(), 0..text.len(), &mut events);
            assert_eq!(events.tally.troubles.len(), troubles, "{text}");
        }
    }

    #[test]
    fn behind_a_tear_no_nested_object_is_an_event() {
        for (indent, text) in [
            ("  ", "[\n  {\n    \"a\":,\n    \"b\": [\n      {\"c\":1}\n    ]\n  },\n  {\n    \"d\":1\n  }\n]"),
            ("", "[{\n \"a\":,\n \"b\": [\n  {\"c\":1}]},\n{ \"d\":1}]"),
        ] {
            let mut events = Events::within(Window::all());
            (DOCUMENTS.read)(text.as_bytes(), 0..text.len(), &mut events);
            let last = text.rfind(&format!("\n{indent}{{")).map(|it| (it + 1 + indent.len()) as u32);
            assert_eq!(events.heads, last.into_iter().collect::<Vec<_>>(), "{text}");
            assert_eq!(events.tally.troubles.len(), 1, "{text}");
        }
    }

    #[test]
    fn behind_a_tear_reading_goes_on_at_the_next_line() {
        let text = "[\n{\"a\":{\"b\":1},},\n{\"time\":1767225600}\n]";
        let mut events = Events::within(Window::all());
        (DOCUMENTS.read)(text.as_bytes(), 0..text.len(), &mut events);
        assert_eq!(events.heads, [18]);
        assert_eq!(events.tally.troubles.len(), 1);
    }
}
