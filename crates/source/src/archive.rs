//! The files of an archive, opened when they are needed; the scan works on this, wherever the files are.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use rayon::prelude::*;

use crate::Group;
use crate::catalog::{Origin, reason};
use crate::content::{Asked, BYTE_ORDER_MARK, Content, Format, Kind};
use crate::kept::Shelf;
use crate::report::{Fault, Trouble};
use crate::scan;
use crate::task::Task;
use crate::window::{ALL_TIMES, Window};
use crate::zones::Zones;

/// Files in order, what could not be looked into, and how large blocks are.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    pub(crate) files: Vec<Arc<File>>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) sizes: Sizes,
}

/// How large the blocks of a scan are, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    /// Of a file whose bytes are all at hand.
    pub(crate) whole: usize,
    /// Of a stream.
    pub(crate) stream: usize,
}

impl Default for Sizes {
    fn default() -> Sizes {
        Sizes { whole: 1 << 20, stream: 1 << 20 }
    }
}

/// How long a file is and when it was written last, where the system says so.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// What was seen of a file. Who reads it learns into this, whatever becomes of the file meanwhile.
#[derive(Clone, Debug, Default)]
pub(crate) struct Learnt {
    /// Where its events stand; one that grows shares it with itself as it was.
    pub(crate) zones: Arc<Zones>,
    /// What it was inflated to, for as long as that is kept.
    pub(crate) inflated: Arc<Shelf>,
}

/// A file of an archive.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) origin: Origin,
    pub(crate) content: Content,
    /// What it is, once somebody has looked.
    pub(crate) kind: OnceLock<Kind>,
    /// The groups that its data names, once all of it has been looked at.
    pub(crate) groups: OnceLock<Vec<Origin>>,
    /// What was seen of it, and as what the system had it then.
    seen: Mutex<(Stamp, Learnt)>,
    /// The times of its oldest and its newest event, where whoever writes it says them.
    pub(crate) ends: Option<(i64, i64)>,
    /// The earliest time at its head, once somebody has looked.
    beginning: OnceLock<Option<i64>>,
    /// What is older has expired, in epoch milliseconds.
    pub(crate) since: Option<i64>,
    /// Of one that grows, by which number it is told from others.
    pub(crate) serial: Option<u64>,
}

impl File {
    pub(crate) fn new(origin: Origin, content: Content) -> File {
        let (kind, groups, beginning) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let seen = Mutex::default();
        File { origin, content, kind, groups, seen, ends: None, beginning, since: None, serial: None }
    }

    /// What was seen of it. Of a file that somebody else has changed meanwhile that is nothing.
    pub(crate) fn seen(&self) -> Learnt {
        let stamp = match &self.content {
            Content::Path(path) => fs::metadata(path).ok().map(|it| (it.len(), it.modified().ok())),
            _ => None,
        };
        let mut known = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 != stamp {
            *known = (stamp, Learnt::default());
        }
        known.1.clone()
    }

    /// The same file, of which so much was seen already.
    pub(crate) fn having(self, seen: Learnt) -> File {
        File { seen: Mutex::new((None, seen)), ..self }
    }

    /// Its bytes from one on, as many as it may have.
    pub(crate) fn bytes_from(&self, at: u64) -> Range<u64> {
        match self.content {
            Content::Start(_, length) => at..length,
            _ => at..u64::MAX,
        }
    }

    /// Whether it is known when its newest event happened.
    pub(crate) fn knows_newest(&self) -> bool {
        self.ends.is_some() || self.seen().zones.covers(&self.bytes_from(0))
    }

    /// When the newest of its events happened that was seen.
    pub(crate) fn newest(&self) -> Option<i64> {
        let newest = self.ends.map(|it| it.1).or_else(|| self.seen().zones.newest())?;
        Some(newest + self.origin.shift)
    }

    /// Whether it is known which groups its data names, if it does.
    pub(crate) fn knows_groups(&self) -> bool {
        self.groups.get().is_some() || !self.names_groups()
    }

    /// Whether its data names the log groups of its events.
    pub(crate) fn names_groups(&self) -> bool {
        matches!(self.kind().format, Format::Known(reader) if reader.names_groups())
    }

    /// Where its events are from, as far as anybody has looked.
    fn origins(&self) -> &[Origin] {
        match self.groups.get() {
            Some(groups) if self.names_groups() => groups,
            _ => std::slice::from_ref(&self.origin),
        }
    }

    /// What the file is; an unreadable one is unknown.
    pub(crate) fn kind(&self) -> &Kind {
        self.kind.get_or_init(|| {
            let count = AtomicU64::new(0);
            match self.content.open() {
                Ok(mut it) => it.unpacked(Asked::Head, &count).kind(),
                Err(error) => {
                    let format = Format::Unknown(Trouble::Unreadable(reason(&error)));
                    Kind { format, layout: None }
                }
            }
        })
    }
}

impl Archive {
    /// When the earliest of the events happened with which the files of a log group begin.
    pub(crate) fn beginning(&self, group: &Group) -> Option<i64> {
        let is_group = |it: &Origin| it.group == group.name && it.account == group.account;
        let of_group = self.files.par_iter().filter(|it| it.origins().iter().any(is_group));
        of_group.filter_map(|it| it.beginning()).min()
    }

    /// The log groups, by name.
    pub(crate) fn groups(&self) -> Vec<Group> {
        self.files.par_iter().for_each(|it| {
            it.kind();
        });
        scan::find_groups(self);
        let mut groups: BTreeMap<(&str, Option<&str>), Group> = BTreeMap::new();
        let mut streams: BTreeMap<(&str, Option<&str>), Vec<&str>> = BTreeMap::new();
        let each = self.files.iter().flat_map(|file| file.origins().iter().map(move |it| (file, it)));
        for (file, origin) in each {
            let key = (origin.group.as_str(), origin.account.as_deref());
            let group = groups.entry(key).or_insert_with(|| Group::new(&origin.group, origin.account.as_deref()));
            group.files += 1;
            group.bytes += file.content.size();
            match &file.kind().format {
                Format::Known(reader) if !group.formats.contains(&reader.name) => group.formats.push(reader.name),
                Format::Unknown(_) => group.unreadable += 1,
                _ => {}
            }
            streams.entry(key).or_default().extend(file.stream());
        }
        for (key, group) in &mut groups {
            let known = streams.entry(*key).or_default();
            known.sort_unstable();
            known.dedup();
            group.streams = known.len();
        }
        groups.into_values().collect()
    }
}

impl File {
    /// When the earliest of the events at its head happened.
    fn beginning(&self) -> Option<i64> {
        let said = self.beginning.get_or_init(|| {
            let Format::Known(reader) = self.kind().format else { return None };
            let count = AtomicU64::new(0);
            let mut opened = self.content.open().ok()?;
            let unpacked = opened.unpacked(Asked::Head, &count);
            let head = unpacked.head();
            let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
            let mut events = Task::new(self, Window::nothing()).events(reader, ALL_TIMES);
            (reader.read)(head, mark..head.len(), &mut events);
            events.tally.times.map(|it| it.0)
        });
        said.map(|it| it.saturating_add(self.origin.shift))
    }

    /// The stream, where the file's place says it.
    fn stream(&self) -> Option<&str> {
        match self.kind().format {
            Format::Known(reader) => self.origin.stream(reader),
            _ => None,
        }
    }
}
