//! Pages of events in the order of their times, from any place in either direction.
//!
//! A page is found by a scan that keeps no more than the page itself, however many events there are. The first scan of a
//! walk learns when the events of each block happened, and those behind it read no more than the blocks that the page may
//! be in: to walk through all pages costs about as much as to read all events twice, where they spread over time. Blocks of
//! one moment, as those without a time are, are read for each page of that moment.

use std::collections::BinaryHeap;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};

use filter::Pattern;
use plan::{Range, Scan, Sequence};
use source::{Block, Group, Watch};

use crate::error::Kind;
use crate::service::Archive;
use crate::{Error, streams};

/// Which events are wanted.
pub struct Question<'q> {
    /// The log groups.
    pub groups: &'q [Group],
    /// Of which streams.
    pub streams: &'q Chosen,
    /// When they happened; without, events without a time are among them, at the epoch.
    pub range: Option<Range>,
    /// What their messages must match.
    pub pattern: Option<&'q Pattern>,
    /// Where the page begins; without, at the end that the direction comes from.
    pub from: Option<Place>,
    /// Which way it goes on.
    pub direction: Direction,
    /// How many events it has at most.
    pub most: usize,
}

/// Log streams by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// All there are.
    All,
    /// These.
    Named(Vec<String>),
    /// Those whose names begin with one of these.
    Prefixed(Vec<String>),
}

/// Which way a page goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To later events.
    Forward,
    /// To earlier ones.
    Backward,
}

/// A place between two events: behind the one with these figures, and before the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    time: u64,
    received: u64,
    /// The place in the archive, and one more.
    at: u64,
}

/// An event that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The place behind it.
    pub place: Place,
    /// The name of its log group.
    pub group: String,
    /// Its stream.
    pub stream: String,
    /// When it happened, in epoch milliseconds.
    pub time: i64,
    /// When it was received, where that is known.
    pub received: Option<i64>,
    /// What it says.
    pub message: String,
}

/// Some events, and whether there are more in the same direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The events, in the direction of the page.
    pub events: Vec<Event>,
    /// Whether there are more.
    pub has_more: bool,
}

/// The most bytes of a page: the API reference of `FilterLogEvents` says 1 MB.
const MOST_BYTES: usize = 1 << 20;
/// What an event counts beside its message.
const OVERHEAD: usize = 26;

/// How many bytes are copied before only places are kept: blocks come in no order, and each may be nearer than the last.
const MOST_COPIED: usize = 16 * MOST_BYTES;

/// Finds a page.
///
/// # Errors
/// The archive cannot be read.
pub fn page(archive: &Archive, question: &Question) -> Result<Page, Error> {
    let mut nearest = question.nearest(archive, None)?;
    while nearest.is_thin() {
        // No farther than this the page goes. Each round brings the bound nearer, and the second is mostly the last.
        let (bound, has_more) = (nearest.bound, nearest.has_more);
        nearest = question.nearest(archive, bound)?;
        nearest.has_more |= has_more;
    }
    let has_more = nearest.has_more;
    let events = nearest.heap.into_sorted_vec().into_iter().filter_map(|it| it.event).collect();
    Ok(Page { events, has_more })
}

impl Question<'_> {
    /// The nearest events, of those that are nearer than the bound.
    fn nearest(&self, archive: &Archive, bound: Option<Rank>) -> Result<Nearest, Error> {
        let literals = self.pattern.map(Pattern::literals).unwrap_or_default();
        let alternatives = self.pattern.map(Pattern::alternatives).unwrap_or_default();
        let scan = Scan {
            groups: self.groups.iter().map(streams::named).collect(),
            range: self.range,
            keeps_untimed: self.range.is_some_and(|it| it.start == 0),
            // Nobody knows yet whether the first page will be followed by another; where there are texts, a search for
            // them alone is faster.
            walks: self.from.is_some() || (literals.is_empty() && alternatives.is_empty()),
            literals,
            alternatives,
            sequence: match self.direction {
                Direction::Forward => Sequence::OldestFirst,
                Direction::Backward => Sequence::NewestFirst,
            },
            ..Scan::default()
        };
        let nearest = Mutex::new(Nearest { most: self.most, bound, ..Nearest::default() });
        let lock = || nearest.lock().unwrap_or_else(PoisonError::into_inner);
        let watch = Watch::default();
        self.pass_over(&watch, bound);
        let scanned = archive.scan(&scan, &watch, &|block| {
            let (bound, keep) = {
                let nearest = lock();
                (nearest.bound, nearest.keep())
            };
            let mut missed = false;
            let found = (0..block.len()).filter_map(|row| self.entry(block, row, bound, keep, &mut missed));
            let found: Vec<Entry> = found.collect();
            let mut nearest = lock();
            nearest.has_more |= missed;
            found.into_iter().for_each(|it| nearest.push(it));
            self.pass_over(&watch, nearest.bound);
        });
        scanned.map_err(|error| Error::new(Kind::ServiceUnavailable, error.to_string()))?;
        Ok(nearest.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// Has a scan pass over what lies before the page, and behind its bound.
    fn pass_over(&self, watch: &Watch, bound: Option<Rank>) {
        let (from, to) = (self.from.map(|it| it.time), bound.map(|it| it.time(self.direction)));
        let (oldest, newest) = match self.direction {
            Direction::Forward => (from, to),
            Direction::Backward => (to, from),
        };
        let time = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
        // What happened before 1970 counts as of its beginning, which is thus no bound for it.
        if let Some(oldest) = oldest.filter(|it| *it > 0) {
            watch.floor.fetch_max(time(oldest), Relaxed);
        }
        // Nor is the last moment that a place can tell.
        if let Some(newest) = newest.filter(|it| *it < LARGEST) {
            watch.ceiling.fetch_min(time(newest), Relaxed);
        }
    }

    /// An event of a block, if it may be on the page. One that is too far off is missed, and not even looked into.
    fn entry(
        &self,
        block: &Block<'_>,
        row: usize,
        bound: Option<Rank>,
        keep: Keep,
        missed: &mut bool,
    ) -> Option<Entry> {
        let (time, received) = (block.time(row), block.ingested(row));
        let place = Place { time: placed(time), received: placed(received), at: block.place(row) + 1 };
        let is_ahead = self.from.is_none_or(|from| match self.direction {
            Direction::Forward => place > from,
            Direction::Backward => place <= from,
        });
        if !is_ahead {
            return None;
        }
        let rank = Rank::of(place, self.direction);
        if bound.is_some_and(|bound| rank >= bound) {
            *missed = true;
            return None;
        }
        let stream = streams::name(block, row);
        if !self.streams.hold(stream) || !self.pattern.is_none_or(|it| it.matches(block.message(row))) {
            return None;
        }
        if keep == Keep::Ranks {
            // Messages may have to be freed of escapes first, which is most of the work; none is looked at without need.
            return Some(Entry { rank, bytes: OVERHEAD, event: None });
        }
        let message = block.message(row).to_owned();
        let bytes = message.len() + OVERHEAD;
        let event = Event {
            place,
            group: block.group(row).to_owned(),
            stream: stream.to_owned(),
            time: time.unwrap_or_default(),
            received,
            message,
        };
        Some(Entry { rank, bytes, event: Some(event) })
    }
}

impl Chosen {
    /// Whether a stream is one of these.
    pub fn hold(&self, stream: &str) -> bool {
        match self {
            Chosen::All => true,
            Chosen::Named(names) => names.iter().any(|it| it == stream),
            Chosen::Prefixed(prefixes) => prefixes.iter().any(|it| stream.starts_with(it)),
        }
    }
}

impl Place {
    /// The place in front of the same event.
    pub fn before(self) -> Place {
        Place { at: self.at.saturating_sub(1), ..self }
    }

    /// The place as 56 digits, as many as the service's ids of events have.
    pub fn digits(self) -> String {
        format!("{:016}{:016}{:024}", self.time, self.received, self.at)
    }

    /// The place that digits say.
    pub fn read(digits: &str) -> Option<Place> {
        if digits.len() != 56 || !digits.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| digits.get(range)?.parse().ok();
        Some(Place { time: number(0..16)?, received: number(16..32)?, at: number(32..56)? })
    }
}

/// The largest number of 16 digits.
const LARGEST: u64 = 9_999_999_999_999_999;

/// A time as places have it: what lies before 1970 counts as of its beginning, and what has more digits than fit as of the
/// last moment that has not.
fn placed(time: Option<i64>) -> u64 {
    time.and_then(|it| u64::try_from(it).ok()).unwrap_or_default().min(LARGEST)
}

/// How near an event is to where the page begins: the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank(u64, u64, u64);

impl Rank {
    fn of(it: Place, direction: Direction) -> Rank {
        match direction {
            Direction::Forward => Rank(it.time, it.received, it.at),
            Direction::Backward => Rank(!it.time, !it.received, !it.at),
        }
    }

    /// When the event happened.
    fn time(self, direction: Direction) -> u64 {
        match direction {
            Direction::Forward => self.0,
            Direction::Backward => !self.0,
        }
    }
}

/// What is kept of an event.
#[derive(Clone, Copy, PartialEq)]
enum Keep {
    Events,
    /// Where the page ends is not known yet, and too much was copied already.
    Ranks,
}

struct Entry {
    rank: Rank,
    /// What it counts.
    bytes: usize,
    event: Option<Event>,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> std::cmp::Ordering {
        self.rank.cmp(&other.rank)
    }
}

/// The nearest events, as many as a page holds.
#[derive(Default)]
struct Nearest {
    heap: BinaryHeap<Entry>,
    most: usize,
    bytes: usize,
    /// How many bytes were copied, for those that are not on the page as well.
    copied: usize,
    has_more: bool,
    /// What is as far off as this is not on the page.
    bound: Option<Rank>,
}

impl Nearest {
    fn keep(&self) -> Keep {
        if self.copied > MOST_COPIED { Keep::Ranks } else { Keep::Events }
    }

    /// Whether there are events of which only the rank was kept.
    fn is_thin(&self) -> bool {
        self.heap.iter().any(|it| it.event.is_none())
    }

    fn push(&mut self, entry: Entry) {
        if self.bound.is_some_and(|bound| entry.rank >= bound) {
            self.has_more = true;
            return;
        }
        self.bytes += entry.bytes;
        self.copied += if entry.event.is_some() { entry.bytes } else { 0 };
        self.heap.push(entry);
        while self.heap.len() > self.most || (self.bytes > MOST_BYTES && self.heap.len() > 1) {
            let Some(farthest) = self.heap.pop() else { return };
            self.bytes -= farthest.bytes;
            self.bound = Some(farthest.rank);
            self.has_more = true;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn entry(time: u64, bytes: usize) -> Entry {
        let place = Place { time, received: 0, at: 1 };
        let message = "x".repeat(bytes);
        let event = Event { place, group: String::new(), stream: String::new(), time: 0, received: None, message };
        Entry { rank: Rank::of(place, Direction::Forward), bytes, event: Some(event) }
    }

    fn kept(most: usize, entries: impl IntoIterator<Item = (u64, usize)>) -> (Vec<u64>, bool) {
        let mut nearest = Nearest { most, ..Nearest::default() };
        entries.into_iter().for_each(|(time, bytes)| nearest.push(entry(time, bytes)));
        let sorted = nearest.heap.into_sorted_vec();
        (sorted.iter().map(|it| it.rank.0).collect(), nearest.has_more)
    }

    #[test]
    fn a_page_has_the_nearest_events_and_no_more_than_it_may() {
        assert_eq!(kept(3, [(5, 1), (1, 1), (4, 1), (2, 1), (3, 1)]), (vec![1, 2, 3], true));
        assert_eq!(kept(3, [(2, 1), (1, 1)]), (vec![1, 2], false));
        let third = MOST_BYTES / 3 + 1;
        assert_eq!(kept(9, [(4, third), (3, third), (2, third), (1, third)]), (vec![1, 2], true));
        assert_eq!(kept(9, [(2, 2 * MOST_BYTES), (1, 1)]), (vec![1], true));
        assert_eq!(kept(9, [(1, 2 * MOST_BYTES), (2, 1)]), (vec![1], true));
    }

    #[test]
    fn a_place_is_its_digits() {
        let place = Place { time: 1_767_225_600_000, received: 1_767_225_600_001, at: u64::MAX };
        assert_eq!(Place::read(&place.digits()), Some(place));
        assert_eq!(Place::read(&Place::default().digits()), Some(Place::default()));
        for odd in ["", "1", "x", &"9".repeat(56), &"é".repeat(28)] {
            assert_eq!(Place::read(odd), None, "{odd}");
        }
    }
}
