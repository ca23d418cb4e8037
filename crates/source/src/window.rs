//! Which times count: the range that was asked for, and what the answer still has room for.

use plan::{Counted, Range, Scan};

use crate::catalog::Origin;

/// The times beyond which no event counts any more, in epoch milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Horizon {
    pub(crate) oldest: i64,
    pub(crate) newest: i64,
}

impl Horizon {
    /// Beyond which there is nothing.
    pub(crate) const NONE: Horizon = Horizon { oldest: i64::MIN, newest: i64::MAX };

    /// The horizon of events that count as having happened later than they say, in the times they say.
    pub(crate) fn earlier(self, shift: i64) -> Horizon {
        Horizon { oldest: earlier(self.oldest, shift), newest: earlier(self.newest, shift) }
    }
}

/// A time, so much earlier; an end that is open stays so.
fn earlier(time: i64, shift: i64) -> i64 {
    if time == i64::MIN || time == i64::MAX { time } else { time.saturating_sub(shift) }
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
        let timed = !untimed || scan.fields.iter().any(|it| *it.name == *"@timestamp");
        Window { start, end, ranges, untimed, counts, timed }
    }

    /// The window of events that count as having happened later than they say, in the times they say.
    fn earlier(mut self, shift: i64) -> Window {
        let earlier = |time: i64| earlier(time, shift);
        (self.start, self.end) = (earlier(self.start), earlier(self.end));
        self.ranges.iter_mut().for_each(|it| *it = Range { start: earlier(it.start), end: earlier(it.end) });
        self
    }

    /// The same, and nothing older than this.
    pub(crate) fn since(mut self, floor: i64) -> Window {
        self.timed |= floor > self.start;
        self.start = self.start.max(floor);
        self
    }

    /// The same, and nothing beyond a horizon: what has no time counts as older than all that has.
    pub(crate) fn within(self, horizon: Horizon) -> Window {
        let mut window = self.since(horizon.oldest);
        window.untimed &= horizon.oldest == i64::MIN;
        window.timed |= horizon.newest < window.end;
        window.end = window.end.min(horizon.newest);
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
        let window = Window::all().within(Horizon { oldest: 4, newest: 6 });
        assert_eq!((0..10).filter(|it| window.holds(*it)).collect::<Vec<_>>(), [4, 5, 6]);
        assert!(window.timed && !window.untimed && !window.within(Horizon { oldest: 1, newest: 9 }).holds(7));
        assert!(Window::all().within(Horizon { newest: 6, ..Horizon::NONE }).untimed);
        assert!(Window::all().within(Horizon::NONE).holds(i64::MAX));
        assert_eq!(Horizon { oldest: 4, newest: i64::MAX }.earlier(3), Horizon { oldest: 1, newest: i64::MAX });
    }
}
