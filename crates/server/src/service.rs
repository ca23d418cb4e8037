//! What all calls share: the archive, the queries, and how the service was set up.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use plan::{Limits, LogClass, LogGroup};
use source::{Files, Group, Source};
use store::Store;

use crate::clock::Clock;
use crate::definition::Definition;
use crate::exports::Exports;
use crate::jobs::{Bounds, Jobs};
use crate::kept::Kept;
use crate::live::Seats;
use crate::logs::Logs;
use crate::lookup::LookupTable;
use crate::signature::AccessKey;
use crate::streams::Known;
use crate::telling::Telling;

/// An archive that several threads ask at once.
pub type Archive = Arc<dyn Source + Send + Sync>;

/// The account where neither the data nor the caller names one.
pub const UNKNOWN_ACCOUNT: &str = plan::UNKNOWN_ACCOUNT;

/// How the service is set up.
pub struct Options {
    /// The account that log groups are of, where the data does not say.
    pub account: String,
    /// The Region where a call is not signed for one.
    pub region: String,
    /// Whose limits hold for queries.
    pub limits: Limits,
    /// The tables that queries may look into, besides those that callers create: names and CSV.
    pub tables: Vec<(String, String)>,
    /// The saved queries that queries may call, besides those that callers save.
    pub definitions: Vec<Arc<plan::Definition>>,
    /// The folder for what callers create; without one, it is gone when the service ends.
    pub data: Option<PathBuf>,
    /// The keys that calls must be signed with; where there are none, any call is answered.
    pub keys: Vec<AccessKey>,
    /// What time it is.
    pub clock: Clock,
    /// How many queries there may be, and for how long.
    pub bounds: Bounds,
    /// The folder that export tasks write to; without, there are none.
    pub exports: Option<PathBuf>,
    /// How long clients may take.
    pub patience: Patience,
    /// Told what a person who watches the server may want to know, a line or a few.
    pub tell: fn(&str),
}

/// How long the service waits for clients that are slow.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a call, the first or the next on its connection.
    pub head: Duration,
    /// For the body of a call.
    pub body: Duration,
    /// For a client to take the next bytes of an answer.
    pub answer: Duration,
    /// For the calls that run once the service is to end.
    pub end: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        let seconds = Duration::from_secs;
        Patience { head: seconds(30), body: seconds(60), answer: seconds(60), end: seconds(10) }
    }
}

impl Default for Options {
    fn default() -> Options {
        Options {
            account: String::from(UNKNOWN_ACCOUNT),
            region: String::from("us-east-1"),
            limits: Limits::Service,
            tables: Vec::new(),
            definitions: Vec::new(),
            data: None,
            keys: Vec::new(),
            clock: Clock::System,
            bounds: Bounds::default(),
            exports: None,
            patience: Patience::default(),
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
    /// The queries that callers have saved, by id.
    pub definitions: Kept<Definition>,
    /// The tables that queries may look into, by name.
    pub tables: Kept<LookupTable>,
    groups: OnceLock<Arc<[Group]>>,
    /// When it was set up, in epoch milliseconds.
    began: i64,
}

impl Service {
    /// The service over an archive, to which nothing can be written.
    ///
    /// # Errors
    /// The folder of data cannot be read or written, or a given table is none; a sentence.
    pub fn new(archive: Archive, options: Options) -> Result<Service, String> {
        Service::over(archive.clone(), archive, None, options)
    }

    /// The service over files, and a store that takes what is written.
    ///
    /// # Errors
    /// As of [`Service::new`].
    pub fn with_store(files: Files, store: Store, options: Options) -> Result<Service, String> {
        let (files, store) = (Arc::new(files), Arc::new(store));
        let account = Some(options.account.clone()).filter(|it| it != UNKNOWN_ACCOUNT);
        let logs = Logs {
            files: files.clone(),
            store: store.clone(),
            account,
            clock: options.clock,
            archived: OnceLock::new(),
            last: Mutex::default(),
        };
        Service::over(Arc::new(logs), files, Some(store), options)
    }

    fn over(archive: Archive, files: Archive, store: Option<Arc<Store>>, options: Options) -> Result<Service, String> {
        let folder = |name: &str| options.data.as_ref().map(|it| it.join(name));
        let definitions = Kept::open(folder("query-definitions"))?;
        let tables = Kept::open(folder("lookup-tables"))?;
        for (name, body) in &options.tables {
            let table = LookupTable::new(name, body.clone(), options.clock.now());
            table.table().map_err(|fault| format!("the table `{name}`: {fault}"))?;
            tables.lend(name, table);
        }
        let jobs = Jobs::new(options.bounds.clone());
        let told = Arc::default();
        let telling = |it: Archive| -> Archive { Arc::new(Telling::of(it, options.tell, Arc::clone(&told))) };
        let (archive, files) = (telling(archive), telling(files));
        let (streams, exports, seats) = (Known::default(), Exports::default(), Seats::default());
        let (groups, began) = (OnceLock::new(), options.clock.now());
        Ok(Service {
            archive,
            files,
            store,
            streams,
            exports,
            seats,
            jobs,
            options,
            definitions,
            tables,
            groups,
            began,
        })
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
        let archived = self.archived();
        let known = |it: &Group| {
            let is_archived = archived.iter().any(|other| other.name == it.name && other.account == it.account);
            let written = self.store.as_ref().and_then(|store| store.group(&it.name).ok());
            let class = written.filter(|_| !is_archived).map(|it| LogClass::of(&it.class).unwrap_or_default());
            LogGroup { name: it.name.clone(), account: it.account.clone(), class }
        };
        self.groups().iter().map(known).collect()
    }

    /// When a log group was created, in epoch milliseconds. Nobody knows of one of the files: it was there when the first
    /// of its events happened, or else when the service began.
    pub fn created(&self, group: &Group) -> i64 {
        let is_archived = self.archived().iter().any(|it| it.name == group.name && it.account == group.account);
        let written = || Some(self.store.as_ref()?.group(&group.name).ok()?.created);
        let known = if is_archived { self.files.beginning(group) } else { written() };
        known.unwrap_or(self.began)
    }

    /// The account of a log group.
    pub fn account<'a>(&'a self, group: &'a Group) -> &'a str {
        group.account.as_deref().unwrap_or(&self.options.account)
    }
}
