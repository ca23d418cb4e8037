//! What can go wrong at run time: trouble with files, or an answer that would be too large.

use std::fmt;

/// Why a query has no answer.
#[derive(Debug)]
pub enum Error {
    /// The archive cannot be read.
    Source(source::Error),
    /// A `fillmissing` would add more rows than this.
    TooManyBins(usize),
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
            Error::TooManyBins(most) => {
                write!(f, "`fillmissing` would add more than {most} rows; longer bins, or a shorter time, would do")
            }
        }
    }
}

impl std::error::Error for Error {}
