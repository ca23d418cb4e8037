//! What queries read: the files of the archive, and behind them what was written.

use std::collections::BTreeSet;
use std::sync::Arc;

use plan::Scan;
use source::{Block, Error, Files, Group, Growing, Report, Source, Watch};
use store::Store;

use crate::clock::Clock;

/// Files that never change, and a store that does: each scan sees what was acknowledged when it began.
pub(crate) struct Logs {
    pub(crate) files: Arc<Files>,
    pub(crate) store: Arc<Store>,
    /// The account of the log groups, where it is known.
    pub(crate) account: Option<String>,
    pub(crate) clock: Clock,
}

impl Logs {
    /// The files there are now.
    fn now(&self) -> Files {
        let growing = self.store.files(self.clock.now()).into_iter().map(|it| Growing {
            path: it.path,
            group: it.group,
            length: it.length,
            times: it.times,
            since: it.since,
        });
        self.files.with(&growing.collect::<Vec<_>>(), self.account.as_deref())
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
        let mut groups = self.now().groups();
        let known: BTreeSet<String> = groups.iter().map(|it| it.name.clone()).collect();
        let written = self.store.groups().into_iter().map(|it| it.name);
        let empty = written.filter(|it| !known.contains(it));
        groups.extend(empty.map(|name| Group { name, account: self.account.clone(), ..Group::default() }));
        groups.sort_by(|one, other| (&one.name, &one.account).cmp(&(&other.name, &other.account)));
        groups
    }
}
