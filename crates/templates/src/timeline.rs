//! When the messages of a template were logged: counts in periods of equal width.
//!
//! The width is a second, doubled until few enough periods hold messages. More messages only make it wider, so neither
//! the order of the messages nor that of merging shows.

/// The most periods that hold messages.
pub const MOST_PERIODS: usize = 64;
/// The narrowest period, in milliseconds.
const SECOND: i64 = 1000;

/// Counts of messages over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// How often the width was doubled.
    doublings: u32,
    /// The number of each period that holds messages, since the epoch, and how many it holds; ascending.
    counts: Vec<(i64, u64)>,
    /// Where the last message was counted: the next is most likely counted there, too.
    last: usize,
}

impl Timeline {
    /// Takes in a message of this time, in epoch milliseconds.
    pub(crate) fn add(&mut self, time: i64) {
        let period = time.div_euclid(SECOND) >> self.doublings;
        match self.counts.get_mut(self.last) {
            Some((last, count)) if *last == period => *count += 1,
            _ => self.take(period, 1),
        }
    }

    /// Takes in the messages of another part.
    pub(crate) fn merge(&mut self, mut other: Timeline) {
        self.widen_to(other.doublings);
        other.widen_to(self.doublings);
        for (period, count) in other.counts {
            // Taking one may widen this one.
            let period = period >> (self.doublings - other.doublings);
            self.take(period, count);
        }
    }

    /// How wide a period is, in milliseconds.
    pub fn width(&self) -> i64 {
        SECOND.saturating_mul(1 << self.doublings.min(62))
    }

    /// The beginning of each period that holds messages, in epoch milliseconds, and how many it holds; ascending.
    pub fn counts(&self) -> impl Iterator<Item = (i64, u64)> {
        self.counts.iter().map(|(period, count)| (period.saturating_mul(self.width()), *count))
    }

    /// How many messages each of all periods holds, from the first that holds any of `whole` to the last.
    pub(crate) fn over(&self, whole: &Timeline) -> Vec<u64> {
        let mut own = self.clone();
        own.widen_to(whole.doublings);
        let (Some((first, _)), Some((last, _))) = (whole.counts.first(), whole.counts.last()) else {
            return Vec::new();
        };
        let mut counts = vec![0; usize::try_from(last - first).unwrap_or_default() + 1];
        for (period, count) in own.counts {
            let place = usize::try_from(period - first).ok();
            place.and_then(|it| counts.get_mut(it)).into_iter().for_each(|it| *it += count);
        }
        counts
    }

    /// Doubles the width until so few periods lie between the first and the last, those without messages included.
    pub(crate) fn spanning(mut self, most: i64) -> Timeline {
        while let (Some((first, _)), Some((last, _))) = (self.counts.first(), self.counts.last())
            && last - first >= most
        {
            self.widen_to(self.doublings + 1);
        }
        self
    }

    fn take(&mut self, period: i64, count: u64) {
        self.last = match self.counts.binary_search_by_key(&period, |it| it.0) {
            Ok(place) => {
                self.counts[place].1 += count;
                place
            }
            Err(place) => {
                self.counts.insert(place, (period, count));
                place
            }
        };
        while self.counts.len() > MOST_PERIODS {
            self.widen_to(self.doublings + 1);
        }
    }

    fn widen_to(&mut self, doublings: u32) {
        let by = doublings.saturating_sub(self.doublings);
        if by == 0 {
            return;
        }
        self.counts.iter_mut().for_each(|it| it.0 >>= by);
        self.counts.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
        self.doublings = doublings;
        self.last = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: impl Iterator<Item = i64>) -> Timeline {
        let mut it = Timeline::default();
        times.for_each(|time| it.add(time));
        it
    }

    fn told(it: &Timeline) -> (i64, Vec<(i64, u64)>) {
        (it.width(), it.counts().collect())
    }

    #[test]
    fn messages_are_counted_in_periods() {
        assert_eq!(told(&of([500, 1500, 1700, -1].into_iter())), (1000, vec![(-1000, 1), (0, 1), (1000, 2)]));
        let hour = of((0..3600).map(|it| it * 1000));
        assert_eq!((hour.width(), hour.counts().count()), (64_000, 57));
        assert_eq!(hour.counts().map(|it| it.1).sum::<u64>(), 3600);
    }

    #[test]
    fn the_order_of_parts_does_not_show() {
        let times: Vec<i64> = (0..2000_i64).map(|it| (it * 7_919 % 2000) * 977).collect();
        let whole = told(&of(times.iter().copied()));
        for size in [1, 30, 700] {
            let mut merged = Timeline::default();
            times.chunks(size).rev().for_each(|it| merged.merge(of(it.iter().copied())));
            assert_eq!(told(&merged), whole);
        }
    }

    #[test]
    fn one_is_told_over_the_periods_of_another() {
        let whole = of([0, 1000, 9000].into_iter());
        assert_eq!(of([0, 0, 9000].into_iter()).over(&whole), [2, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!(whole.clone().spanning(5).width(), 2000);
        assert_eq!(of([1000].into_iter()).over(&whole.spanning(5)), [1, 0, 0, 0, 0]);
    }

    #[test]
    fn extreme_times_are_times_too() {
        let it = of([i64::MIN, i64::MAX, 0].into_iter());
        assert_eq!(it.counts().count(), 3);
        assert_eq!(it.spanning(10).over(&Timeline::default()), Vec::<u64>::new());
    }
}
