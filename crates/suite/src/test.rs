//! A test as its file says it.

use std::path::PathBuf;

use hosts::Position;
use plan::Moments;

use crate::expect::Expect;

/// One test.
#[derive(Clone, Debug)]
pub struct Test {
    /// What it shows, in its own words.
    pub name: String,
    /// The file it stands in.
    pub path: PathBuf,
    /// Where it stands there.
    pub place: Position,
    /// Which query.
    pub query: QuerySource,
    /// The values of the query's placeholders.
    pub values: Vec<(String, String)>,
    /// The names of those that the test itself gives, and not its file: its query must have them.
    pub own_values: Vec<String>,
    /// What it is asked of.
    pub given: Given,
    /// The time range, and what `now` is.
    pub moments: Moments,
    /// Whose limits hold.
    pub limits: plan::Limits,
    /// What it must answer.
    pub expect: Expect,
}

/// Where the query of a test is.
#[derive(Clone, Debug)]
pub enum QuerySource {
    /// In the test itself: its text, and the line on which it begins.
    Inline(String),
    /// In another file, by its name there where the file has several.
    From {
        /// The file.
        path: PathBuf,
        /// What stands behind the `#`.
        name: Option<String>,
    },
}

/// The logs and tables of a test.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Files and folders of logs.
    pub logs: Vec<PathBuf>,
    /// Events that stand in the test itself: the bytes of a log file.
    pub events: Option<Vec<u8>>,
    /// The log group that the events and logs belong to; without it they are of the group that the data name.
    pub group: Option<String>,
    /// Tables for `lookup` and `cidrlookup`, by name.
    pub tables: Vec<(String, PathBuf)>,
    /// Files and folders of saved queries.
    pub definitions: Vec<PathBuf>,
}

impl Test {
    /// The files that the test depends on.
    pub fn depends_on(&self) -> Vec<PathBuf> {
        let mut files = vec![self.path.clone()];
        if let QuerySource::From { path, .. } = &self.query {
            files.push(path.clone());
        }
        files.extend(self.given.logs.iter().cloned());
        files.extend(self.given.tables.iter().map(|(_, path)| path.clone()));
        files.extend(self.given.definitions.iter().cloned());
        files.extend(self.expect.snapshot.clone());
        files
    }
}
