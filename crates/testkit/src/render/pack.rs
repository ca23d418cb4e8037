//! Bytes packed: gzip and zstd, whole or cut.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::random::Random;

/// One member of gzip.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail; if it did, the archive would be short, and its test would say so.
    if encoder.write_all(bytes).is_ok() { encoder.finish().unwrap_or_default() } else { Vec::new() }
}

/// Gzip in one to four members, cut between any two bytes.
pub(super) fn members(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    cuts(bytes, random).into_iter().flat_map(gzip).collect()
}

/// Zstd in one to four frames, cut between any two bytes.
pub(super) fn frames(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let cuts = cuts(bytes, random).into_iter();
    cuts.flat_map(|it| zstd::encode_all(it, zstd::DEFAULT_COMPRESSION_LEVEL).unwrap_or_default()).collect()
}

/// One to four pieces, cut between any two bytes.
fn cuts<'b>(bytes: &'b [u8], random: &mut Random) -> Vec<&'b [u8]> {
    let mut cuts: Vec<usize> = (0..random.below(4)).map(|_| random.below(bytes.len() + 1)).collect();
    cuts.extend([0, bytes.len()]);
    cuts.sort();
    cuts.windows(2).map(|it| &bytes[it[0]..it[1]]).collect()
}
