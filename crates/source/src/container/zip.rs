//! What is in a zip archive: each member's path, where its bytes lie, and what they are packed with.

use std::path::Path;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

use super::{Listing, Part, Store, inner_path};
use crate::inflate::{Method, Sum, trouble_of};
use crate::report::Trouble;

const TORN: Trouble = Trouble::Torn("a zip archive");

/// Lists the files of a zip archive. One whose directory, which is at its end, is lost has none.
pub(super) fn list(store: &Arc<Store>, listing: &mut Listing) {
    let bytes = match store.open() {
        Ok(it) => it,
        Err(error) => return listing.fault(None, trouble_of(&error)),
    };
    let Ok(mut archive) = ZipArchive::new(bytes) else { return listing.fault(None, TORN) };
    for number in 0..archive.len() {
        let named = archive.name_for_index(number).and_then(|it| inner_path(Path::new(it)));
        let member = archive.by_index_raw(number);
        let Some(path) = named else { continue };
        let Ok(member) = member else {
            listing.pass_over(path, TORN);
            continue;
        };
        if member.is_dir() {
            continue;
        }
        let method = match member.compression() {
            _ if member.encrypted() => Err("an encrypted file in a zip archive"),
            _ if member.is_symlink() => Err("a link in a zip archive"),
            CompressionMethod::Stored => Ok(Method::Stored),
            CompressionMethod::DEFLATE => Ok(Method::Deflate),
            CompressionMethod::ZSTD => Ok(Method::Zstd),
            _ => Err("a file in a zip archive, packed by neither deflate nor zstd"),
        };
        let end = member.data_start().and_then(|it| it.checked_add(member.compressed_size()));
        match (method, member.data_start(), end) {
            (Err(what), _, _) => listing.pass_over(path, Trouble::Later(what)),
            (Ok(method), Some(start), Some(end)) if end <= store.len() => {
                let sum = Sum { size: member.size(), crc: Some(member.crc32()) };
                listing.add(path, Part { store: store.clone(), range: start..end, method, sum });
            }
            _ => listing.pass_over(path, TORN),
        }
    }
}
