//! Which times count: the range that was asked for, and what the answer still has room for.

use plan::{Counted, Range, Scan};

use crate::catalog::Origin;

/// All times there are.
pub(crate) const ALL_TIMES: Range = Range { start: i64::MIN, end: i64::MAX };

/// The times of events that count as having happened so much later than they say, as they say them. An end that is open
/// stays so.
pub(crate) fn earlier(times: Range, shift: i64) -> Range {
    let earlier = |time: i64| match time {
        i64::MIN | i64::MAX => time,
        _ => time.saturating_sub(shift),
    };
    Range { start: earlier(times.start), end: earlier(times.end) }
}

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
    /// Whether the time of an event must be known to tell whether it is kept, or is asked for anyway. Where it stands
    /// in the message, looking for it costs as much as all the rest.
    pub(crate) timed: bool,
}

/// Which log groups a scan wants, and what of each.
#[derive(Debug)]
pub(crate) struct Selection {
    scan: Scan,
}

impl Selection {
    /// What this scan wants.
    pub(crate) fn of(scan: &Scan) -> Selection {
        Selection { scan: scan.clone() }
    }

    /// What is kept of the events from here; nothing where the group is not wanted.
    pub(crate) fn window(&self, origin: &Origin) -> Option<Window> {
        let groups = &self.scan.groups;
        if groups.is_empty() {
            return Some(self.bounded(&[None]).earlier(origin.shift));
        }
        let bounds: Vec<_> = groups.iter().filter(|it| origin.is_named(it)).map(|it| it.range).collect();
        (!bounds.is_empty()).then(|| self.bounded(&bounds).earlier(origin.shift))
    }

    /// What is kept of any group in the file from here.
    pub(crate) fn widest(&self, origin: &Origin) -> Window {
        let bounds: Vec<_> = self.scan.groups.iter().map(|it| it.range).collect();
        self.bounded(if bounds.is_empty() { &[None] } else { &bounds }).earlier(origin.shift)
    }

    fn bounded(&self, bounds: &[Option<Range>]) -> Window {
        Window::of(&self.scan, bounds, self.scan.counted == Counted::All)
    }
}

impl Window {
    /// All events.
    #[cfg(test)]
    pub(crate) fn all() -> Window {
        Window::of(&Scan::default(), &[None], false)
    }

    /// No event at all: for a look at the heads alone.
    pub(crate) fn nothing() -> Window {
        Window { start: i64::MAX, end: i64::MIN, timed: true, ..Window::default() }
    }

    /// What a scan keeps of a group's events; `bounds` are those of the `SOURCE`s that name the group.
    pub(crate) fn of(scan: &Scan, bounds: &[Option<Range>], counts: bool) -> Window {
        let outer = scan.range.unwrap_or(ALL_TIMES);
        let inner = bounds.iter().map(|it| it.unwrap_or(ALL_TIMES));
        let ranges: Vec<Range> = inner
            .map(|it| Range { start: it.start.max(outer.start), end: it.end.min(outer.end) })
            .filter(|it| it.start <= it.end)
            .collect();
        let (Some(start), Some(end)) = (ranges.iter().map(|it| it.start).min(), ranges.iter().map(|it| it.end).max())
        else {
            return Window { counts, ..Window::nothing() };
        };
        let is_bounded = !ranges.contains(&ALL_TIMES);
        let untimed = !is_bounded || scan.keeps_untimed && bounds.iter().any(Option::is_none);
        let ranges = if ranges.len() > 1 { ranges } else { Vec::new() };
        let timed = is_bounded || scan.walks || scan.fields.iter().any(|it| *it.name == *"@timestamp");
        Window { start, end, ranges, untimed, counts, timed }
    }

    /// The window of events that count as having happened so much later than they say, in the times they say.
    fn earlier(mut self, shift: i64) -> Window {
        Range { start: self.start, end: self.end } = earlier(Range { start: self.start, end: self.end }, shift);
        self.ranges.iter_mut().for_each(|it| *it = earlier(*it, shift));
        self
    }

    /// The same, and nothing older than this.
    pub(crate) fn since(mut self, floor: i64) -> Window {
        self.timed |= floor > self.start;
        self.start = self.start.max(floor);
        self
    }

    /// The same, and nothing that is not within these times: what has no time counts as older than all that has.
    pub(crate) fn within(self, times: Range) -> Window {
        let mut window = self.since(times.start);
        window.untimed &= times.start == i64::MIN;
        window.timed |= times.end < window.end;
        window.end = window.end.min(times.end);
        window
    }

    /// Whether an event of this time is kept.
    #[inline]
    pub(crate) fn holds(&self, time: i64) -> bool {
        self.start <= time
            && time <= self.end
            && (self.ranges.is_empty() || self.ranges.iter().any(|it| it.holds(time)))
    }

    /// Whether events from the first to the last of these times may be kept.
    pub(crate) fn overlaps(&self, first: i64, last: i64) -> bool {
        self.start <= last && first <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: i64, end: i64) -> Option<Range> {
        Some(Range { start, end })
    }

    fn kept(scan: Option<Range>, bounds: &[Option<Range>]) -> (Vec<i64>, bool) {
        let window = Window::of(&Scan { range: scan, ..Scan::default() }, bounds, false);
        ((0..10).filter(|it| window.holds(*it)).collect(), window.untimed)
    }

    #[test]
    fn both_ends_count_and_ranges_meet() {
        assert_eq!(kept(range(2, 4), &[None]), (vec![2, 3, 4], false));
        assert_eq!(kept(range(2, 6), &[range(5, 9)]), (vec![5, 6], false));
        assert_eq!(kept(None, &[range(1, 2), range(7, 8)]), (vec![1, 2, 7, 8], false));
        assert_eq!(kept(range(2, 3), &[range(5, 9)]), (vec![], false));
        assert_eq!(kept(None, &[None]), ((0..10).collect(), true));
        assert_eq!(kept(None, &[]), (vec![], false));
    }

    #[test]
    fn what_counts_as_later_is_looked_for_earlier() {
        let window = Window::of(&Scan { range: range(5, 6), ..Scan::default() }, &[None], false).earlier(3);
        assert_eq!((0..10).filter(|it| window.holds(*it)).collect::<Vec<_>>(), [2, 3]);
        assert!(Window::all().earlier(3).holds(i64::MAX) && !Window::nothing().earlier(3).holds(0));
    }

    #[test]
    fn the_floor_only_narrows() {
        let window = Window::all().since(4);
        assert!(window.timed && window.untimed && !window.holds(3) && window.holds(4));
        let narrow = Window::of(&Scan { range: range(5, 6), ..Scan::default() }, &[None], false);
        assert!(!narrow.since(1).holds(4));
    }

    #[test]
    fn nothing_beyond_the_horizon_is_kept() {
        let within = |start, end| Window::all().within(Range { start, end });
        let window = within(4, 6);
        assert_eq!((0..10).filter(|it| window.holds(*it)).collect::<Vec<_>>(), [4, 5, 6]);
        assert!(window.timed && !window.untimed && !window.within(Range { start: 1, end: 9 }).holds(7));
        assert!(within(i64::MIN, 6).untimed && Window::all().within(ALL_TIMES).holds(i64::MAX));
        assert_eq!(earlier(Range { start: 4, end: i64::MAX }, 3), Range { start: 1, end: i64::MAX });
    }
}
