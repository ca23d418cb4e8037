//! Zone maps: when the events in which bytes of a file happened, as far as scans have seen them. A later scan passes over the
//! bytes that have no event for it, and tells of them what the first one told.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use crate::report::Fault;
use crate::window::Window;

/// What was seen of a file so far: zones by where they end, none of which overlaps another. They stay true when the file
/// grows at its end.
#[derive(Debug, Default)]
pub(crate) struct Zones(RwLock<BTreeMap<u64, Zone>>);

/// Bytes of a file, and the events in them, all of which were seen.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Zone {
    /// Where they lie in the file, which is inflated where it is packed.
    pub(crate) bytes: Range<u64>,
    /// The times of the oldest and the newest event, as the file says them.
    pub(crate) ends: Option<(i64, i64)>,
    /// What is told of them.
    pub(crate) remarks: Remarks,
}

/// What a report tells of some bytes, be they read or passed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Remarks {
    /// How many events have no time.
    pub(crate) untimed: u64,
    /// How many have one without a year.
    pub(crate) yearless: u64,
    /// What could not be read.
    pub(crate) faults: Vec<Fault>,
}

impl Zone {
    /// Bytes that hold no event.
    pub(crate) fn empty(bytes: Range<u64>) -> Zone {
        Zone { bytes, ends: None, remarks: Remarks::default() }
    }

    /// Whether none of the events can be within a window.
    fn is_outside(&self, window: &Window) -> bool {
        (self.remarks.untimed == 0 || !window.untimed)
            && self.ends.is_none_or(|(oldest, newest)| !window.overlaps(oldest, newest))
    }
}

impl Remarks {
    /// Adds what is told of other bytes.
    fn add(&mut self, other: &Remarks) {
        self.untimed += other.untimed;
        self.yearless += other.yearless;
        self.faults.extend_from_slice(&other.faults);
    }
}

impl Zones {
    /// Notes what was seen, unless all of it was seen before.
    pub(crate) fn learn(&self, zone: Zone) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if hold(overlapping(&known, &zone.bytes), &zone.bytes) {
            return;
        }
        let overlapped: Vec<u64> = overlapping(&known, &zone.bytes).map(|it| it.bytes.end).collect();
        overlapped.iter().for_each(|end| drop(known.remove(end)));
        known.insert(zone.bytes.end, zone);
    }

    /// Whether all of these bytes were seen.
    pub(crate) fn covers(&self, bytes: &Range<u64>) -> bool {
        hold(overlapping(&self.known(), bytes), bytes)
    }

    /// What is told of these bytes, where all of them were seen and none of their events can be within a window.
    pub(crate) fn outside(&self, bytes: &Range<u64>, window: &Window) -> Option<Remarks> {
        let known = self.known();
        if !hold(overlapping(&known, bytes).take_while(|it| it.is_outside(window)), bytes) {
            return None;
        }
        let mut remarks = Remarks::default();
        // Blocks that are cut otherwise than the zones meet each of them once where it begins.
        let begun = overlapping(&known, bytes).filter(|it| bytes.contains(&it.bytes.start));
        begun.for_each(|it| remarks.add(&it.remarks));
        Some(remarks)
    }

    /// How many bytes there are before all that has no event any more, where somebody came so far.
    pub(crate) fn length(&self) -> Option<u64> {
        self.known().get(&u64::MAX).map(|it| it.bytes.start)
    }

    /// The time of the newest event that was seen.
    pub(crate) fn newest(&self) -> Option<i64> {
        self.known().values().filter_map(|it| Some(it.ends?.1)).max()
    }

    fn known(&self) -> RwLockReadGuard<'_, BTreeMap<u64, Zone>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The zones that lie in these bytes, at least in part.
fn overlapping<'k>(known: &'k BTreeMap<u64, Zone>, bytes: &Range<u64>) -> impl Iterator<Item = &'k Zone> {
    let end = bytes.end;
    known.range(bytes.start.saturating_add(1)..).map(|it| it.1).take_while(move |it| it.bytes.start < end)
}

/// Whether zones that lie in these bytes hold all of them.
fn hold<'k>(mut zones: impl Iterator<Item = &'k Zone>, bytes: &Range<u64>) -> bool {
    let reached = zones.try_fold(bytes.start, |at, it| (it.bytes.start <= at).then_some(it.bytes.end));
    reached.is_some_and(|at| at >= bytes.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Trouble;

    fn zone(bytes: Range<u64>, time: i64) -> Zone {
        Zone { ends: Some((time, time)), ..Zone::empty(bytes) }
    }

    /// What is told of bytes that have no event at 5 or later.
    fn told(zones: &Zones, bytes: Range<u64>) -> Option<Remarks> {
        zones.outside(&bytes, &Window::all().since(5))
    }

    #[test]
    fn bytes_are_passed_over_where_all_of_them_were_seen() {
        let zones = Zones::default();
        for it in [zone(40..70, 9), zone(0..20, 1), zone(20..40, 2), Zone::empty(90..u64::MAX)] {
            zones.learn(it);
        }
        let none = Some(Remarks::default());
        for (bytes, expected) in [
            (0..20, &none),
            (0..40, &none),
            (5..33, &none),
            (0..41, &None),
            (40..70, &None),
            (70..80, &None),
            (89..95, &None),
            (90..u64::MAX, &none),
        ] {
            assert_eq!(told(&zones, bytes.clone()), *expected, "{bytes:?}");
        }
        assert!(zones.covers(&(3..70)) && !zones.covers(&(3..71)) && !Zones::default().covers(&(0..1)));
        assert_eq!((zones.newest(), zones.length(), Zones::default().length()), (Some(9), Some(90), None));
    }

    #[test]
    fn what_grew_is_seen_anew_and_what_is_less_is_not() {
        let zones = Zones::default();
        for it in [zone(0..20, 1), zone(20..30, 1), zone(20..45, 9), zone(20..30, 1), zone(5..40, 1)] {
            zones.learn(it);
        }
        assert_eq!((told(&zones, 0..20), told(&zones, 20..30)), (Some(Remarks::default()), None));
        assert!(zones.covers(&(0..45)));
    }

    #[test]
    fn what_is_passed_over_is_told_once() {
        let fault = |at| Fault { path: "f".into(), at: Some(at), trouble: Trouble::TornJson, count: 1 };
        let zones = Zones::default();
        let remarks = |at| Remarks { untimed: 0, yearless: 1, faults: vec![fault(at)] };
        zones.learn(Zone { remarks: remarks(3), ..zone(0..20, 1) });
        zones.learn(Zone { remarks: remarks(25), ..zone(20..40, 1) });
        let parts: Vec<Remarks> = [0..10, 10..30, 30..40].into_iter().filter_map(|it| told(&zones, it)).collect();
        assert_eq!(parts, [remarks(3), remarks(25), Remarks::default()]);
        assert_eq!(told(&zones, 0..40).map(|it| (it.yearless, it.faults.len())), Some((2, 2)));
    }

    #[test]
    fn events_without_a_time_are_within_any_window_that_has_them() {
        let zones = Zones::default();
        let remarks = Remarks { untimed: 2, ..Remarks::default() };
        zones.learn(Zone { remarks: remarks.clone(), ..zone(0..20, 1) });
        assert_eq!(zones.outside(&(0..20), &Window::all().since(5)), None);
        assert_eq!(zones.outside(&(0..20), &Window::nothing()), Some(remarks));
    }
}
