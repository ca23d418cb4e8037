//! What queries read: the files of the archive, and behind them what was written.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use plan::Scan;
use source::{Block, Error, Files, Group, Growing, Report, Source, Watch};
use store::Store;

use crate::clock::Clock;

/// Files that nobody here writes to, and a store: each scan sees what was acknowledged when it began.
pub(crate) struct Logs {
    pub(crate) files: Arc<Files>,
    pub(crate) store: Arc<Store>,
    /// The account of the log groups, where it is known.
    pub(crate) account: Option<String>,
    pub(crate) clock: Clock,
    /// The log groups of the files.
    pub(crate) archived: OnceLock<Vec<Group>>,
    /// All files as they were when they were last looked at.
    pub(crate) last: Mutex<Option<Arc<Files>>>,
}

impl Logs {
    /// The files there are now.
    fn now(&self) -> Arc<Files> {
        let growing = self.store.files(self.clock.now()).into_iter().map(|it| Growing {
            path: it.path,
            group: it.group,
            serial: it.serial,
            length: it.length,
            times: it.times,
            since: it.since,
        });
        let growing: Vec<Growing> = growing.collect();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Arc::new(self.files.with(&growing, self.account.as_deref(), last.as_deref()));
        *last = Some(now.clone());
        now
    }
}

impl Source for Logs {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        self.now().scan(scan, watch, visit)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        self.now().newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        let archived = self.archived.get_or_init(|| self.files.groups());
        let key = |name: &str, account: &Option<String>| (name.to_owned(), account.clone());
        let mut groups: BTreeMap<_, Group> =
            archived.iter().map(|it| (key(&it.name, &it.account), it.clone())).collect();
        // A log group is there before its first event.
        for it in self.store.groups() {
            let empty = Group { name: it.name, account: self.account.clone(), ..Group::default() };
            groups.entry(key(&empty.name, &empty.account)).or_insert(empty);
        }
        for file in self.store.files(self.clock.now()) {
            if let Some(group) = groups.get_mut(&key(&file.group, &self.account)) {
                group.streams += 1;
                group.files += 1;
                group.bytes += file.length;
            }
        }
        groups.into_values().collect()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.now().beginning(group)
    }
}
