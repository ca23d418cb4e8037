//! The events of a block: where each lies, when it happened, and what the reader had to write anew of its message.

use std::collections::HashMap;

use crate::json::scalar::{Raw, unescape};
use crate::report::Trouble;
use crate::window::Window;

/// The time of an event that has none.
pub(crate) const UNTIMED: i64 = i64::MIN;

/// Set in a message's start where it lies in the text written anew, not in the block.
const ANEW: u32 = 1 << 31;

/// The events that a reader found in a block, as columns.
#[derive(Debug, Default)]
pub(crate) struct Events {
    /// Which of them are kept.
    pub(crate) window: Window,
    /// Where each begins, from the start of the block.
    pub(crate) heads: Vec<u32>,
    /// When each happened, in epoch milliseconds.
    pub(crate) times: Vec<i64>,
    /// When the service received each; empty where it is not known of any.
    pub(crate) ingested: Vec<i64>,
    /// The stream of each, as a number of `names` and one more; empty where it is not known of any.
    pub(crate) streams: Vec<u32>,
    /// The streams there are.
    pub(crate) names: Vec<Box<str>>,
    /// What was passed over or is wrong.
    pub(crate) tally: Tally,
    messages: Vec<(u32, u32)>,
    anew: String,
    numbers: HashMap<Box<str>, u32>,
}

/// What a reader counts beside the events it keeps.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Events seen, kept or not.
    pub(crate) seen: u64,
    /// Bytes of the messages of the events that were not kept, where all are to be counted.
    pub(crate) passed_bytes: u64,
    /// Events without a time, kept or not.
    pub(crate) untimed: u64,
    /// The times of the oldest and the newest event seen.
    pub(crate) times: Option<(i64, i64)>,
    /// What could not be read: where in the block, and what it is.
    pub(crate) troubles: Vec<(usize, Trouble)>,
    /// Stretches of bytes that are no UTF-8, in messages written anew.
    pub(crate) replaced: u64,
}

/// An event as JSON names it: the values where they stand in the bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    pub(crate) time: i64,
    pub(crate) ingested: Option<i64>,
    pub(crate) stream: Raw,
    pub(crate) message: Raw,
}

/// A message: a slice of the block, or of the text written anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Block(usize, usize),
    Anew(usize, usize),
}

impl Events {
    /// No events yet; those within the window will be kept.
    pub(crate) fn within(window: Window) -> Events {
        Events { window, ..Events::default() }
    }

    /// How many were kept.
    pub(crate) fn len(&self) -> usize {
        self.heads.len()
    }

    /// Adds an event whose message is a slice of the block.
    #[inline]
    pub(crate) fn add(&mut self, head: usize, time: Option<i64>, start: usize, end: usize) {
        if self.keeps(time, || end - start) {
            self.place(head, time, (start as u32, end as u32));
        }
    }

    /// Adds an event that stands in the block as JSON, with its message escaped.
    pub(crate) fn add_written(&mut self, bytes: &[u8], head: usize, event: &Written) {
        if !self.keeps(Some(event.time), || written_length(bytes, event.message)) {
            return;
        }
        let start = self.anew.len();
        self.tally.replaced += write(bytes, event.message, &mut self.anew);
        let message = (start as u32 | ANEW, self.anew.len() as u32);
        self.place(head, Some(event.time), message);
        if event.ingested.is_some() || !self.ingested.is_empty() {
            self.ingested.resize(self.heads.len() - 1, UNTIMED);
            self.ingested.push(event.ingested.unwrap_or(UNTIMED));
        }
        if event.stream != Raw::Missing || !self.streams.is_empty() {
            let stream = self.stream(bytes, event.stream);
            self.streams.resize(self.heads.len() - 1, 0);
            self.streams.push(stream);
        }
    }

    /// Says that something in the block could not be read.
    pub(crate) fn trouble(&mut self, at: usize, trouble: Trouble) {
        self.tally.troubles.push((at, trouble));
    }

    /// Where an event's message lies.
    #[inline]
    pub(crate) fn message(&self, row: usize) -> Place {
        match self.messages.get(row) {
            Some((start, end)) if start & ANEW != 0 => Place::Anew((start ^ ANEW) as usize, *end as usize),
            Some((start, end)) => Place::Block(*start as usize, *end as usize),
            None => Place::Block(0, 0),
        }
    }

    /// The text written anew.
    pub(crate) fn anew(&self) -> &str {
        &self.anew
    }

    /// The bytes of all messages that were kept.
    pub(crate) fn bytes(&self) -> u64 {
        self.messages.iter().map(|(start, end)| u64::from(end - (start & !ANEW))).sum()
    }

    /// When an event was received.
    pub(crate) fn ingested(&self, row: usize) -> Option<i64> {
        self.ingested.get(row).copied().filter(|it| *it != UNTIMED)
    }

    /// The stream of an event, where the data says it.
    pub(crate) fn stream_of(&self, row: usize) -> Option<&str> {
        let number = *self.streams.get(row)?;
        self.names.get((number as usize).checked_sub(1)?).map(|it| &**it)
    }

    #[inline]
    fn place(&mut self, head: usize, time: Option<i64>, message: (u32, u32)) {
        self.heads.push(head as u32);
        self.times.push(time.unwrap_or(UNTIMED));
        self.messages.push(message);
    }

    #[inline]
    fn keeps(&mut self, time: Option<i64>, length: impl FnOnce() -> usize) -> bool {
        self.tally.seen += 1;
        let keeps = match time {
            Some(time) => {
                let (oldest, newest) = self.tally.times.unwrap_or((time, time));
                self.tally.times = Some((oldest.min(time), newest.max(time)));
                self.window.holds(time)
            }
            None => {
                self.tally.untimed += 1;
                self.window.untimed
            }
        };
        if !keeps && self.window.counts {
            self.tally.passed_bytes += length() as u64;
        }
        keeps
    }

    /// The number of a stream: mostly that of the event before.
    fn stream(&mut self, bytes: &[u8], stream: Raw) -> u32 {
        if stream == Raw::Missing {
            return 0;
        }
        if let (Raw::Text { start, end, escaped: false }, Some(last)) = (stream, self.streams.last().copied())
            && let Some(name) = self.names.get((last as usize).wrapping_sub(1))
            && bytes.get(start as usize..end as usize) == Some(name.as_bytes())
        {
            return last;
        }
        let mut name = String::new();
        write(bytes, stream, &mut name);
        if let Some(number) = self.numbers.get(name.as_str()) {
            return *number;
        }
        let name: Box<str> = name.into();
        self.names.push(name.clone());
        let number = self.names.len() as u32;
        self.numbers.insert(name, number);
        number
    }
}

/// Writes a JSON string as the text it means; how many stretches of bytes were no UTF-8 and became U+FFFD.
///
/// From an escape on that is none of JSON's, the text is written as it stands: it is all there is.
fn write(bytes: &[u8], raw: Raw, text: &mut String) -> u64 {
    let Raw::Text { start, end, escaped } = raw else { return 0 };
    let bytes = bytes.get(start as usize..end as usize).unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(it) if !escaped => text.push_str(it),
        Ok(it) => unescape_or_keep(it, text),
        Err(_) => {
            let mut whole = String::with_capacity(bytes.len());
            let replaced = write_lossy(bytes, &mut whole);
            unescape_or_keep(&whole, text);
            return replaced;
        }
    }
    0
}

fn unescape_or_keep(it: &str, text: &mut String) {
    let before = text.len();
    if !unescape(it, text) {
        text.truncate(before);
        text.push_str(it);
    }
}

fn written_length(bytes: &[u8], raw: Raw) -> usize {
    let mut text = String::new();
    write(bytes, raw, &mut text);
    text.len()
}

/// Writes bytes as text, U+FFFD for each stretch that is no UTF-8; how many there were.
pub(crate) fn write_lossy(bytes: &[u8], text: &mut String) -> u64 {
    let mut replaced = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            replaced += 1;
        }
    }
    replaced
}
