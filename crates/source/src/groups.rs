//! The log groups that a file's own data names, and which of them a scan wants.

use std::collections::HashMap;
use std::sync::Arc;

use plan::Range;

use crate::catalog::Origin;
use crate::window::{Selection, Window};

/// The groups of a block's events, where the data names them.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    /// Nothing where the data never names a group.
    home: Option<Home>,
    /// Those met so far.
    pub(crate) met: Vec<Met>,
    numbers: HashMap<(Box<str>, Box<str>), u32>,
    /// The group whose events are being read: a number of `met` and one more, 0 for the file's own.
    now: u32,
    /// The group of each event that was kept; empty where all are the file's own.
    of_events: Vec<u32>,
}

/// The file that the groups are met in.
#[derive(Debug)]
pub(crate) struct Home {
    /// Where events are from that say no group.
    pub(crate) origin: Origin,
    /// Which groups are wanted; without, all are.
    pub(crate) selection: Option<Arc<Selection>>,
    /// What is kept of a group where all are wanted.
    pub(crate) window: Window,
    /// What is not within these times is not kept.
    pub(crate) horizon: Range,
}

/// A group that was met.
#[derive(Debug)]
pub(crate) struct Met {
    pub(crate) origin: Origin,
    /// Which of its events are kept; nothing where the group is not wanted.
    pub(crate) window: Option<Window>,
}

impl Home {
    /// What is kept of the events from here; nothing where the group is not wanted.
    pub(crate) fn window_of(&self, origin: &Origin) -> Option<Window> {
        match &self.selection {
            None => Some(self.window.clone()),
            Some(it) => it.window(origin).map(|it| it.within(self.horizon)),
        }
    }
}

impl Groups {
    /// No group met yet in this file.
    pub(crate) fn of(home: Home) -> Groups {
        Groups { home: Some(home), ..Groups::default() }
    }

    /// From now on events are of this group; which of them are kept.
    pub(crate) fn enter(&mut self, account: Option<&str>, group: &str) -> Option<Window> {
        let home = self.home.as_ref()?;
        let key = (Box::from(account.unwrap_or_default()), Box::from(group));
        let next = self.met.len() as u32 + 1;
        self.now = *self.numbers.entry(key).or_insert(next);
        if self.now == next {
            let origin = home.origin.of_group(account, group);
            let window = home.window_of(&origin);
            self.met.push(Met { origin, window });
        }
        self.met.get(self.now as usize - 1)?.window.clone()
    }

    /// From now on events are of the file's own group; which of them are kept.
    pub(crate) fn leave(&mut self) -> Option<Window> {
        self.now = 0;
        let home = self.home.as_ref()?;
        home.window_of(&home.origin)
    }

    /// One more event was kept; it is the last of so many.
    #[inline]
    pub(crate) fn push(&mut self, count: usize) {
        if self.now != 0 || !self.of_events.is_empty() {
            self.of_events.resize(count - 1, 0);
            self.of_events.push(self.now);
        }
    }

    /// Where an event is from, if its data says so.
    pub(crate) fn origin_of(&self, row: usize) -> Option<&Origin> {
        self.origin(*self.of_events.get(row)?)
    }

    /// Where all of so many events are from; `None` if they differ, and nothing inside if it is the file's own.
    pub(crate) fn common(&self, count: usize) -> Option<Option<&Origin>> {
        // Events behind the last one that was pushed are of the file's own group.
        let first = self.of_events.first().copied().unwrap_or_default();
        let alike = self.of_events.iter().all(|it| *it == first) && (first == 0 || self.of_events.len() == count);
        alike.then(|| self.origin(first))
    }

    fn origin(&self, number: u32) -> Option<&Origin> {
        self.met.get((number as usize).checked_sub(1)?).map(|it| &it.origin)
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::window::ALL_TIMES;

    fn groups() -> Groups {
        let origin = Origin::new(PathBuf::from("folder/file"), Path::new(""), None, Some("1"));
        Groups::of(Home { origin, selection: None, window: Window::all(), horizon: ALL_TIMES })
    }

    #[test]
    fn each_event_is_of_the_group_that_was_entered_last() {
        let mut groups = groups();
        groups.push(1);
        groups.enter(Some("2"), "a");
        groups.push(2);
        groups.enter(None, "a");
        groups.push(3);
        groups.enter(Some("2"), "a");
        groups.push(4);
        groups.leave();
        groups.push(5);
        let logs = (0..5).map(|row| groups.origin_of(row).map(|it| it.log.as_str()));
        assert_eq!(logs.collect::<Vec<_>>(), [None, Some("2:a"), Some("1:a"), Some("2:a"), None]);
        assert_eq!(groups.met.len(), 2);
    }

    #[test]
    fn a_group_in_common_is_told() {
        let mut groups = groups();
        assert_eq!(groups.common(3), Some(None));
        groups.enter(None, "a");
        groups.push(1);
        groups.push(2);
        assert_eq!(groups.common(2).flatten().map(|it| it.group.as_str()), Some("a"));
        groups.leave();
        groups.push(3);
        assert_eq!(groups.common(3), None);
    }
}
