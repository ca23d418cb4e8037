//! Files as memory: the one place where the operating system is trusted not to change bytes under our feet.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;

use memmap2::{Advice, Mmap};

/// Maps a regular file that nobody is expected to change while it is read.
///
/// A file that is truncated while it is mapped ends the process with a signal: the caller maps none that was changed
/// a moment ago, and none that is no regular file.
pub(crate) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the map is only ever read as bytes, whose meaning does not rest on their staying the same: text is
    // checked again wherever it is sliced. What remains is truncation, of which the caller takes care.
    let map = unsafe { Mmap::map(file)? };
    // Only advice: without it the file is read all the same.
    let _ = map.advise(Advice::Sequential);
    Ok(map)
}
