//! A stream of bytes cut into blocks of whole events.

use std::io::{self, Read};

use crate::content::BYTE_ORDER_MARK;
use crate::read::Reader;

/// An event larger than this is handed over in pieces: what is held in memory has a bound.
pub(crate) const MOST: usize = 1 << 28;

/// Cuts a stream into blocks.
pub(crate) struct Stream<'a> {
    reader: &'static Reader,
    input: Box<dyn Read + Send + 'a>,
    /// What is read and not yet handed over.
    pending: Vec<u8>,
    /// Where it begins in the stream.
    base: u64,
    block: usize,
    ended: bool,
    /// Why the stream ended early.
    pub(crate) failure: Option<io::Error>,
}

/// Whole events of a stream.
pub(crate) struct Piece {
    pub(crate) bytes: Vec<u8>,
    /// Where they begin in the stream.
    pub(crate) base: u64,
    /// Whether the last event goes on behind them.
    pub(crate) cut_short: bool,
}

impl<'a> Stream<'a> {
    /// A stream whose first bytes have been read, to be cut into blocks of about this size.
    pub(crate) fn new(
        reader: &'static Reader,
        mut head: Vec<u8>,
        input: Box<dyn Read + Send + 'a>,
        failure: Option<io::Error>,
        block: usize,
    ) -> Stream<'a> {
        let mark = if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        head.drain(..mark);
        let ended = failure.is_some();
        Stream { reader, input, pending: head, base: mark as u64, block: block.max(1), ended, failure }
    }

    /// The bytes that have been read so far.
    pub(crate) fn position(&self) -> u64 {
        self.base + self.pending.len() as u64
    }

    /// Whether its last bytes have been handed over.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended && self.pending.is_empty()
    }

    /// The next block. `spare` is a buffer that is no longer needed.
    pub(crate) fn next(&mut self, mut spare: Vec<u8>) -> Option<Piece> {
        let mut size = self.block;
        loop {
            self.fill(size);
            let base = self.base;
            if self.ended && self.pending.len() <= size {
                let bytes = std::mem::take(&mut self.pending);
                self.base += bytes.len() as u64;
                return (!bytes.is_empty()).then_some(Piece { bytes, base, cut_short: false });
            }
            let last = size.min(self.pending.len()).checked_sub(1)?;
            let cut = (self.reader.before)(&self.pending, last);
            let (cut, cut_short) = if cut > 0 {
                (cut, false)
            } else if size >= MOST {
                (size, true)
            } else {
                size = size.saturating_mul(2).min(MOST);
                continue;
            };
            spare.clear();
            spare.extend_from_slice(&self.pending[cut..]);
            let mut bytes = std::mem::replace(&mut self.pending, spare);
            bytes.truncate(cut);
            self.base += cut as u64;
            return Some(Piece { bytes, base, cut_short });
        }
    }

    /// Reads until so many bytes are pending, or the stream ends.
    fn fill(&mut self, size: usize) {
        let Some(missing) = size.checked_sub(self.pending.len()).filter(|it| *it > 0 && !self.ended) else { return };
        self.pending.reserve(missing);
        match (&mut self.input).take(missing as u64).read_to_end(&mut self.pending) {
            Ok(read) => self.ended = read < missing,
            Err(error) => {
                self.ended = true;
                self.failure = Some(error);
            }
        }
    }
}
