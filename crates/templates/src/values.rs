//! The values that stood in one place of a template: counted, as far as they are few.
//!
//! Of many distinct values a sample is kept, those of the smallest hashes (a bottom-k sketch). A value of the sample
//! has been in the sample of every part of the messages that had it, so its count is exact, and merging in any order
//! gives the same sample.

use foldhash::fast::FixedState;
use std::hash::BuildHasher;

/// How many distinct values are kept.
pub const MOST_VALUES: usize = 10;
/// How much of a value is kept, in bytes.
const LONGEST_VALUE: usize = 48;

/// The values of one place.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Hash, value and count, ascending by hash.
    kept: Vec<(u64, Box<str>, u64)>,
    /// Whether there were more distinct values than are kept.
    is_sample: bool,
}

impl Values {
    /// One value, so many times.
    pub(crate) fn of(value: &str, count: u64) -> Values {
        let value = cut(value);
        Values { kept: vec![(hash(value.as_bytes()), value.into(), count)], is_sample: false }
    }

    /// Of values that nobody has seen.
    pub(crate) fn unknown() -> Values {
        Values { kept: Vec::new(), is_sample: true }
    }

    /// There was a value that nobody looked at.
    pub(crate) fn forget(&mut self) {
        self.is_sample = true;
    }

    /// Takes in a value.
    pub(crate) fn add(&mut self, value: &str) {
        let value = cut(value);
        let hash = hash(value.as_bytes());
        self.take(hash, value, 1);
    }

    /// Takes in the values of another part of the messages.
    pub(crate) fn merge(&mut self, other: Values) {
        self.is_sample |= other.is_sample;
        other.kept.iter().for_each(|(hash, value, count)| self.take(*hash, value, *count));
    }

    /// The values and how often each was seen, the most frequent first.
    pub fn counted(&self) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> = self.kept.iter().map(|(_, value, count)| (&**value, *count)).collect();
        all.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(right.0)));
        all
    }

    /// Whether there were more distinct values than [`Values::counted`] tells.
    pub fn is_sample(&self) -> bool {
        self.is_sample
    }

    fn take(&mut self, hash: u64, value: &str, count: u64) {
        let is_full = self.kept.len() == MOST_VALUES;
        if is_full && self.kept.last().is_some_and(|last| last.0 < hash) {
            self.is_sample = true;
            return;
        }
        match self.kept.binary_search_by(|it| (it.0, &*it.1).cmp(&(hash, value))) {
            Ok(place) => self.kept[place].2 += count,
            Err(place) => {
                self.kept.insert(place, (hash, value.into(), count));
                if is_full {
                    self.kept.pop();
                    self.is_sample = true;
                }
            }
        }
    }
}

/// The same hash for the same bytes, always.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(bytes)
}

/// The beginning of a text, up to the length that is kept.
fn cut(text: &str) -> &str {
    beginning(text, LONGEST_VALUE)
}

/// The beginning of a text, at most so many bytes of it.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_parts_does_not_show() {
        let all: Vec<String> = (0..500).map(|it| format!("value {}", it % 90)).collect();
        let mut whole = Values::default();
        all.iter().for_each(|it| whole.add(it));
        for size in [1, 7, 130] {
            let mut parts: Vec<Values> = Vec::new();
            for chunk in all.chunks(size) {
                let mut part = Values::default();
                chunk.iter().for_each(|it| part.add(it));
                parts.push(part);
            }
            let mut merged = Values::default();
            parts.into_iter().rev().for_each(|it| merged.merge(it));
            assert_eq!(merged.counted(), whole.counted());
            assert!(merged.is_sample());
        }
        assert_eq!(whole.counted().len(), MOST_VALUES);
        assert!(whole.counted().iter().all(|(_, count)| (5..=6).contains(count)));
    }

    #[test]
    fn few_values_are_counted_and_long_ones_cut() {
        let mut values = Values::default();
        ["200", "500", "200"].iter().for_each(|it| values.add(it));
        assert_eq!((values.counted(), values.is_sample()), (vec![("200", 2), ("500", 1)], false));
        let mut long = Values::default();
        long.add(&"ü".repeat(100));
        assert_eq!(long.counted()[0].0.len(), LONGEST_VALUE);
    }
}
