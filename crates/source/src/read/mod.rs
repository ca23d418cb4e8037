//! The input formats, found by content: where events begin, and how they are read.

use std::ops::Range;

use crate::event::Events;

mod access;
mod awslogs;
mod braces;
mod cloudtrail;
mod dates;
mod documents;
pub(crate) mod events;
pub(crate) mod export;
mod flow;
mod heads;
pub(crate) mod jsonl;
mod lines;
mod list;
mod livetail;
pub(crate) mod object;
mod plain;
mod record;
mod results;
mod subscription;
mod syslog;
mod tail;
mod text;

pub(crate) use flow::FLOW;

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
    /// Where the names of stream and group come from when the data does not say them.
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

/// Where the name of a log stream comes from, and that of its group.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    /// The folder that the file is in.
    Folder,
    /// The file itself: its name is what tells such logs apart.
    File,
    /// Only the data itself.
    Data,
    /// The same, of which messages are made that do not stand in it: no text can be searched in the bytes.
    Made,
    /// The data itself, which names the log group, too.
    Group(Heads),
    /// The same, of data that is packed within the bytes: no text can be searched in them.
    Packed,
}

/// Notes which log groups a stretch of bytes names, and reads none of their events.
#[derive(Clone, Copy)]
pub struct Heads(pub(crate) fn(&[u8], Range<usize>, &mut Events));

/// All input formats, in the order in which they are tried; the last is asked where no line looks like any other.
pub static ALL: &[&Reader] = &[
    &subscription::SUBSCRIPTION,
    // Records may well have texts in base64.
    &cloudtrail::CLOUDTRAIL,
    &awslogs::AWSLOGS,
    &livetail::LIVETAIL,
    &tail::TAIL,
    &syslog::SYSLOG,
    &export::EXPORT,
    &events::EVENTS,
    &results::RESULTS,
    &jsonl::JSONL,
    &documents::DOCUMENTS,
    &flow::FLOW,
    &access::ACCESS,
    &text::TEXT,
    &plain::PLAIN,
];

/// The format of this name.
pub fn find(name: &str) -> Option<&'static Reader> {
    ALL.iter().find(|it| it.name == name).copied()
}

/// The format of a file with these first bytes: the first line that looks like something decides.
pub(crate) fn sniff(head: &[u8]) -> Option<&'static Reader> {
    let (last, others) = ALL.split_last()?;
    let mut lines = lines::starts(head, 0..head.len()).enumerate();
    let looks_like = |(line, start): (usize, usize)| {
        others.iter().find(|it| line <= it.tolerates && (it.sniff)(&head[start..])).copied()
    };
    lines.find_map(looks_like).or_else(|| Some(*last).filter(|it| (it.sniff)(head)))
}

impl Reader {
    /// Whether the data names the log groups of its events.
    pub(crate) fn names_groups(&self) -> bool {
        matches!(self.stream, Stream::Group(_) | Stream::Packed)
    }
}

impl std::fmt::Debug for Heads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Heads").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("name", &self.name).finish_non_exhaustive()
    }
}
