//! The pre-filter: texts that an event must hold, searched in the bytes of a block before anything is read.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;

use crate::event::Events;
use crate::read::{Reader, Stream};
use crate::window::Window;

/// Shorter texts are in most events.
const SHORTEST: usize = 3;

/// After how many events a pre-filter that keeps nearly everything is given up.
const TRIAL: usize = 100;

/// How many bytes are searched for one text before they are searched for the next: they stay in the nearest cache.
const WINDOW: usize = 1 << 14;

/// Texts that every event that counts holds, ready to be searched.
pub(crate) struct Needles {
    /// The one that most likely stands in the fewest events.
    first: Sought,
    others: Vec<Finder<'static>>,
    /// What any ASCII character may hide behind in JSON.
    escape: Finder<'static>,
}

/// What is searched first.
enum Sought {
    One(Box<Finder<'static>>),
    /// One of several, and how long the longest is.
    Any(AhoCorasick, usize),
}

impl Needles {
    /// Texts of which every event that counts holds one; `None` if there are none, or where one of them tells nothing.
    pub(crate) fn any(texts: &[String]) -> Option<Needles> {
        let longest = texts.iter().map(String::len).max().filter(|_| texts.iter().all(|it| is_useful(it)))?;
        // A match that begins before another one must not be told later.
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(texts).ok()?;
        let first = Sought::Any(search, longest);
        Some(Needles { first, others: Vec::new(), escape: Finder::new(r"\u00") })
    }

    /// The texts of these that can tell anything, values before keys, which more events share; `None` if none can.
    pub(crate) fn new(literals: &[String], keys: &[&str]) -> Option<Needles> {
        let literals = longest_first(literals.iter().map(String::as_str));
        let keys = longest_first(keys.iter().copied());
        let mut finders = literals.iter().chain(&keys).map(|it| Finder::new(it.as_bytes()).into_owned());
        Some(Needles {
            first: Sought::One(Box::new(finders.next()?)),
            others: finders.collect(),
            escape: Finder::new(r"\u00"),
        })
    }

    /// Reads the events of a block that may hold all the texts.
    pub(crate) fn read(&self, reader: &Reader, bytes: &[u8], events: &mut Events) {
        // What is before `at` is done; of that, so many bytes were read as events.
        let mut at = 0;
        let (mut read, mut trials) = (0, 0);
        while let Some(hit) = self.next(bytes, at) {
            let start = (reader.before)(bytes, hit).max(at);
            let end = (reader.after)(bytes, hit + 1..bytes.len()).unwrap_or(bytes.len());
            let event = &bytes[start..end];
            note_groups(reader, bytes, at..start, events);
            if self.others.iter().all(|it| it.find(event).is_some()) || self.escape.find(event).is_some() {
                (reader.read)(bytes, start..end, events);
                read += end - start;
            } else {
                note_groups(reader, bytes, start..end, events);
            }
            at = end;
            trials += 1;
            if trials > TRIAL && read > at / 8 * 7 {
                return (reader.read)(bytes, at..bytes.len(), events);
            }
        }
        note_groups(reader, bytes, at..bytes.len(), events);
        look_at_end(reader, bytes, at, events);
    }

    /// The first place at or behind `at` that speaks for its event: the text that is searched first, or an escape.
    fn next(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        // Window by window, so that the second search finds the bytes in the cache.
        while at < bytes.len() {
            let end = bytes.len().min(at + WINDOW);
            // What is found may reach over the end of the window.
            let longest = self.first.longest().max(self.escape.needle().len());
            let seam = bytes.len().min(end + longest - 1);
            let text = self.first.find(&bytes[at..seam]);
            // Behind a text that was found, an escape is of no use any more.
            let before = text.map_or(seam, |it| at + it);
            let escape = self.escape(&bytes[at..before]);
            if let Some(found) = escape.or(text) {
                return Some(at + found);
            }
            at = end;
        }
        None
    }

    /// The first escape that any character may hide behind. Most logs have few backslashes, and those are found sooner.
    fn escape(&self, bytes: &[u8]) -> Option<usize> {
        let first = memchr::memchr(b'\\', bytes)?;
        self.escape.find(&bytes[first..]).map(|it| first + it)
    }
}

impl Sought {
    fn find(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Sought::One(it) => it.find(bytes),
            Sought::Any(it, _) => it.find(bytes).map(|it| it.start()),
        }
    }

    fn longest(&self) -> usize {
        match self {
            Sought::One(it) => it.needle().len(),
            Sought::Any(_, longest) => *longest,
        }
    }
}

/// The texts of these that can tell anything.
fn longest_first<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let mut useful: Vec<&str> = texts.filter(|it| is_useful(it)).collect();
    useful.sort_by_key(|it| std::cmp::Reverse(it.len()));
    useful
}

/// Notes the groups of a stretch that is passed over: a group was looked at all the same.
fn note_groups(reader: &Reader, bytes: &[u8], range: Range<usize>, events: &mut Events) {
    if let Stream::Group(heads) = reader.stream
        && !range.is_empty()
    {
        (heads.0)(bytes, range, events);
    }
}

/// Looks at the last event of what is passed over from here on: where a file breaks off, it breaks off there.
fn look_at_end(reader: &Reader, bytes: &[u8], from: usize, events: &mut Events) {
    if from >= bytes.len() {
        return;
    }
    let start = (reader.before)(bytes, bytes.len() - 1).max(from);
    let mut last = Events::within(Window::nothing());
    last.layout.clone_from(&events.layout);
    (reader.read)(bytes, start..bytes.len(), &mut last);
    // The heads of groups may have told of it already.
    last.tally.troubles.retain(|it| !events.tally.troubles.contains(it));
    events.tally.troubles.append(&mut last.tally.troubles);
}

/// Whether a text stands in an event's bytes as it is, unless a character of it is written `\u00XX`.
fn is_useful(literal: &str) -> bool {
    let plain = |it: u8| (b' '..=b'~').contains(&it) && !matches!(it, b'"' | b'\\' | b'/');
    literal.len() >= SHORTEST && literal.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::read::find;
    use crate::window::Window;

    fn kept(literals: &[&str], bytes: &[u8]) -> Vec<u32> {
        let literals: Vec<String> = literals.iter().map(|it| (*it).to_owned()).collect();
        let mut events = Events::within(Window::all());
        Needles::new(&literals, &[]).unwrap().read(find("export").unwrap(), bytes, &mut events);
        events.heads
    }

    #[test]
    fn an_event_is_kept_wherever_the_text_lies() {
        for at in (0..12).chain(WINDOW - 40..WINDOW + 40) {
            for text in ["needle", r"nee\u0064le"] {
                let filler = "x".repeat(at);
                let log = format!("1767225600000 {filler}\n  {text}\n1767225600001 other\n");
                assert_eq!(kept(&["needle"], log.as_bytes()), [0], "{text} at {at}");
            }
        }
    }

    #[test]
    fn all_texts_must_be_in_the_same_event() {
        let log = "1767225600000 one two\n1767225600000 one\n1767225600000 two three one\n1767225600000 two\n";
        assert_eq!(kept(&["one", "two"], log.as_bytes()), [0, 40]);
        assert_eq!(kept(&["one", "/two"], log.as_bytes()), [0, 22, 40]);
    }

    #[test]
    fn of_alternatives_one_must_be_there() {
        let log = "1767225600000 one\n1767225600000 two\n1767225600000 three\n1767225600000 \\u006fne\n";
        let mut events = Events::within(Window::all());
        let texts = ["one", "three"].map(str::to_owned);
        Needles::any(&texts).unwrap().read(find("export").unwrap(), log.as_bytes(), &mut events);
        assert_eq!(events.heads, [0, 36, 56]);
        assert!(Needles::any(&[]).is_none());
    }

    #[test]
    fn what_may_be_written_otherwise_tells_nothing() {
        for literal in ["ab", "", "é is", "a/b", "a\"b", "a\\b", "a\tb"] {
            assert!(Needles::new(&[literal.to_owned()], &[literal]).is_none(), "{literal:?}");
            assert!(Needles::any(&[literal.to_owned(), String::from("long enough")]).is_none(), "{literal:?}");
        }
    }
}
