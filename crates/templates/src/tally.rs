//! What is known of the messages that have a skeleton, however many they are.

use crate::timeline::Timeline;
use crate::values::{Values, beginning, hash};

/// How many messages are kept of each template, as samples.
pub const MOST_SAMPLES: usize = 3;
/// How much of a sample is kept, in bytes.
const LONGEST_SAMPLE: usize = 1024;
/// Of how many places values are kept, the first ones.
pub const MOST_PLACES: usize = 24;

/// In which of the two periods that are compared a message lies; where nothing is compared, all are in the current one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In the one that the query is about.
    Current,
    /// In the earlier one.
    Earlier,
    /// In both: they overlap.
    Both,
}

/// A message as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    hash: u64,
    /// When it was logged, in epoch milliseconds, where that is known.
    pub time: Option<i64>,
    /// Its text, or the beginning of it.
    pub text: Box<str>,
}

/// Counts, samples and values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// How many messages there are, of both periods.
    pub(crate) seen: u64,
    /// How many messages of the current period.
    pub(crate) count: u64,
    /// How many of the earlier one.
    pub(crate) earlier: u64,
    /// Some messages: those of the smallest hashes.
    pub(crate) samples: Vec<Sample>,
    /// When those of the current period were logged.
    pub(crate) timeline: Timeline,
    /// What stood in the place of each mark.
    pub(crate) values: Vec<Values>,
}

impl Tally {
    /// Counts a message, all but its values.
    pub(crate) fn count(&mut self, message: &str, time: Option<i64>, part: Part) {
        self.seen += 1;
        if part != Part::Earlier {
            self.count += 1;
            time.into_iter().for_each(|it| self.timeline.add(it));
        }
        if part != Part::Current {
            self.earlier += 1;
        }
        let text = beginning(message, LONGEST_SAMPLE);
        // The time stirs the hash, so that of equal messages those of several times are kept.
        let hash = hash(text.as_bytes()) ^ hash(&time.unwrap_or(i64::MIN).to_le_bytes());
        if self.samples.len() < MOST_SAMPLES || self.samples.last().is_some_and(|it| hash < it.hash) {
            self.keep(Sample { hash, time, text: text.into() });
        }
    }

    /// Takes in a message's values, one for each mark; `None` is one that nobody looks at.
    pub(crate) fn take_values<'a>(&mut self, values: impl ExactSizeIterator<Item = Option<&'a str>>) {
        self.values.resize_with(values.len(), Values::default);
        for (place, (own, value)) in self.values.iter_mut().zip(values).enumerate() {
            match value {
                Some(value) if place < MOST_PLACES => own.add(value),
                _ => own.forget(),
            }
        }
    }

    /// Takes in another tally, all but its values.
    pub(crate) fn merge_counts(&mut self, other: Tally) -> Vec<Values> {
        self.seen += other.seen;
        self.count += other.count;
        self.earlier += other.earlier;
        self.timeline.merge(other.timeline);
        other.samples.into_iter().for_each(|it| self.keep(it));
        other.values
    }

    /// Takes in another tally of the same skeleton.
    pub(crate) fn merge(&mut self, other: Tally) {
        let values = self.merge_counts(other);
        if self.values.is_empty() {
            self.values = values;
        } else {
            self.values.iter_mut().zip(values).for_each(|(own, other)| own.merge(other));
        }
    }

    fn keep(&mut self, sample: Sample) {
        let key = |it: &Sample| (it.hash, it.time, it.text.clone());
        if let Err(place) = self.samples.binary_search_by(|it| key(it).cmp(&key(&sample))) {
            self.samples.insert(place, sample);
            self.samples.truncate(MOST_SAMPLES);
        }
    }
}
