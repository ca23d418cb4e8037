//! What is in a tar archive: each member's path, and where its bytes lie.

use std::sync::Arc;

use tar::{Archive, EntryType};

use super::{Listing, Part, Store, inner_path};
use crate::inflate::{Method, Sum, trouble_of};
use crate::report::Trouble;

/// Members stand at multiples of this, and the archive ends with such a block of zeros.
const BLOCK: u64 = 512;

const TORN: Trouble = Trouble::Torn("a tar archive");

/// Lists the files of a tar archive as far as it is whole; several archives in a row are one.
pub(super) fn list(store: &Arc<Store>, listing: &mut Listing) {
    let bytes = match store.open() {
        Ok(it) => it,
        Err(error) => return listing.fault(None, trouble_of(&error)),
    };
    let mut archive = Archive::new(bytes);
    archive.set_ignore_zeros(true);
    let Ok(entries) = archive.entries_with_seek() else { return };
    let mut end = 0;
    for entry in entries {
        // What is behind a header that is none cannot be found.
        let Ok(entry) = entry else { return listing.fault(Some(end), TORN) };
        let start = entry.raw_file_position();
        let range = start.min(store.len())..start.saturating_add(entry.size()).min(store.len());
        end = start.saturating_add(entry.size()).checked_next_multiple_of(BLOCK).unwrap_or(u64::MAX);
        let Some(path) = entry.path().ok().and_then(|it| inner_path(&it)) else { continue };
        match entry.header().entry_type() {
            // A folder, as the first programs wrote it.
            EntryType::Regular if entry.path_bytes().ends_with(b"/") => {}
            EntryType::Regular | EntryType::Continuous => {
                let sum = Sum { size: range.end - range.start, crc: None };
                listing.add(path, Part { store: store.clone(), range, method: Method::Stored, sum });
            }
            EntryType::Link | EntryType::Symlink => {
                listing.pass_over(path, Trouble::Later("a link in a tar archive"));
            }
            EntryType::GNUSparse => listing.pass_over(path, Trouble::Later("a file with holes in a tar archive")),
            _ => {}
        }
    }
    if end.saturating_add(BLOCK) > store.len() {
        listing.fault(Some(store.len()), TORN);
    }
}
