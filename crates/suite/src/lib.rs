//! Tests of queries: a query, the events it is asked of, and what it must answer.
//!
//! A test file is YAML, `*.test.yml`, beside the queries it tests; [`KEYS`] lists what may stand in it, and
//! `test.schema.json` is its JSON Schema. [`read_file`] makes [`Test`]s of a file, [`run()`] runs one, and [`report`]
//! writes what came of all.

mod compare;
mod definitions;
mod events;
mod expect;
mod keys;
mod query;
mod read;
pub mod report;
mod run;
mod select;
mod table;
mod test;

pub use compare::Difference;
pub use definitions::{definition, read_definitions};
pub use expect::{Expect, ExpectedError, Rows};
pub use keys::{KEYS, Keys};
pub use read::{read, read_file};
pub use run::{Outcome, Snapshots, Verdict, run};
pub use select::{changed, files};
pub use test::{Given, QuerySource, Test};

use std::path::{Path, PathBuf};

use hosts::Position;

/// The JSON Schema of test files.
pub const SCHEMA: &str = include_str!("../test.schema.json");

/// Something wrong with a test file.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The file.
    pub path: PathBuf,
    /// Where.
    pub place: Position,
    /// What is wrong, in a sentence.
    pub message: String,
}

impl Fault {
    /// A fault at a place of a file.
    pub(crate) fn new(path: &Path, place: Position, message: impl Into<String>) -> Fault {
        Fault { path: path.to_owned(), place, message: message.into() }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.place, self.message)
    }
}
