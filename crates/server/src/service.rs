//! What all calls share: the archive, the queries, and how the service was set up.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use plan::{Definition, Limits, LogGroup, Table};
use source::{Files, Group, Source};
use store::Store;

use crate::clock::Clock;
use crate::exports::Exports;
use crate::jobs::{Bounds, Jobs};
use crate::live::Seats;
use crate::logs::Logs;
use crate::streams::Known;

/// An archive that several threads ask at once.
pub type Archive = Arc<dyn Source + Send + Sync>;

/// The account where neither the data nor the caller names one.
pub const UNKNOWN_ACCOUNT: &str = "000000000000";

/// How the service is set up.
pub struct Options {
    /// The account that log groups are of, where the data does not say.
    pub account: String,
    /// The Region where a call is not signed for one.
    pub region: String,
    /// Whose limits hold for queries.
    pub limits: Limits,
    /// The tables that queries may look into, besides those that callers create.
    pub tables: Vec<Arc<Table>>,
    /// The saved queries that queries may call.
    pub definitions: Vec<Arc<Definition>>,
    /// What time it is.
    pub clock: Clock,
    /// How many queries there may be, and for how long.
    pub bounds: Bounds,
    /// The folder that export tasks write to; without, there are none.
    pub exports: Option<PathBuf>,
    /// Told what a person who watches the server may want to know, a line or a few.
    pub tell: fn(&str),
}

impl Default for Options {
    fn default() -> Options {
        Options {
            account: String::from(UNKNOWN_ACCOUNT),
            region: String::from("us-east-1"),
            limits: Limits::Service,
            tables: Vec::new(),
            definitions: Vec::new(),
            clock: Clock::System,
            bounds: Bounds::default(),
            exports: None,
            tell: |_| {},
        }
    }
}

/// What all calls share.
pub struct Service {
    /// The logs: the files, and behind them what was written.
    pub archive: Archive,
    /// The files alone, which nobody writes to.
    pub files: Archive,
    /// Where calls write to; without, nothing can be written.
    pub store: Option<Arc<Store>>,
    /// The log streams of the files.
    pub streams: Known,
    /// The export tasks.
    pub exports: Exports,
    /// The places for live tails.
    pub seats: Seats,
    /// The queries that run, and those that have ended.
    pub jobs: Arc<Jobs>,
    /// How it was set up.
    pub options: Options,
    groups: OnceLock<Arc<[Group]>>,
}

impl Service {
    /// The service over an archive, to which nothing can be written.
    pub fn new(archive: Archive, options: Options) -> Service {
        Service::over(archive.clone(), archive, None, options)
    }

    /// The service over files, and a store that takes what is written.
    pub fn with_store(files: Files, store: Store, options: Options) -> Service {
        let (files, store) = (Arc::new(files), Arc::new(store));
        let account = Some(options.account.clone()).filter(|it| it != UNKNOWN_ACCOUNT);
        let logs = Logs { files: files.clone(), store: store.clone(), account, clock: options.clock };
        Service::over(Arc::new(logs), files, Some(store), options)
    }

    fn over(archive: Archive, files: Archive, store: Option<Arc<Store>>, options: Options) -> Service {
        let jobs = Jobs::new(options.bounds.clone());
        let (streams, exports, seats) = (Known::default(), Exports::default(), Seats::default());
        Service { archive, files, store, streams, exports, seats, jobs, options, groups: OnceLock::new() }
    }

    /// The log groups, by name.
    pub fn groups(&self) -> Arc<[Group]> {
        match &self.store {
            Some(_) => self.archive.groups().into(),
            None => self.archived().into(),
        }
    }

    /// The log groups of the files, by name.
    pub fn archived(&self) -> &[Group] {
        self.groups.get_or_init(|| self.files.groups().into())
    }

    /// The log groups as queries know them.
    pub fn log_groups(&self) -> Vec<LogGroup> {
        self.groups().iter().map(|it| LogGroup { name: it.name.clone(), account: it.account.clone() }).collect()
    }

    /// The account of a log group.
    pub fn account<'a>(&'a self, group: &'a Group) -> &'a str {
        group.account.as_deref().unwrap_or(&self.options.account)
    }
}
