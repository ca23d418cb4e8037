//! Lines of a block: where they begin and end.

use std::ops::Range;

/// The beginnings of lines in a range: its own start if a line begins there, then what stands behind each line end.
pub(super) fn starts(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = usize> {
    let end = range.end.min(bytes.len());
    let first = begins(bytes, range.start).then_some(range.start).filter(|it| *it < end);
    let rest = bytes.get(range.start..end).unwrap_or_default();
    let behind = memchr::memchr_iter(b'\n', rest).map(move |it| range.start + it + 1).filter(move |it| *it < end);
    first.into_iter().chain(behind)
}

/// Whether a line begins here.
pub(super) fn begins(bytes: &[u8], at: usize) -> bool {
    at == 0 || bytes.get(at - 1) == Some(&b'\n')
}

/// Where the line begins that holds the byte at this place.
pub(super) fn start(bytes: &[u8], at: usize) -> usize {
    let before = bytes.get(..at.min(bytes.len())).unwrap_or_default();
    memchr::memrchr(b'\n', before).map_or(0, |it| it + 1)
}

/// Where the line ends that begins here: at its line end, or at the end of the range.
#[inline]
pub(super) fn end(bytes: &[u8], range: Range<usize>) -> usize {
    let rest = bytes.get(range.clone()).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(range.end, |it| range.start + it)
}
