//! A block: some megabytes of whole events, and the columns that are made of them.

use std::sync::OnceLock;

use plan::Wanted;
use value::Column;

use crate::catalog::Origin;
use crate::discover;
use crate::event::{Events, Place, UNTIMED, write_lossy};

/// How many bits of a place are the offset in the file; the file's number is above them.
const OFFSET_BITS: u32 = 40;

/// Events of one file, handed over together: those within the range that the pre-filter did not pass over.
///
/// It borrows the file, or the buffer that the file was inflated into.
#[derive(Debug)]
pub struct Block<'a> {
    origin: &'a Origin,
    /// The stream, where the file's place says it and the events do not.
    stream: Option<&'a str>,
    bytes: &'a [u8],
    /// Where the bytes begin in the (inflated) file.
    base: u64,
    events: Events,
    text: OnceLock<Text<'a>>,
}

/// What the messages are slices of, once somebody has asked for one.
#[derive(Debug)]
struct Text<'a> {
    /// The block's bytes, where all of them are UTF-8.
    whole: &'a str,
    /// Otherwise the messages one after another, with their ends.
    copied: Option<(String, Vec<usize>)>,
    /// How many stretches were no UTF-8.
    replaced: u64,
}

impl<'a> Block<'a> {
    pub(crate) fn new(
        origin: &'a Origin,
        stream: Option<&'a str>,
        bytes: &'a [u8],
        base: u64,
        events: Events,
    ) -> Block<'a> {
        Block { origin, stream, bytes, base, events, text: OnceLock::new() }
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The log group.
    pub fn group(&self) -> &str {
        &self.origin.group
    }

    /// A column for each wanted field, for all events or for those of the given rows, in their order.
    ///
    /// As text, `@timestamp` and `@ingestionTime` are [`Column::Time`], `@ptr` is a [`Column::Place`], everything else
    /// [`Column::Text`] or [`Column::Same`]. Each message is looked at once, whatever is wanted of it.
    pub fn columns(&self, wanted: &[Wanted], rows: Option<&[u32]>) -> Vec<Column> {
        discover::columns(self, wanted, Rows::of(self.len(), rows))
    }

    /// The message of an event.
    #[inline]
    pub fn message(&self, row: usize) -> &str {
        let text = self.text();
        if let Some((messages, ends)) = &text.copied {
            let start = row.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or_default();
            let end = ends.get(row).copied().unwrap_or(start);
            return messages.get(start..end).unwrap_or_default();
        }
        let slice = match self.events.message(row) {
            Place::Block(start, end) => text.whole.get(start..end),
            Place::Anew(start, end) => self.events.anew().get(start..end),
        };
        slice.unwrap_or_default()
    }

    /// When an event happened, in epoch milliseconds.
    pub fn time(&self, row: usize) -> Option<i64> {
        self.events.times.get(row).copied().filter(|it| *it != UNTIMED)
    }

    /// When the service received an event, in epoch milliseconds.
    pub fn ingested(&self, row: usize) -> Option<i64> {
        self.events.ingested(row)
    }

    /// The log stream of an event.
    pub fn stream(&self, row: usize) -> Option<&str> {
        self.events.stream_of(row).or(self.stream)
    }

    /// Where an event lies in the archive: the number of its file in the high 24 bits, its offset in the (inflated)
    /// file in the low 40. This is the order of the archive.
    pub fn place(&self, row: usize) -> u64 {
        let offset = self.base + u64::from(self.events.heads.get(row).copied().unwrap_or_default());
        (self.origin.file as u64) << OFFSET_BITS | offset & ((1 << OFFSET_BITS) - 1)
    }

    pub(crate) fn origin(&self) -> &Origin {
        self.origin
    }

    /// The stream of all events, where they have one in common; the times; the times of receipt.
    pub(crate) fn events(&self) -> &Events {
        &self.events
    }

    pub(crate) fn common_stream(&self) -> Option<&str> {
        self.stream
    }

    /// How many stretches of the messages were no UTF-8, as far as anybody has looked.
    pub(crate) fn replaced(&self) -> u64 {
        self.text.get().map_or(0, |it| it.replaced) + self.events.tally.replaced
    }

    fn text(&self) -> &Text<'a> {
        self.text.get_or_init(|| {
            // Few messages of a large block: checking all of its bytes would be most of the work.
            let few = self.events.bytes() < self.bytes.len() as u64 / 2;
            match if few { None } else { std::str::from_utf8(self.bytes).ok() } {
                Some(whole) => Text { whole, copied: None, replaced: 0 },
                None => self.copied(),
            }
        })
    }

    fn copied(&self) -> Text<'a> {
        let mut messages = String::with_capacity(self.events.bytes() as usize);
        let mut ends = Vec::with_capacity(self.len());
        let mut replaced = 0;
        for row in 0..self.len() {
            match self.events.message(row) {
                Place::Block(start, end) => {
                    replaced += write_lossy(self.bytes.get(start..end).unwrap_or_default(), &mut messages);
                }
                Place::Anew(start, end) => messages.push_str(self.events.anew().get(start..end).unwrap_or_default()),
            }
            ends.push(messages.len());
        }
        Text { whole: "", copied: Some((messages, ends)), replaced }
    }
}

/// Rows of a block: all, or some.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rows<'r> {
    All(usize),
    Some(&'r [u32]),
}

impl<'r> Rows<'r> {
    fn of(len: usize, rows: Option<&'r [u32]>) -> Rows<'r> {
        rows.map_or(Rows::All(len), Rows::Some)
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Rows::All(len) => len,
            Rows::Some(rows) => rows.len(),
        }
    }

    /// Each row's number in the block.
    pub(crate) fn each(self) -> impl Iterator<Item = usize> + Clone + 'r {
        let (len, rows): (usize, &[u32]) = match self {
            Rows::All(len) => (len, &[]),
            Rows::Some(rows) => (0, rows),
        };
        (0..len).chain(rows.iter().map(|it| *it as usize))
    }
}
