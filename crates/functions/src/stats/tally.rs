//! How often each number occurs, as small as the different numbers are few: what `pct` and `median` share.

use crate::prelude::*;

/// The numbers of a group, of which equal ones take the place of one.
///
/// New numbers gather unsorted; a thousand of them become a sorted run of numbers with counts. Runs of about one length
/// are merged into one, so each run is more than twice as long as the next, and all together take at most twice as much
/// as the different numbers need.
#[derive(Clone, Default)]
pub struct Tally {
    runs: Vec<Vec<Entry>>,
    fresh: Vec<f64>,
}

#[derive(Clone, Copy)]
struct Entry {
    number: f64,
    count: u64,
}

/// How many numbers gather before they are sorted.
const GATHERED: usize = 1024;

impl Tally {
    /// Takes in a number.
    #[inline]
    pub fn add(&mut self, number: f64) {
        self.fresh.push(number);
        if self.fresh.len() >= GATHERED {
            self.sort_fresh();
        }
    }

    /// Takes in the numbers of another.
    pub fn merge(&mut self, other: Tally) {
        other.runs.into_iter().for_each(|it| self.push_run(it));
        other.fresh.into_iter().for_each(|it| self.add(it));
    }

    /// The number at the nearest rank: of all numbers in order the one at place `percent / 100 · n`, rounded up,
    /// counted from 1. If there are none, 0, as the service prints it.
    pub fn percentile(mut self, percent: f64) -> Option<Value> {
        self.sort_fresh();
        let merged = self.runs.into_iter().rev().reduce(|a, b| merged(&a, &b)).unwrap_or_default();
        let count: u64 = merged.iter().map(|it| it.count).sum();
        // Multiplied first, because a hundredth of 99.9 is not exact.
        let rank = ((percent * count as f64 / 100.0).ceil() as u64).clamp(1, count.max(1));
        let mut passed = 0;
        let found = merged.iter().find(|it| {
            passed += it.count;
            passed >= rank
        });
        Some(Value::Number(found.map_or(0.0, |it| it.number)))
    }

    /// About how much memory they take.
    pub fn heap(&self) -> usize {
        let runs = self.runs.iter().map(|it| it.capacity() * size_of::<Entry>());
        runs.sum::<usize>() + self.fresh.capacity() * size_of::<f64>()
    }

    fn sort_fresh(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        fresh.sort_unstable_by(f64::total_cmp);
        let mut run: Vec<Entry> = Vec::new();
        fresh.iter().for_each(|it| push(&mut run, Entry { number: *it, count: 1 }));
        run.shrink_to_fit();
        self.push_run(run);
        fresh.clear();
        self.fresh = fresh;
    }

    fn push_run(&mut self, run: Vec<Entry>) {
        let mut run = run;
        while let Some(last) = self.runs.pop_if(|it| it.len() <= 2 * run.len()) {
            run = merged(&last, &run);
        }
        if !run.is_empty() {
            self.runs.push(run);
        }
    }
}

/// The entries of two sorted runs as one.
fn merged(left: &[Entry], right: &[Entry]) -> Vec<Entry> {
    let mut run = Vec::with_capacity(left.len().max(right.len()));
    let (mut left, mut right) = (left, right);
    while let ([a, after_a @ ..], [b, after_b @ ..]) = (left, right) {
        if a.number.total_cmp(&b.number).is_le() {
            push(&mut run, *a);
            left = after_a;
        } else {
            push(&mut run, *b);
            right = after_b;
        }
    }
    left.iter().chain(right).for_each(|it| push(&mut run, *it));
    run
}

/// Adds an entry behind those that are not greater.
#[inline]
fn push(run: &mut Vec<Entry>, entry: Entry) {
    match run.last_mut() {
        Some(last) if last.number.total_cmp(&entry.number).is_eq() => last.count += entry.count,
        _ => run.push(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_grows_with_different_numbers_only() {
        let mut tally = Tally::default();
        for it in 0..100_000 {
            tally.add(f64::from(it % 500));
        }
        let kept: usize = tally.runs.iter().map(Vec::len).sum();
        assert!(kept <= 1000, "{kept} entries for 500 numbers");
        assert!(tally.heap() <= 48 * 1000, "{} bytes", tally.heap());
        assert_eq!(tally.percentile(50.0), Some(Value::Number(249.0)));
    }

    #[test]
    fn runs_stay_few() {
        let mut tally = Tally::default();
        for it in 0..100_000_u32 {
            tally.add(f64::from(it.wrapping_mul(2_654_435_761) >> 8));
        }
        assert!(tally.runs.len() < 10, "{} runs", tally.runs.len());
    }

    #[test]
    fn ranks_are_not_carried_off_by_rounding() {
        let tally = || {
            let mut tally = Tally::default();
            (1..=1000).for_each(|it| tally.add(f64::from(it)));
            tally
        };
        for (percent, number) in
            [(99.9, 999.0), (0.0, 1.0), (100.0, 1000.0), (-5.0, 1.0), (1e300, 1000.0), (95.0, 950.0)]
        {
            assert_eq!(tally().percentile(percent), Some(Value::Number(number)));
        }
    }
}
