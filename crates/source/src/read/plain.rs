//! Any other text: each line an event without a time.

use std::ops::Range;

use crate::event::Events;
use crate::read::{Reader, Stream, lines};

/// `level=info message="ready"`
pub static PLAIN: Reader = Reader {
    name: "plain",
    endings: &[".txt", ".log"],
    doc: "Any other text in UTF-8: each line is an event without a time, so a time range leaves it out. Blank lines \
          are nothing. The file's name is the stream's.",
    stream: Stream::File,
    sniff: is_text,
    tolerates: usize::MAX,
    before: |bytes, at| lines::start(bytes, at),
    after: |bytes, range| lines::starts(bytes, range).next(),
    read,
};

/// Whether bytes are text, as far as they are seen: UTF-8 with a letter or sign in it, and without NUL.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(it) => it.as_bytes(),
        // The last character may be cut.
        Err(error) if error.error_len().is_none() => &head[..error.valid_up_to()],
        Err(_) => return false,
    };
    !valid.contains(&0) && !valid.trim_ascii().is_empty()
}

fn read(bytes: &[u8], range: Range<usize>, events: &mut Events) {
    let range_end = range.end.min(bytes.len());
    let mut at = range.start;
    while at < range_end {
        let end = lines::end(bytes, at..range_end);
        let message = &bytes[at..end];
        if !message.trim_ascii().is_empty() {
            let length = message.strip_suffix(b"\r").unwrap_or(message).len();
            events.add(at, None, at, at + length);
        }
        at = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_utf_8_with_something_in_it() {
        for (head, is) in [
            (b"level=info\n".as_slice(), true),
            (b"\xc3\xa9t\xc3".as_slice(), true),
            (b"\xe9t\xe9 en France".as_slice(), false),
            (b"a\0b".as_slice(), false),
            (b" \n\r\n".as_slice(), false),
            (b"".as_slice(), false),
        ] {
            assert_eq!(is_text(head), is, "{head:?}");
        }
    }
}
