//! The pre-filter: texts that an event must hold, searched in the bytes of a block before anything is read.

use memchr::memmem::Finder;

use crate::event::Events;
use crate::read::Reader;

/// Shorter texts are in most events.
const SHORTEST: usize = 3;

/// In how many bytes at the least a pre-filter that keeps nearly everything is seen for what it is.
const TRIAL: usize = 1 << 16;

/// Texts that every event that counts holds, ready to be searched.
pub(crate) struct Needles {
    /// The longest.
    first: Finder<'static>,
    others: Vec<Finder<'static>>,
    /// What any ASCII character may hide behind in JSON.
    escape: Finder<'static>,
}

impl Needles {
    /// The texts of these that can tell anything; `None` if none can.
    pub(crate) fn new(literals: &[String]) -> Option<Needles> {
        let mut useful: Vec<&String> = literals.iter().filter(|it| is_useful(it)).collect();
        useful.sort_by_key(|it| std::cmp::Reverse(it.len()));
        let mut finders = useful.into_iter().map(|it| Finder::new(it.as_bytes()).into_owned());
        Some(Needles { first: finders.next()?, others: finders.collect(), escape: Finder::new(r"\u00") })
    }

    /// Reads the events of a block that may hold all the texts.
    pub(crate) fn read(&self, reader: &Reader, bytes: &[u8], events: &mut Events) {
        let mut hits = self.first.find_iter(bytes).peekable();
        let mut escapes = self.escape.find_iter(bytes).peekable();
        // What is before `at` is done; of that, so many bytes were read as events.
        let mut at = 0;
        let mut read = 0;
        loop {
            while hits.next_if(|it| *it < at).is_some() {}
            while escapes.next_if(|it| *it < at).is_some() {}
            let hit = match (hits.peek(), escapes.peek()) {
                (Some(hit), Some(escape)) => *hit.min(escape),
                (Some(it), None) | (None, Some(it)) => *it,
                (None, None) => return,
            };
            let start = (reader.before)(bytes, hit).max(at);
            let end = (reader.after)(bytes, hit + 1..bytes.len()).unwrap_or(bytes.len());
            let event = &bytes[start..end];
            if self.others.iter().all(|it| it.find(event).is_some()) || self.escape.find(event).is_some() {
                (reader.read)(bytes, start..end, events);
                read += end - start;
            }
            at = end;
            if at > TRIAL && read > at / 8 * 7 {
                return (reader.read)(bytes, at..bytes.len(), events);
            }
        }
    }
}

/// Whether a text stands in an event's bytes as it is, unless a character of it is written `\u00XX`.
fn is_useful(literal: &str) -> bool {
    let plain = |it: u8| (b' '..=b'~').contains(&it) && !matches!(it, b'"' | b'\\' | b'/');
    literal.len() >= SHORTEST && literal.bytes().all(plain)
}
