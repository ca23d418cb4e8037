//! A block: some megabytes of whole events, and the columns that are made of them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use plan::Wanted;
use value::Column;

use crate::catalog::{DataSource, Origin};
use crate::discover;
use crate::event::{Events, Place, UNREAD, UNTIMED, write_lossy};
use crate::json::quoted::unquote;
use crate::read::jsonl;
use crate::saved;

/// How many bits of a place are the offset in the file; the file's number is above them.
pub(crate) const OFFSET_BITS: u32 = 40;

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
    /// The messages that were escaped: text, or bytes if they are none.
    copied: Result<String, Vec<u8>>,
    text: OnceLock<Text<'a>>,
    /// The times, where the reader did not look for all of them.
    late_times: OnceLock<Vec<i64>>,
    /// How many of the fields of an event's JSON count.
    most_fields: Option<usize>,
    /// The most fields that an event was seen to have.
    widest: AtomicUsize,
}

/// Stretches of messages that were no UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// How many.
    pub(crate) count: u64,
    /// Where in the block the first of them is; where its event begins, if its message was escaped or put together.
    pub(crate) first: u64,
}

/// What the messages are slices of, once somebody has asked for one.
#[derive(Debug)]
enum Text<'a> {
    /// The block's bytes and the copies, where all of them are UTF-8.
    Whole(&'a str),
    /// The messages one after another, with their ends; what of them was no UTF-8.
    Apart(String, Vec<usize>, Replaced),
}

impl<'a> Block<'a> {
    pub(crate) fn new(
        origin: &'a Origin,
        stream: Option<&'a str>,
        bytes: &'a [u8],
        base: u64,
        mut events: Events,
    ) -> Block<'a> {
        let copied = String::from_utf8(std::mem::take(&mut events.copied)).map_err(|it| it.into_bytes());
        let (text, late_times) = (OnceLock::new(), OnceLock::new());
        let (most_fields, widest) = (None, AtomicUsize::new(0));
        Block { origin, stream, bytes, base, events, copied, text, late_times, most_fields, widest }
    }

    /// The same block, of whose events only so many fields count.
    pub(crate) fn with_most_fields(self, most_fields: Option<usize>) -> Block<'a> {
        Block { most_fields, ..self }
    }

    /// The fields of the lines by their places, where the file's first line names them.
    pub(crate) fn layout(&self) -> Option<&[&'static str]> {
        self.events.layout.as_deref()
    }

    /// How many of the fields of an event's JSON count, the first ones.
    pub(crate) fn most_fields(&self) -> Option<usize> {
        self.most_fields
    }

    /// The most fields that an event was seen to have, as far as anybody counted.
    pub(crate) fn widest(&self) -> usize {
        self.widest.load(Ordering::Relaxed)
    }

    /// Notes how many fields an event has.
    pub(crate) fn saw_fields(&self, count: usize) {
        self.widest.fetch_max(count, Ordering::Relaxed);
    }

    /// How many bytes of the file it is.
    pub(crate) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column for each wanted field, for all events or for those of the given rows, in their order.
    ///
    /// As text, `@timestamp` and `@ingestionTime` are [`Column::Time`], `@ptr` is a [`Column::Place`], everything else
    /// [`Column::Text`] or [`Column::Same`]. Each message is looked at once, whatever is wanted of it.
    pub fn columns(&self, wanted: &[Wanted], rows: Option<&[u32]>) -> Vec<Column> {
        let rows = Rows::of(self.len(), rows);
        saved::over(self, wanted, rows, discover::columns(self, wanted, rows))
    }

    /// The message of an event.
    #[inline]
    pub fn message(&self, row: usize) -> &str {
        let slice = match self.text() {
            Text::Whole(block) => match self.events.message(row) {
                Place::Block(start, end) => block.get(start..end),
                Place::Quoted(..) => None,
                Place::Copied(start, end) => self.copied.as_ref().ok().and_then(|it| it.get(start..end)),
            },
            Text::Apart(messages, ends, _) => {
                let start = row.checked_sub(1).and_then(|it| ends.get(it)).copied().unwrap_or_default();
                ends.get(row).and_then(|end| messages.get(start..*end))
            }
        };
        slice.unwrap_or_default()
    }

    /// The message of an event as it is at hand: where its quotes are escaped in the block, they stay so.
    #[inline]
    pub(crate) fn spelled(&self, row: usize) -> Spelled<'_> {
        if !self.events.has_quoted() {
            return Spelled::Plain(self.message(row));
        }
        // Text apart has all messages without escapes, so as long as nobody needs that, each is looked at by itself.
        let slice = |start: usize, end: usize| std::str::from_utf8(self.bytes.get(start..end)?).ok();
        let found = match self.events.message(row) {
            Place::Quoted(start, end) => slice(start, end).map(Spelled::Quoted),
            Place::Block(start, end) => slice(start, end).map(Spelled::Plain),
            Place::Copied(start, end) => {
                self.copied.as_ref().ok().and_then(|it| it.get(start..end)).map(Spelled::Plain)
            }
        };
        found.unwrap_or_else(|| Spelled::Plain(self.message(row)))
    }

    /// When an event happened, in epoch milliseconds.
    pub fn time(&self, row: usize) -> Option<i64> {
        self.times().get(row).filter(|it| **it != UNTIMED).map(|it| it.saturating_add(self.origin.shift))
    }

    /// When the events happened; [`UNTIMED`] for one that has no time.
    fn times(&self) -> &[i64] {
        if !self.events.tally.unread {
            return &self.events.times;
        }
        self.late_times.get_or_init(|| {
            let found = jsonl::times((0..self.len()).map(|row| self.message(row).as_bytes()));
            let late =
                |(time, found): (&i64, Option<i64>)| if *time == UNREAD { found.unwrap_or(UNTIMED) } else { *time };
            self.events.times.iter().zip(found).map(late).collect()
        })
    }

    /// When the service received an event, in epoch milliseconds.
    pub fn ingested(&self, row: usize) -> Option<i64> {
        self.events.ingested(row).map(|it| it.saturating_add(self.origin.shift))
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

    /// The log group of an event.
    pub fn group(&self, row: usize) -> &str {
        &self.origin(row).group
    }

    /// Tells every field that the message of an event yields, its name and its value as text. A field may be told twice,
    /// and then the last counts; what every event has (`@timestamp`, `@log` and the like) is not told.
    pub fn tell_fields(&self, row: usize, tell: &mut dyn FnMut(&str, &str)) {
        discover::all(self, row, tell);
    }

    /// Whether events have fields that do not stand in their messages: those of a saved answer do.
    pub fn brings_fields(&self) -> bool {
        !self.events.brought.is_empty()
    }

    /// Where an event is from.
    pub(crate) fn origin(&self, row: usize) -> &Origin {
        self.events.groups.origin_of(row).unwrap_or(self.origin)
    }

    /// The data source of all events, where the caller says it.
    pub(crate) fn data_source(&self) -> Option<&DataSource> {
        self.origin.data_source.as_ref()
    }

    /// Whether the events are syslog that the service itself would have ingested.
    pub(crate) fn is_syslog(&self) -> bool {
        self.origin.is_syslog()
    }

    /// Where all events are from, where that is one group.
    pub(crate) fn common_origin(&self) -> Option<&Origin> {
        self.events.groups.common(self.len()).map(|it| it.unwrap_or(self.origin))
    }

    /// The stream of all events, where they have one in common; the times; the times of receipt.
    pub(crate) fn events(&self) -> &Events {
        &self.events
    }

    pub(crate) fn common_stream(&self) -> Option<&str> {
        self.stream
    }

    /// What of the messages was no UTF-8, as far as anybody has looked.
    pub(crate) fn replaced(&self) -> Replaced {
        match self.text.get() {
            Some(Text::Apart(_, _, replaced)) => *replaced,
            _ => Replaced::default(),
        }
    }

    fn text(&self) -> &Text<'a> {
        self.text.get_or_init(|| self.whole().unwrap_or_else(|| self.apart()))
    }

    fn whole(&self) -> Option<Text<'a>> {
        if self.events.has_quoted() {
            return None;
        }
        // Where all messages are copies, nobody looks at the block itself. Where they are few, checking all of its
        // bytes would be most of the work.
        let block = match self.events.sliced_bytes() {
            0 => "",
            few if few < self.bytes.len() as u64 / 4 => return None,
            _ => std::str::from_utf8(self.bytes).ok()?,
        };
        self.copied.is_ok().then_some(Text::Whole(block))
    }

    fn apart(&self) -> Text<'a> {
        let mut messages = String::with_capacity(self.events.bytes() as usize);
        let mut ends = Vec::with_capacity(self.len());
        let mut replaced = Replaced::default();
        for row in 0..self.len() {
            let head = self.events.heads.get(row).copied().unwrap_or_default() as usize;
            let (slice, start) = match self.events.message(row) {
                Place::Quoted(start, end) => {
                    let slice = self.bytes.get(start..end).unwrap_or_default();
                    replaced.add(unquote(slice, &mut messages), || start + sound(slice));
                    ends.push(messages.len());
                    continue;
                }
                Place::Block(start, end) => (self.bytes.get(start..end), Some(start)),
                Place::Copied(start, end) => match &self.copied {
                    Ok(it) => (it.as_bytes().get(start..end), None),
                    Err(it) => (it.get(start..end), None),
                },
            };
            let slice = slice.unwrap_or_default();
            let place = || start.map_or(head, |start| start + sound(slice));
            replaced.add(write_lossy(slice, &mut messages), place);
            ends.push(messages.len());
        }
        Text::Apart(messages, ends, replaced)
    }
}

impl Replaced {
    /// Counts stretches of a message, and notes the place of its first, if it is the first of all.
    fn add(&mut self, count: u64, place: impl Fn() -> usize) {
        if count > 0 && self.count == 0 {
            self.first = place() as u64;
        }
        self.count += count;
    }
}

/// How many bytes at the start are UTF-8.
fn sound(bytes: &[u8]) -> usize {
    std::str::from_utf8(bytes).map_or_else(|it| it.valid_up_to(), str::len)
}

/// A message, and how quotes are written in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spelled<'b> {
    /// As they are.
    Plain(&'b str),
    /// Escaped, all of them, and nothing else is.
    Quoted(&'b str),
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
