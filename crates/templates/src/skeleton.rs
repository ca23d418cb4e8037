//! A message's skeleton: what is left of it when times, ids, addresses and numbers are taken out.
//!
//! A skeleton is text in which a mark stands for each value taken out, so equal skeletons are equal texts. Words are
//! read from left to right in one pass; runs of white space count as one space.

use crate::calendar::written_time;
use crate::kind::{Kind, of_part, of_word};

/// How many words of a message are looked at.
const MOST_WORDS: usize = 128;
/// How long a skeleton grows, in bytes, before what follows is cut.
const LONGEST: usize = 2048;
/// How long a word is, in bytes, that may be one of a template: what is longer is a value.
const LONGEST_WORD: usize = 200;

/// A skeleton, and where in its message the values lie that were taken out.
#[derive(Clone, Default)]
pub(crate) struct Skeleton {
    /// The text with its marks.
    pub(crate) text: String,
    /// The place of each mark's value in the message, in bytes.
    pub(crate) values: Vec<(usize, usize)>,
}

impl Skeleton {
    /// Reads a message, in the room of the last one.
    pub(crate) fn read(&mut self, message: &str) {
        self.text.clear();
        self.values.clear();
        let bytes = message.as_bytes();
        let (mut at, mut words) = (0, 0);
        while let Some(byte) = bytes.get(at) {
            if words == MOST_WORDS || self.text.len() > LONGEST {
                self.take(Kind::Rest, message, at, bytes.len());
                return;
            }
            if !is_of_word(*byte) {
                self.keep_separator(*byte);
                at += 1;
                continue;
            }
            let end = at + bytes[at..].iter().take_while(|it| is_of_word(**it)).count();
            let (begin, behind) = peeled(bytes, at, end);
            self.keep(&message[at..begin]);
            if let Some(length) = written_time(&bytes[begin..]) {
                self.take(Kind::Time, message, begin, begin + length);
                words += 1;
                at = self.fraction(bytes, begin + length);
                continue;
            }
            if begin < behind {
                self.word(message, begin, behind);
                words += 1;
            }
            self.keep(&message[behind..end]);
            at = self.fraction(bytes, end);
        }
    }

    /// A byte that is no part of a word.
    fn keep_separator(&mut self, byte: u8) {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {
                if !self.text.ends_with(' ') {
                    self.text.push(' ');
                }
            }
            // Marks are of this range, and no message may forge one.
            _ if byte.is_ascii_control() => self.text.push(char::REPLACEMENT_CHARACTER),
            _ => self.text.push(char::from(byte)),
        }
    }

    fn keep(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The digits behind the comma of a time that ends here: `10:20:30,125`; and where they end.
    fn fraction(&mut self, bytes: &[u8], end: usize) -> usize {
        if bytes.get(end) != Some(&b',') || !self.text.ends_with(Kind::Time.mark()) {
            return end;
        }
        let word = bytes[end + 1..].iter().take_while(|it| is_of_word(**it)).count();
        let behind = end + 1 + word;
        if !(1..=9).contains(&word) || !bytes[end + 1..behind].iter().all(u8::is_ascii_digit) {
            return end;
        }
        self.values.iter_mut().last().into_iter().for_each(|it| it.1 = behind);
        behind
    }

    /// Takes a value out. A date and the time behind it, and the offset behind that, are one.
    fn take(&mut self, kind: Kind, message: &str, begin: usize, end: usize) {
        let is_behind_time = self.text.ends_with(' ') && self.text[..self.text.len() - 1].ends_with(Kind::Time.mark());
        if is_behind_time
            && let Some(last) = self.values.last_mut()
            && goes_on(&message[last.0..last.1], kind, &message[begin..end])
        {
            self.text.pop();
            last.1 = end;
            return;
        }
        self.text.push(kind.mark());
        self.values.push((begin, end));
    }

    /// A word: of one kind, or else each of its parts by itself.
    fn word(&mut self, message: &str, begin: usize, end: usize) {
        let bytes = message.as_bytes();
        if end - begin > LONGEST_WORD {
            return self.take(Kind::Token, message, begin, end);
        }
        if !bytes[begin..end].iter().any(|it| it.is_ascii_digit() || *it == b'@') {
            return self.keep(&message[begin..end]);
        }
        if let Some((kind, length)) = of_word(&bytes[begin..end]) {
            self.take(kind, message, begin, begin + length);
            return self.keep(&message[begin + length..end]);
        }
        let mut at = begin;
        while at < end {
            if parts(bytes[at]) {
                self.keep(&message[at..at + 1]);
                at += 1;
                continue;
            }
            let behind = at + bytes[at..end].iter().take_while(|it| !parts(**it)).count();
            match of_part(&bytes[at..behind]) {
                Some((kind, length)) => {
                    self.take(kind, message, at, at + length);
                    self.keep(&message[at + length..behind]);
                }
                None => self.keep(&message[at..behind]),
            }
            at = behind;
        }
    }
}

/// Whether a value belongs to the time before it: the time of day of a date, or the offset of a time of day.
fn goes_on(time: &str, kind: Kind, behind: &str) -> bool {
    let has_clock = time.contains(':');
    let begins_with_clock = || behind.split_once(':').is_some_and(|(hours, _)| hours.len() <= 2);
    match kind {
        Kind::Time => !has_clock && begins_with_clock(),
        Kind::Number => has_clock && is_offset(behind),
        _ => false,
    }
}

/// `+0100`, `-1130`: no clock on Earth is further from that of Greenwich than 14 hours.
fn is_offset(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).filter(|it| it.len() == 4);
    let number = digits.and_then(|it| it.parse::<u32>().ok());
    number.is_some_and(|it| it <= 1400 && it % 100 < 60)
}

/// Whether a byte is part of a word. What is not ASCII is.
pub(crate) fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || !byte.is_ascii()
        || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'@' | b'+' | b'%' | b'#' | b'$' | b'~' | b'&')
}

/// Whether a byte parts a word into what may vary by itself: a path at its slashes.
fn parts(byte: u8) -> bool {
    matches!(byte, b'/' | b':' | b'@' | b'#' | b'&' | b'%' | b'+' | b'~' | b'$')
}

/// A word without the marks of punctuation around it.
pub(crate) fn peeled(bytes: &[u8], mut begin: usize, mut end: usize) -> (usize, usize) {
    while begin < end && matches!(bytes[begin], b':' | b'.' | b'#' | b'&') {
        begin += 1;
    }
    while begin < end && matches!(bytes[end - 1], b':' | b'.' | b'&') {
        end -= 1;
    }
    // A word of nothing but punctuation is none.
    if bytes[begin..end].iter().all(|it| it.is_ascii_punctuation()) { (end, end) } else { (begin, end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(message: &str) -> String {
        let mut skeleton = Skeleton::default();
        skeleton.read(message);
        let name = |it: char| Kind::of_mark(it).map_or(it.to_string(), |kind| format!("<{}>", kind.name()));
        skeleton.text.chars().map(name).collect()
    }

    #[test]
    fn values_are_taken_out_and_words_stay() {
        let cases = [
            ("10:20:30 [INFO] stored order 17 for a-1", "<Time> [INFO] stored order <Number> for a-1"),
            ("Duration: 12.5 ms  Billed: 13ms.", "Duration: <Number> ms Billed: <Number>ms."),
            (r#"{"level":"INFO","n":5,"t":"2026-01-31"}"#, r#"{"level":"INFO","n":<Number>,"t":"<Time>"}"#),
            ("GET /orders/1234/items?page=2 - 200", "GET /orders/<Number>/items?page=<Number> - <Number>"),
            ("id=3f2504e0-4f89-11d3-9a0c-0305e82c3301,", "id=<ID>,"),
            ("arn:aws:lambda:us-east-1:123456789012:function:f", "arn:aws:lambda:us-east-1:<Number>:function:f"),
            ("from 10.0.0.1:443 by ann@example.org", "from <IP> by <Email>"),
            ("Größe 5 für Ölstand…", "Größe <Number> für Ölstand…"),
            ("[2026-01-31 10:20:30,125] x", "[<Time>] x"),
            ("31/Jan/2026:10:20:30 +0000 5", "<Time> <Number>"),
            ("10:20:30, 5 10:20:30,5a", "<Time>, <Number> <Time>,<Number>a"),
            ("10:20 -5", "<Time> <Number>"),
            ("at Mon Jul 25 23:24:09 2005 (Jun  5 04:06:18,25): Sun", "at <Time> (<Time>): Sun"),
            ("10:20:30 -4001 bytes, 10:20:30 +0575", "<Time> <Number> bytes, <Time> <Number>"),
            ("2026-01-01 2026-02-02 10:20 11:30 +1400", "<Time> <Time> <Time>"),
            ("", ""),
            ("--- : ---", "--- : ---"),
        ];
        for (message, skeleton) in cases {
            assert_eq!(shown(message), skeleton);
        }
    }

    #[test]
    fn a_message_cannot_forge_a_mark() {
        assert_eq!(shown("a \u{1} b \u{6}"), "a \u{fffd} b \u{fffd}");
    }

    #[test]
    fn what_is_long_is_cut() {
        let mut skeleton = Skeleton::default();
        skeleton.read(&"word ".repeat(1_000_000));
        assert!(skeleton.text.ends_with(Kind::Rest.mark()) && skeleton.text.len() < 1000);
        skeleton.read(&"x".repeat(100_000));
        assert_eq!(skeleton.text, Kind::Token.mark().to_string());
        skeleton.read(&"[ü]".repeat(100_000));
        assert!(skeleton.text.len() < 3000);
    }
}
