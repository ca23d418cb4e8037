//! The events of a block: where each lies, when it happened, and its message, copied where it was escaped.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use foldhash::fast::FixedState;

use crate::groups::{Groups, Home};
use crate::json::scalar::Raw;
use crate::json::scan::copy_string;
use crate::read::object::Layout;
use crate::report::Trouble;
use crate::saved::Brought;
use crate::window::Window;

/// The time of an event that has none.
pub(crate) const UNTIMED: i64 = i64::MIN;

/// The time of an event that nobody has looked for yet: it stands in the message.
pub(crate) const UNREAD: i64 = i64::MIN + 1;

/// Set in a message's start where it is a slice of the copies, not of the block.
const COPIED: u32 = 1 << 31;

/// Set in the start of a slice of the block in which quotes are escaped. A block is not so large that it may stand for
/// a place.
const QUOTED: u32 = 1 << 30;

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
    /// The groups there are, where the data names them.
    pub(crate) groups: Groups,
    /// The fields of the lines by their places, where the file's first line names them.
    pub(crate) layout: Option<Arc<[&'static str]>>,
    /// What was passed over or is wrong.
    pub(crate) tally: Tally,
    /// Messages that were escaped in the block, without their escapes.
    pub(crate) copied: Vec<u8>,
    /// What they have beside their messages.
    pub(crate) brought: Brought,
    /// How the last event was written that stands in the block as JSON.
    pub(crate) alike: Layout,
    messages: Vec<(u32, u32)>,
    /// How many quotes are escaped in messages that are slices of the block.
    escapes: u64,
    numbers: HashMap<Box<str>, u32, FixedState>,
    /// Whether the events that are being read are of a group that nobody wants.
    unwanted: bool,
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
    /// Whether there are events whose time was not looked for.
    pub(crate) unread: bool,
    /// Whether there may be events that were not looked at.
    pub(crate) unseen: bool,
    /// Events whose time lacks the year, kept or not.
    pub(crate) yearless: u64,
    /// What could not be read: where in the block, and what it is.
    pub(crate) troubles: Vec<(usize, Trouble)>,
}

/// An event as JSON has it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written {
    pub(crate) time: i64,
    pub(crate) ingested: Option<i64>,
    /// Where in the block the stream's name stands.
    pub(crate) stream: Raw,
    pub(crate) message: Message,
}

/// Where the message of an event stands that JSON has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// Without its escapes in the copies: these are the last of them.
    Copied(Range<usize>),
    /// In the block; so many quotes are escaped in it, and nothing else is.
    Quoted(Range<usize>, u32),
}

impl Default for Message {
    fn default() -> Message {
        Message::Copied(0..0)
    }
}

/// A message: a slice of the block, as it is or with its quotes escaped, or of the copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Block(usize, usize),
    Quoted(usize, usize),
    Copied(usize, usize),
}

impl Events {
    /// No events yet; those within the window will be kept.
    pub(crate) fn within(window: Window) -> Events {
        Events { window, ..Events::default() }
    }

    /// No events yet, of a file whose data names their groups.
    pub(crate) fn among(home: Home) -> Events {
        let mut events = Events { groups: Groups::of(home), ..Events::default() };
        events.leave_group();
        events
    }

    /// From now on events are of this group.
    pub(crate) fn enter_group(&mut self, account: Option<&str>, group: &str) {
        let window = self.groups.enter(account, group);
        self.keep_within(window);
    }

    /// From now on events are of the file's own group.
    pub(crate) fn leave_group(&mut self) {
        let window = self.groups.leave();
        self.keep_within(window);
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

    /// Adds an event that stands in the block as JSON.
    pub(crate) fn add_written(&mut self, bytes: &[u8], head: usize, event: Written) {
        let keeps = match event.message {
            Message::Copied(message) => self.add_copied(head, Some(event.time), message.start),
            Message::Quoted(message, escapes) => self.add_quoted(head, event.time, message, escapes),
        };
        if !keeps {
            return;
        }
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

    /// Adds an event whose message is a slice of the block, and so is the name of its stream.
    pub(crate) fn add_in_stream(
        &mut self,
        bytes: &[u8],
        head: usize,
        time: Option<i64>,
        message: Range<usize>,
        stream: Range<usize>,
    ) {
        if !self.keeps(time, || message.len()) {
            return;
        }
        self.place(head, time, (message.start as u32, message.end as u32));
        let name = bytes.get(stream).unwrap_or_default();
        let number = self.last_stream(name).unwrap_or_else(|| self.number(String::from_utf8_lossy(name).into()));
        self.streams.resize(self.heads.len() - 1, 0);
        self.streams.push(number);
    }

    /// Adds an event whose message is what was copied last, from this place on; whether it was kept.
    pub(crate) fn add_copied(&mut self, head: usize, time: Option<i64>, start: usize) -> bool {
        let end = self.copied.len();
        let keeps = self.has_room(head, end) && self.keeps(time, || end - start);
        if keeps {
            self.place(head, time, (start as u32 | COPIED, end as u32));
        } else {
            self.copied.truncate(start);
        }
        keeps
    }

    /// Adds an event whose message is a slice of the block with so many of its quotes escaped; whether it was kept.
    #[inline]
    fn add_quoted(&mut self, head: usize, time: i64, message: Range<usize>, escapes: u32) -> bool {
        let keeps = self.keeps(Some(time), || message.len() - escapes as usize);
        if keeps {
            let mark = if escapes > 0 { QUOTED } else { 0 };
            self.escapes += u64::from(escapes);
            self.place(head, Some(time), (message.start as u32 | mark, message.end as u32));
        }
        keeps
    }

    /// Says that something in the block could not be read.
    pub(crate) fn trouble(&mut self, at: usize, trouble: Trouble) {
        self.tally.troubles.push((at, trouble));
    }

    /// Where an event's message lies.
    #[inline]
    pub(crate) fn message(&self, row: usize) -> Place {
        match self.messages.get(row) {
            Some((start, end)) if start & COPIED != 0 => Place::Copied((start ^ COPIED) as usize, *end as usize),
            Some((start, end)) if start & QUOTED != 0 => Place::Quoted((start ^ QUOTED) as usize, *end as usize),
            Some((start, end)) => Place::Block(*start as usize, *end as usize),
            None => Place::Block(0, 0),
        }
    }

    /// The bytes of all messages that were kept.
    pub(crate) fn bytes(&self) -> u64 {
        let lengths = (0..self.len()).map(|row| match self.message(row) {
            Place::Block(start, end) | Place::Quoted(start, end) | Place::Copied(start, end) => (end - start) as u64,
        });
        lengths.sum::<u64>() - self.escapes
    }

    /// The bytes of the messages that are slices of the block.
    pub(crate) fn sliced_bytes(&self) -> u64 {
        let sliced = self.messages.iter().filter(|it| it.0 & COPIED == 0);
        sliced.map(|(start, end)| u64::from(end - (start & !QUOTED))).sum()
    }

    /// Whether quotes are escaped in messages that are slices of the block.
    pub(crate) fn has_quoted(&self) -> bool {
        self.escapes > 0
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

    /// Whether a copy that ends here can be told from a slice of the block; it is told if not.
    #[inline]
    fn has_room(&mut self, head: usize, end: usize) -> bool {
        let has_room = end < COPIED as usize;
        if !has_room {
            self.trouble(head, Trouble::TooLong);
        }
        has_room
    }

    #[inline]
    fn place(&mut self, head: usize, time: Option<i64>, message: (u32, u32)) {
        self.heads.push(head as u32);
        self.times.push(time.unwrap_or(UNTIMED));
        self.messages.push(message);
        self.groups.push(self.heads.len());
    }

    fn keep_within(&mut self, window: Option<Window>) {
        self.unwanted = window.is_none();
        self.window = window.unwrap_or_else(Window::nothing);
    }

    #[inline]
    fn keeps(&mut self, time: Option<i64>, length: impl FnOnce() -> usize) -> bool {
        if self.unwanted {
            self.pass_over(time);
            return false;
        }
        self.tally.seen += 1;
        let keeps = match time {
            Some(UNREAD) => {
                self.tally.unread = true;
                true
            }
            Some(time) => {
                self.tally.saw(time);
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

    /// Notes the time of an event that does not count.
    fn pass_over(&mut self, time: Option<i64>) {
        match time {
            Some(UNREAD) | None => self.tally.unread = true,
            Some(time) => self.tally.saw(time),
        }
    }

    /// The number of a stream: mostly that of the event before.
    fn stream(&mut self, bytes: &[u8], stream: Raw) -> u32 {
        let Raw::Text { start, end, .. } = stream else { return 0 };
        if let Some(last) = bytes.get(start as usize..end as usize).and_then(|it| self.last_stream(it)) {
            return last;
        }
        let mut copy = Vec::new();
        copy_string(bytes, start as usize, &mut copy);
        self.number(String::from_utf8_lossy(&copy).into())
    }

    /// The number of the stream of the event before, if it has this name.
    fn last_stream(&self, name: &[u8]) -> Option<u32> {
        let last = *self.streams.last()?;
        let known = self.names.get((last as usize).wrapping_sub(1))?;
        (name == known.as_bytes()).then_some(last)
    }

    /// The number of a stream.
    pub(crate) fn number(&mut self, name: Box<str>) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        self.names.push(name.clone());
        let number = self.names.len() as u32;
        self.numbers.insert(name, number);
        number
    }
}

impl Tally {
    #[inline]
    fn saw(&mut self, time: i64) {
        let (oldest, newest) = self.times.unwrap_or((time, time));
        self.times = Some((oldest.min(time), newest.max(time)));
    }
}

/// Writes bytes as text, U+FFFD for each stretch that is no UTF-8; how many there were.
pub(crate) fn write_lossy(bytes: &[u8], text: &mut String) -> u64 {
    if let Ok(whole) = std::str::from_utf8(bytes) {
        text.push_str(whole);
        return 0;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_end_where_their_places_do() {
        // Nobody touches these bytes, so they take no memory.
        let mut events = Events { copied: vec![0; COPIED as usize - 1], ..Events::within(Window::all()) };
        let last = COPIED as usize - 2;
        assert!(events.add_copied(0, Some(1), last));
        assert_eq!(events.message(0), Place::Copied(last, last + 1));
        events.copied.push(b'x');
        assert!(!events.add_copied(7, Some(1), last + 1));
        assert_eq!((events.len(), events.copied.len()), (1, last + 1));
        assert_eq!(events.tally.troubles, [(7, Trouble::TooLong)]);
        events.copied.push(b'x');
        let message = Message::Copied(last + 1..last + 2);
        events.add_written(b"", 9, Written { message, ..Written::default() });
        assert_eq!((events.len(), events.copied.len(), events.tally.troubles.len()), (1, last + 1, 2));
    }
}
