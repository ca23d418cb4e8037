//! What all calls share: the archive, the queries, and how the service was set up.

use std::sync::{Arc, OnceLock};

use plan::{Limits, LogGroup, Table};
use source::{Group, Source};

use crate::clock::Clock;
use crate::jobs::{Bounds, Jobs};

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
    /// What time it is.
    pub clock: Clock,
    /// How many queries there may be, and for how long.
    pub bounds: Bounds,
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
            clock: Clock::System,
            bounds: Bounds::default(),
            tell: |_| {},
        }
    }
}

/// What all calls share.
pub struct Service {
    /// The logs.
    pub archive: Archive,
    /// The queries that run, and those that have ended.
    pub jobs: Arc<Jobs>,
    /// How it was set up.
    pub options: Options,
    groups: OnceLock<Vec<Group>>,
}

impl Service {
    /// The service over an archive.
    pub fn new(archive: Archive, options: Options) -> Service {
        let jobs = Jobs::new(options.bounds.clone());
        Service { archive, jobs, options, groups: OnceLock::new() }
    }

    /// The log groups, by name.
    pub fn groups(&self) -> &[Group] {
        self.groups.get_or_init(|| self.archive.groups())
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
