//! JSON as it stands in messages: the structure checked, the wanted scalars found, nothing built.
//!
//! A document counts when its strings, brackets, commas and colons are in order to its close; the inside of scalars
//! that nobody asks for is not looked at. [`Paths`] says which fields are wanted, [`walk`] finds them in one pass.

pub(crate) mod flatten;
pub(crate) mod paths;
pub(crate) mod quoted;
pub(crate) mod scalar;
pub(crate) mod scan;
mod skip;
mod spelling;
pub(crate) mod walk;

pub(crate) use paths::Paths;
pub(crate) use scalar::Scalar;

use scan::blanks;
use spelling::Spelling;

pub(crate) use spelling::Plain;

/// Where in a message the document is that its fields come from: the message itself if it is an array, else the
/// first `{` that blanks and `"` or `}` follow. Only that one is tried.
pub(crate) fn document<S: Spelling>(message: &[u8]) -> Option<usize> {
    let first = blanks(message, 0);
    if message.get(first) == Some(&b'[') && is_array::<S>(message, first) {
        return Some(first);
    }
    memchr::memchr_iter(b'{', message).find(|at| opens::<S>(message, *at))
}

/// Whether an object may begin at this `{`.
#[inline]
fn opens<S: Spelling>(message: &[u8], at: usize) -> bool {
    message.get(blanks(message, at + 1)).is_some_and(|it| *it == S::OPENS || *it == b'}')
}

/// Whether the message is an array to its end.
fn is_array<S: Spelling>(message: &[u8], at: usize) -> bool {
    skip::skip_container::<S>(message, at, 0).is_some_and(|end| blanks(message, end) == message.len())
}
