//! All that a plan knows of the world.

use std::sync::Arc;

use crate::{Definition, Groups, Range, Table};

/// All that a plan knows of the world: it reads no clock and no file.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The time range that was asked for, if one was.
    pub range: Option<Range>,
    /// Whether that range lets in events without a time.
    pub keeps_untimed: bool,
    /// The query's idea of now in epoch milliseconds: `now()`, and what relative times count from.
    pub now: i64,
    /// How many rows the caller takes at most; the smaller of this and the query's own limit counts.
    pub limit: Option<u64>,
    /// Whose limits hold.
    pub limits: Limits,
    /// The class that the log groups are of, where the query does not choose one.
    pub class: LogClass,
    /// Whether the answer comes with the statistics of what was scanned.
    pub counted: crate::Counted,
    /// The tables that `lookup` and `cidrlookup` may name.
    pub tables: Vec<Arc<Table>>,
    /// The saved queries that `$Name(…)` may call.
    pub definitions: Vec<Arc<Definition>>,
    /// The log groups that the archive has; nothing where nobody has looked.
    pub log_groups: Option<Vec<LogGroup>>,
    /// The log groups that the query is asked of, where no `SOURCE` of its own names some; none means all.
    pub asked_of: Vec<Groups>,
    /// The fields that events have; nothing where nobody has looked.
    pub fields: Option<Vec<String>>,
    /// What of the world beyond the logs is known.
    pub beyond: Beyond,
    /// Whether the saved queries are all there are, so that a call of another is a fault.
    pub calls: Beyond,
}

/// A log group of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// Its name.
    pub name: String,
    /// The account it belongs to, where that is known.
    pub account: Option<String>,
    /// Its class, where that is known.
    pub class: Option<LogClass>,
}

impl LogGroup {
    /// Whether a query means it, which may put the account and a colon before the name.
    pub fn is_called(&self, name: &str) -> bool {
        let of_account = || name.strip_prefix(self.account())?.strip_prefix(':');
        self.name == name || of_account() == Some(&*self.name)
    }

    /// The account that it is taken to belong to.
    pub fn account(&self) -> &str {
        self.account.as_deref().unwrap_or(UNKNOWN_ACCOUNT)
    }
}

/// What is known of things that a query names and an archive does not hold: tables, tags of log groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beyond {
    /// All of it: what was not given is not there, and a query that names it is refused.
    #[default]
    Given,
    /// Nothing: what was not given is taken to be as the query needs it, with a warning.
    Assumed,
}

/// A class of log groups: what they cost, and which commands they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogClass {
    /// Takes all.
    #[default]
    Standard,
    /// Refuses some.
    InfrequentAccess,
}

impl LogClass {
    /// The class that the service calls so, in capitals or not.
    pub fn of(name: &str) -> Option<LogClass> {
        [LogClass::Standard, LogClass::InfrequentAccess].into_iter().find(|it| name.eq_ignore_ascii_case(it.name()))
    }

    /// What the service calls it.
    pub fn name(self) -> &'static str {
        match self {
            LogClass::Standard => "STANDARD",
            LogClass::InfrequentAccess => "INFREQUENT_ACCESS",
        }
    }
}

/// Whose limits hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Limits {
    /// The machine's: beyond the service's limits a query runs, with a warning.
    #[default]
    Ours,
    /// The service's, to the letter: beyond them a query is refused.
    Service,
}

/// The account of log groups of which none is known.
pub const UNKNOWN_ACCOUNT: &str = "000000000000";
/// Rows of an answer where the query names no limit.
pub const DEFAULT_LIMIT: u64 = 10_000;
/// The most rows the service gives.
pub const MOST_ROWS: u64 = 100_000;
/// The longest query the service takes, in characters.
pub const LONGEST_QUERY: usize = 10_000;
/// The most fields that the service discovers in one event.
pub const MOST_FIELDS: usize = 200;
/// The most `stats` commands the service takes in one query.
pub const MOST_STATS: usize = 10;
/// The most different keys that the service takes of the second query of a `join`.
pub const MOST_JOIN_KEYS: usize = 50_000;
/// The most parameters that the service takes of a saved query.
pub const MOST_PARAMETERS: usize = 20;
