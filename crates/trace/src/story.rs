//! The story of a request: its entries in the order of time, and what they tell together.

use source::Report;

use crate::entry::Entry;
use crate::identifier::Identifier;
use crate::invocation::Invocation;

/// All that happened to a request.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Its ids, the one that was asked for first.
    pub ids: Vec<Identifier>,
    /// Its entries in the order of time; those without a time come last.
    pub entries: Vec<Entry>,
    /// The invocations of Lambda functions that it led to.
    pub invocations: Vec<Invocation>,
    /// Whether there are more entries than a story holds: the oldest were kept.
    pub is_cut: bool,
    /// Ids that entries name beside it and that were not followed, since they are too many or too far away.
    pub unfollowed: Vec<String>,
    /// What could not be read.
    pub report: Report,
}

impl Story {
    /// When it begins, in epoch milliseconds: with its first entry, or with what that one or a later one looks back on.
    pub fn start(&self) -> Option<f64> {
        let times = self.entries.iter().filter_map(|it| it.time).map(|it| it as f64);
        let spans = self.entries.iter().flat_map(|it| &it.spans).map(|it| it.start());
        times.chain(spans).min_by(f64::total_cmp)
    }

    /// When its last entry was written, in epoch milliseconds.
    pub fn end(&self) -> Option<f64> {
        self.entries.iter().filter_map(|it| it.time).map(|it| it as f64).max_by(f64::total_cmp)
    }

    /// How long it is, in milliseconds.
    pub fn duration(&self) -> Option<f64> {
        Some(self.end()? - self.start()?)
    }

    /// Its log groups, in the order in which they speak first.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for entry in &self.entries {
            if !groups.contains(&entry.group.as_str()) {
                groups.push(&entry.group);
            }
        }
        groups
    }

    /// The status that it ended with: the last one that an entry tells.
    pub fn status(&self) -> Option<&str> {
        self.entries.iter().rev().find_map(|it| it.status.as_deref())
    }

    /// What went wrong, in order; what is told again is told once.
    pub fn failures(&self) -> Vec<&Entry> {
        let mut failures: Vec<&Entry> = Vec::new();
        for entry in self.entries.iter().filter(|it| it.failure.is_some()) {
            if !failures.iter().any(|it| it.failure == entry.failure && it.group == entry.group) {
                failures.push(entry);
            }
        }
        failures
    }

    /// The milliseconds between each entry and the one before it.
    pub fn gaps(&self) -> Vec<Option<i64>> {
        let times: Vec<Option<i64>> = self.entries.iter().map(|it| it.time).collect();
        let before = std::iter::once(None).chain(times.iter().copied());
        times.iter().zip(before).map(|(time, before)| Some((*time)?.saturating_sub(before?))).collect()
    }
}
