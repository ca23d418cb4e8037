//! What can go wrong at run time: trouble with files, never with the query.

use std::fmt;

/// Why a query has no answer.
#[derive(Debug)]
pub enum Error {
    /// The archive cannot be read.
    Source(source::Error),
}

impl From<source::Error> for Error {
    fn from(error: source::Error) -> Error {
        Error::Source(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::Source(it) => it.fmt(f),
        }
    }
}

impl std::error::Error for Error {}
