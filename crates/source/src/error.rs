//! Why a scan could not give any answer.

use std::fmt;
use std::path::PathBuf;

use crate::report::Fault;

/// Why an archive cannot be read at all. What only part of it suffers from is a [`Fault`].
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// An argument names a file or folder that is not there, or cannot be looked at; the reason is the system's.
    Input {
        /// The argument.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A file name pattern that matches nothing, or is none.
    Pattern {
        /// The argument.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The arguments lead to no file.
    Empty {
        /// The arguments.
        paths: Vec<PathBuf>,
    },
    /// Of all files, none could be read.
    Nothing {
        /// How many files there were.
        files: usize,
        /// What was seen instead of logs.
        faults: Vec<Fault>,
    },
}

/// How many faults an error's text names.
const NAMED: usize = 5;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Input { path, reason } | Error::Pattern { path, reason } => {
                write!(f, "{}: {reason}", path.display())
            }
            Error::Empty { paths } => {
                let names: Vec<String> = paths.iter().map(|it| it.display().to_string()).collect();
                write!(f, "no files in {}", names.join(", "))
            }
            Error::Nothing { files, faults } => {
                write!(f, "no logs found in {files} {}", if *files == 1 { "file" } else { "files" })?;
                for fault in faults.iter().take(NAMED) {
                    write!(f, "\n  {fault}")?;
                }
                match faults.len().checked_sub(NAMED) {
                    Some(more) if more > 0 => write!(f, "\n  and {more} more"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl std::error::Error for Error {}
