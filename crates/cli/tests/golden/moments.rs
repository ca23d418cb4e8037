//! The settings `now`, `start` and `end` of a query, as the command line takes them.

use plan::Range;
use testkit::case::Question;
use value::{Period, Unit, time};

/// A moment, on the clock or counted back from now.
#[derive(Clone, Copy)]
enum Moment {
    At(i64),
    Before(Period),
}

/// When a query looks.
pub struct Moments {
    now: Option<i64>,
    start: Option<Moment>,
    end: Option<Moment>,
}

impl Moments {
    /// Reads the settings.
    pub fn of(question: &Question) -> Result<Moments, String> {
        let setting = |name: &str| match question.setting(name) {
            None => Ok(None),
            Some(text) => moment(text).map(Some).ok_or_else(|| format!("`{name}={text}` is no moment")),
        };
        let now = match setting("now")? {
            Some(Moment::Before(_)) => return Err(String::from("`now` cannot count from now")),
            Some(Moment::At(it)) => Some(it),
            None => None,
        };
        Ok(Moments { now, start: setting("start")?, end: setting("end")? })
    }

    /// What now is: the end of the range, what was said, or the newest event.
    pub fn now(&self, newest: Option<i64>) -> i64 {
        match self.end {
            Some(Moment::At(end)) => end,
            _ => self.now.or(newest).unwrap_or_default(),
        }
    }

    /// The range that was asked for, its last second whole.
    pub fn range(&self, newest: Option<i64>) -> Option<Range> {
        if self.start.is_none() && self.end.is_none() {
            return None;
        }
        let now = self.now(newest);
        let at = |it: Moment| match it {
            Moment::At(it) => it,
            Moment::Before(period) => time::before(now, period),
        };
        let end = self.end.map_or(now, at);
        Some(Range { start: self.start.map_or(i64::MIN, at), end: end.div_euclid(1000) * 1000 + 999 })
    }
}

fn moment(text: &str) -> Option<Moment> {
    if let Some(back) = text.strip_prefix('-') {
        let (count, unit) = back.split_at(back.find(|it: char| !it.is_ascii_digit())?);
        return Some(Moment::Before(Period { count: count.parse().ok()?, unit: Unit::read(unit)? }));
    }
    match text.parse::<i64>() {
        // Seconds; as milliseconds they would lie before the service was.
        Ok(seconds) if seconds < 100_000_000_000 => Some(Moment::At(seconds * 1000)),
        Ok(milliseconds) => Some(Moment::At(milliseconds)),
        Err(_) => time::read(text).map(Moment::At),
    }
}
