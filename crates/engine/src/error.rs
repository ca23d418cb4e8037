//! What can go wrong at run time: trouble with files, or an answer that would be too large.

use std::fmt;

/// Why a query has no answer.
#[derive(Debug)]
pub enum Error {
    /// The archive cannot be read.
    Source(source::Error),
    /// A `fillmissing` would add more rows than this.
    TooManyBins(usize),
    /// The second query of a `join` has more different keys than are allowed.
    TooManyKeys {
        /// How many are.
        most: usize,
        /// How many it has.
        found: usize,
    },
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
            Error::TooManyKeys { most, found } => {
                write!(f, "the service takes {most} different keys of the second query of a `join`, found {found}")
            }
            Error::TooManyBins(most) => {
                write!(f, "`fillmissing` would add more than {most} rows; longer bins, or a shorter time, would do")
            }
        }
    }
}

impl std::error::Error for Error {}
