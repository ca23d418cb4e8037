//! Moments as people give them: ISO 8601, epoch numbers, or back from now; and the time range they make.

use value::{Period, Unit, time};

use crate::Range;

/// A moment, on the clock or counted from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// In epoch milliseconds.
    At(i64),
    /// `now`, `-1h`
    Before(Option<Period>),
}

/// The moments that say what a query looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// The first that counts.
    pub start: Option<Moment>,
    /// The last that counts, to the end of its second.
    pub end: Option<Moment>,
    /// What now is, in epoch milliseconds.
    pub now: Option<i64>,
}

impl Moments {
    /// Whether what they say hangs on the newest event.
    pub fn hang_on_now(&self) -> bool {
        let bounded = self.start.is_some() || self.end.is_some();
        bounded && self.now.is_none() && !matches!(self.end, Some(Moment::At(_)))
    }

    /// What now is, given the newest event's time if it was looked for: the end of the range, else what was said, else
    /// the newest event.
    pub fn now(&self, newest: Option<i64>) -> i64 {
        let base = self.base(newest);
        self.end.map_or(base, |it| it.counted_from(base))
    }

    /// The range, if one was asked for.
    ///
    /// # Errors
    /// A range that ends before it starts: a sentence.
    pub fn range(&self, newest: Option<i64>) -> Result<Option<Range>, String> {
        if self.start.is_none() && self.end.is_none() {
            return Ok(None);
        }
        let start = self.start.map_or(i64::MIN, |it| it.counted_from(self.base(newest)));
        let end = match self.end {
            Some(_) => self.now(newest),
            // Where no end was said, a start behind the newest event is no mistake: there is nothing there.
            None => self.now(newest).max(start),
        };
        if start > end {
            return Err(String::from("the time range ends before it starts"));
        }
        // The last second counts to its last millisecond.
        Ok(Some(Range { start, end: end.div_euclid(1000).saturating_mul(1000).saturating_add(999) }))
    }

    /// What relative moments count from: the end of the range if that is a moment on the clock, else what was said, else
    /// the newest event.
    fn base(&self, newest: Option<i64>) -> i64 {
        match self.end {
            Some(Moment::At(end)) => end,
            _ => self.now.or(newest).unwrap_or_default(),
        }
    }
}

/// Epoch numbers below this are seconds: as milliseconds they would lie in 1973 or before.
const LEAST_MILLISECONDS: i64 = 100_000_000_000;

impl Moment {
    /// Reads a moment; None if the text is none.
    pub fn read(text: &str) -> Option<Moment> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("now") {
            return Some(Moment::Before(None));
        }
        if let Ok(number) = text.parse::<i64>()
            && !text.starts_with(['-', '+'])
        {
            return Some(Moment::At(if number < LEAST_MILLISECONDS { number * 1000 } else { number }));
        }
        let back = text.strip_prefix("now").unwrap_or(text);
        if let Some(period) = back.strip_prefix('-') {
            return Some(Moment::Before(Some(duration(period)?)));
        }
        time::read(text).map(Moment::At)
    }

    /// This moment in epoch milliseconds, if relative ones count from `base`.
    fn counted_from(self, base: i64) -> i64 {
        match self {
            Moment::At(time) => time,
            Moment::Before(None) => base,
            Moment::Before(Some(period)) => time::before(base, period),
        }
    }
}

fn duration(text: &str) -> Option<Period> {
    let digits = text.find(|it: char| !it.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    Some(Period { count: count.parse().ok()?, unit: Unit::read(unit.trim())? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_all_spellings() {
        assert_eq!(Moment::read("1767268800"), Some(Moment::At(1_767_268_800_000)));
        assert_eq!(Moment::read("1767268800123"), Some(Moment::At(1_767_268_800_123)));
        assert_eq!(Moment::read("2026-01-01T12:00:00Z"), Some(Moment::At(1_767_268_800_000)));
        assert_eq!(Moment::read("now"), Some(Moment::Before(None)));
        let hour = Period { count: 1, unit: Unit::Hour };
        assert_eq!(Moment::read("-1h"), Some(Moment::Before(Some(hour))));
        assert_eq!(Moment::read("now-1hr"), Some(Moment::Before(Some(hour))));
        assert_eq!(Moment::read("yesterday"), None);
        assert_eq!(Moment::read("-"), None);
    }

    #[test]
    fn the_end_second_counts_to_its_end() {
        let moments = Moments { start: Some(Moment::At(0)), end: Some(Moment::At(5_000)), now: None };
        assert_eq!(moments.range(None).ok().flatten(), Some(Range { start: 0, end: 5_999 }));
    }
}
