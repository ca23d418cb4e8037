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
    /// What is gathered takes more memory than this, in bytes.
    TooLarge(usize),
    /// The same, together with what others gather.
    TooLargeTogether(usize),
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
            Error::TooLarge(most) => {
                write!(f, "its rows and groups take more than {} MB of memory: ", megabytes(*most))?;
                write!(f, "fewer groups, a smaller `limit`, or fewer fields would do")
            }
            Error::TooLargeTogether(most) => {
                let most = megabytes(*most);
                write!(f, "its rows and groups do not fit into the {most} MB of memory that all queries have together")
            }
            Error::TooManyBins(most) => {
                write!(f, "`fillmissing` would add more than {most} rows; longer bins, or a shorter time, would do")
            }
        }
    }
}

impl std::error::Error for Error {}

fn megabytes(bytes: usize) -> usize {
    bytes >> 20
}
