//! What is wrong with a filter pattern.

use std::fmt;
use std::ops::Range;

/// Why a text is no filter pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, without a capital or a full stop.
    pub message: String,
    /// Where, in bytes of the pattern.
    pub place: Range<usize>,
    /// What to write instead, where that is known.
    pub hint: Option<String>,
}

impl Error {
    /// A fault at a part, which must be a slice of the pattern.
    pub(crate) fn at(whole: &str, part: &str, message: String) -> Error {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len());
        Error { message, place: start..(start + part.len()).min(whole.len()), hint: None }
    }

    /// The same fault, and what to write instead.
    pub(crate) fn with_hint(self, hint: String) -> Error {
        Error { hint: Some(hint), ..self }
    }
}

impl fmt::Display for Error {
    /// `invalid character `.` in the term `user.id`, at byte 0: write it in quotes: `"user.id"``
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, at byte {}", self.message, self.place.start)?;
        self.hint.iter().try_for_each(|hint| write!(f, ": {hint}"))
    }
}

impl std::error::Error for Error {}
