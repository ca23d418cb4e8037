//! Where objects begin that can be told by their first keys, wherever a file is cut.

use std::ops::Range;

/// The last `{` at or before this place where `begins` holds; the start of the bytes if there is none.
pub(super) fn before(bytes: &[u8], at: usize, begins: fn(&[u8], usize) -> bool) -> usize {
    let mut from = (at + 1).min(bytes.len());
    while let Some(brace) = bytes.get(..from).and_then(|it| memchr::memrchr(b'{', it)) {
        if begins(bytes, brace) {
            return brace;
        }
        from = brace;
    }
    0
}

/// The first `{` of the range where `begins` holds.
pub(super) fn after(bytes: &[u8], range: Range<usize>, begins: fn(&[u8], usize) -> bool) -> Option<usize> {
    let stretch = bytes.get(range.start..range.end.min(bytes.len()))?;
    memchr::memchr_iter(b'{', stretch).map(|it| range.start + it).find(|it| begins(bytes, *it))
}
