//! The pre-filter: texts that an event must hold, searched in the bytes of a block before anything is read.

use memchr::memmem::Finder;

use crate::event::Events;
use crate::read::Reader;

/// Shorter texts are in most events.
const SHORTEST: usize = 3;

/// In how many bytes at the least a pre-filter that keeps nearly everything is seen for what it is.
const TRIAL: usize = 1 << 16;

/// How many bytes are searched for one text before they are searched for the next.
const WINDOW: usize = 1 << 16;

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
        // What is before `at` is done; of that, so many bytes were read as events.
        let mut at = 0;
        let mut read = 0;
        while let Some(hit) = self.next(bytes, at) {
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

    /// The first place at or behind `at` that speaks for its event: the longest text, or an escape.
    fn next(&self, bytes: &[u8], mut at: usize) -> Option<usize> {
        // Window by window, so that the second search finds the bytes in the cache.
        while at < bytes.len() {
            let end = bytes.len().min(at + WINDOW);
            let seam = bytes.len().min(end + self.first.needle().len() - 1);
            let text = self.first.find(&bytes[at..seam]);
            // Behind a text that was found, an escape is of no use any more.
            let before = text.map_or(seam, |it| at + it);
            let escape = self.escape.find(&bytes[at..before]);
            if let Some(found) = escape.or(text) {
                return Some(at + found);
            }
            at = end;
        }
        None
    }
}

/// Whether a text stands in an event's bytes as it is, unless a character of it is written `\u00XX`.
fn is_useful(literal: &str) -> bool {
    let plain = |it: u8| (b' '..=b'~').contains(&it) && !matches!(it, b'"' | b'\\' | b'/');
    literal.len() >= SHORTEST && literal.bytes().all(plain)
}
