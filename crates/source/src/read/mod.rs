//! The input formats, found by content: where events begin, and how they are read.

use std::ops::Range;

use memchr::memmem;

use crate::event::Events;
use crate::json::scan::blanks;

pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod jsonl;
mod lines;
mod object;

/// An input format: bytes of a file → where its events lie.
///
/// A reader knows nothing of files, blocks and threads: it says where events begin, so that a file can be cut
/// anywhere, and reads a stretch of whole events.
pub struct Reader {
    /// What cases and `gw groups` call it.
    pub name: &'static str,
    /// How the names of such files often end; content decides, this is for people.
    pub endings: &'static [&'static str],
    /// What it reads.
    pub doc: &'static str,
    /// Where the stream's name comes from when the data does not say it.
    pub stream: Stream,
    /// Do these first bytes of a file look like it? A line begins with them.
    pub sniff: fn(&[u8]) -> bool,
    /// How many lines at the head of a file may be something else.
    pub tolerates: usize,
    /// Where the event begins that holds the byte at this place: the start of the bytes if none begins before.
    pub before: fn(&[u8], usize) -> usize,
    /// The first place in the range where an event begins.
    pub after: fn(&[u8], Range<usize>) -> Option<usize>,
    /// Adds the events of a stretch of bytes, which begins where an event or the file does.
    pub(crate) read: fn(&[u8], Range<usize>, &mut Events),
}

/// Where the name of a log stream comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The folder that the file is in.
    Folder,
    /// Only the data itself.
    Data,
}

/// All input formats, in the order in which they are tried.
pub static ALL: &[&Reader] = &[&export::EXPORT, &events::EVENTS, &jsonl::JSONL];

/// The format of this name.
pub fn find(name: &str) -> Option<&'static Reader> {
    ALL.iter().find(|it| it.name == name).copied()
}

/// Exports that would pass for JSON Lines and are something else: their first key, another, and what they are.
const LATER: &[(&str, &str, &str)] = &[
    ("messageType", "\"logEvents\"", "subscription records"),
    ("owner", "\"logEvents\"", "subscription records"),
    ("awslogs", "\"data\"", "a subscription's event for Lambda"),
    ("Records", "\"eventVersion\"", "a CloudTrail file"),
];

/// What a file is that is known and that no reader reads yet.
pub(crate) fn later(head: &[u8]) -> Option<&'static str> {
    let key = object::first_key(head, blanks(head, 0))?;
    let is = |first: &str, other: &str| first.as_bytes() == key && memmem::find(head, other.as_bytes()).is_some();
    LATER.iter().find(|(first, other, _)| is(first, other)).map(|it| it.2)
}

/// The format of a file with these first bytes: the first line that looks like something decides.
pub(crate) fn sniff(head: &[u8]) -> Option<&'static Reader> {
    let mut lines = lines::starts(head, 0..head.len()).enumerate();
    let looks_like = |(line, start): (usize, usize)| {
        ALL.iter().find(|it| line <= it.tolerates && (it.sniff)(&head[start..])).copied()
    };
    lines.find_map(looks_like)
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("name", &self.name).finish_non_exhaustive()
    }
}
