//! Which times count: the range that was asked for, and what the answer still has room for.

use plan::{Range, Scan};

/// The times of one file's events that are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Window {
    start: i64,
    end: i64,
    /// The ranges themselves, where there are several within `start` and `end`.
    ranges: Vec<Range>,
    /// Whether events without a time are kept.
    pub(crate) untimed: bool,
    /// Whether the bytes of what is not kept are counted.
    pub(crate) counts: bool,
}

impl Window {
    /// No event at all: for a look at the heads alone.
    pub(crate) fn nothing() -> Window {
        Window { start: i64::MAX, end: i64::MIN, ..Window::default() }
    }

    /// What a scan keeps of a group's events; `bounds` are those of the `SOURCE`s that name the group.
    pub(crate) fn of(scan: &Scan, bounds: &[Option<Range>], counts: bool) -> Window {
        let all = Range { start: i64::MIN, end: i64::MAX };
        let outer = scan.range.unwrap_or(all);
        let inner = bounds.iter().map(|it| it.unwrap_or(all));
        let ranges: Vec<Range> = inner
            .map(|it| Range { start: it.start.max(outer.start), end: it.end.min(outer.end) })
            .filter(|it| it.start <= it.end)
            .collect();
        let (Some(start), Some(end)) = (ranges.iter().map(|it| it.start).min(), ranges.iter().map(|it| it.end).max())
        else {
            return Window { counts, ..Window::nothing() };
        };
        let untimed = ranges.contains(&all);
        let ranges = if ranges.len() > 1 { ranges } else { Vec::new() };
        Window { start, end, ranges, untimed, counts }
    }

    /// The same, and nothing older than this.
    pub(crate) fn since(mut self, floor: i64) -> Window {
        self.start = self.start.max(floor);
        self
    }

    /// Whether an event of this time is kept.
    #[inline]
    pub(crate) fn holds(&self, time: i64) -> bool {
        self.start <= time && time <= self.end && (self.ranges.is_empty() || self.ranges.iter().any(|it| it.holds(time)))
    }

    /// Whether events from the first to the last of these times may be kept.
    pub(crate) fn overlaps(&self, first: i64, last: i64) -> bool {
        self.start <= last && first <= self.end
    }
}
