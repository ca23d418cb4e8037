//! The input formats, found by content: where events begin, and how they are read.

use std::ops::Range;

use crate::event::Events;

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
    /// Do these first bytes of a file look like it?
    pub sniff: fn(&[u8]) -> bool,
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

/// The format that a file's first bytes look like.
pub(crate) fn sniff(head: &[u8]) -> Option<&'static Reader> {
    ALL.iter().find(|it| (it.sniff)(head)).copied()
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("name", &self.name).finish_non_exhaustive()
    }
}
