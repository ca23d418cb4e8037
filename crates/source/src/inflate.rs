//! Gzip, several members in a row, as a stream of bytes.

use std::io::{self, Read};

use flate2::bufread::MultiGzDecoder;

/// The first bytes of every gzip member.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// How many packed bytes are read at a time.
const PACKED: usize = 1 << 16;

/// Whether a file that begins so is gzip.
pub(crate) fn is_gzip(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
}

/// The inflated bytes of a gzip file; an error where it is damaged, or something else stands behind a member.
pub(crate) fn inflate<'a>(packed: impl Read + Send + 'a) -> Box<dyn Read + Send + 'a> {
    Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(PACKED, packed)))
}
