//! Gzip whose bytes are all at hand: inflated by libdeflate, all at once or a member at a time.

#![allow(unsafe_code)]

use std::io::{self, Read};
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;
use libdeflate_sys as libdeflate;

use crate::inflate::Fragile;

/// A gzip file that is all at hand, inflated a member at a time.
///
/// The first bytes, and members that are large or damaged, are inflated as a stream: so a file of which only the
/// beginning is asked for costs no more than that, and what stands before the damage is not lost.
pub(crate) struct Members<'a> {
    packed: &'a [u8],
    /// Where the next member begins.
    at: usize,
    /// How many packed bytes are counted as read.
    counted: usize,
    count: &'a AtomicU64,
    /// How many bytes have been given that no member before `at` holds.
    given: usize,
    /// The last member, and how many of its bytes have been given.
    member: Buffer,
    from: usize,
    stream: Option<Fragile<MultiGzDecoder<&'a [u8]>>>,
    inflater: Option<Inflater>,
    way: Way,
}

/// How a file is inflated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As a stream, until it is clear that more than the beginning is wanted.
    Beginning,
    /// A member at a time.
    Members,
    /// As a stream to the end.
    Stream,
}

/// How many inflated bytes are given before whole members are inflated.
const BEGINNING: usize = 1 << 18;

/// How large an inflated member may be: larger ones would be held whole in memory, and are streams.
pub(crate) const LARGEST: usize = 1 << 26;

/// Buffers that members were inflated into: to use one again is faster than to ask the system for another.
static SPARE: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());

/// How many bytes of buffers are kept when nobody uses them.
const MOST_SPARE: usize = 1 << 27;

/// A buffer that is used again for another file.
#[derive(Debug)]
pub(crate) struct Buffer(Vec<u8>);

impl<'a> Members<'a> {
    /// All bytes of a gzip file, where they are few enough to be held and none is damaged. Otherwise what gives them; the
    /// packed ones are counted as they are read.
    pub(crate) fn all(packed: &'a [u8], count: &'a AtomicU64) -> Result<Buffer, Box<Members<'a>>> {
        let mut it = Members { way: Way::Members, stream: None, ..Members::new(packed, count) };
        it.inflater = Inflater::new();
        while let Some(rest) = packed.get(it.at..).filter(|it| !it.is_empty())
            && let Some(inflater) = &it.inflater
            && let Some(consumed) = inflate_member(inflater, rest, &mut it.member.0)
        {
            it.at += consumed;
        }
        if it.at == packed.len() {
            return Ok(it.member);
        }
        it.add_read(it.at);
        Err(Box::new(it))
    }

    /// The bytes of a gzip file; the packed ones are counted as they are read.
    pub(crate) fn new(packed: &'a [u8], count: &'a AtomicU64) -> Members<'a> {
        let stream = Some(stream(packed));
        let member = Buffer::spare();
        Members {
            packed,
            at: 0,
            counted: 0,
            count,
            given: 0,
            member,
            from: 0,
            stream,
            inflater: None,
            way: Way::Beginning,
        }
    }

    /// Inflates the members from the next on, until one has bytes that were not given yet. Nothing where a stream must
    /// go on instead.
    fn next_member(&mut self) -> Option<()> {
        loop {
            let packed = self.packed.get(self.at..).filter(|it| !it.is_empty())?;
            if self.inflater.is_none() {
                self.inflater = Inflater::new();
            }
            let consumed = inflate_member(self.inflater.as_ref()?, packed, &mut self.member.0)?;
            self.at += consumed;
            self.add_read(self.at);
            if self.member.len() > self.given {
                self.from = std::mem::take(&mut self.given);
                return Some(());
            }
            self.given -= self.member.len();
            self.member.0.clear();
        }
    }

    /// Counts the packed bytes as read up to here.
    fn add_read(&mut self, to: usize) {
        let more = to.saturating_sub(self.counted);
        self.counted += more;
        self.count.fetch_add(more as u64, Ordering::Relaxed);
    }

    /// The bytes of the stream; those that were given before are passed over.
    fn read_stream(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let at = self.at;
        let Some(stream) = &mut self.stream else { return Ok(0) };
        let read = stream.read(bytes)?;
        let left = stream.inner.get_ref().len();
        self.given += if self.way == Way::Beginning { read } else { 0 };
        self.add_read(self.packed.len() - left.min(self.packed.len() - at));
        Ok(read)
    }
}

impl Read for Members<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.way == Way::Beginning && self.given < BEGINNING {
            return self.read_stream(bytes);
        }
        if self.way == Way::Beginning {
            self.way = Way::Members;
            self.stream = None;
        }
        if self.way == Way::Members && self.from == self.member.len() {
            self.member.0.clear();
            self.from = 0;
            if self.next_member().is_none() {
                self.way = Way::Stream;
                let mut rest = stream(&self.packed[self.at..]);
                io::copy(&mut (&mut rest).take(std::mem::take(&mut self.given) as u64), &mut io::sink())?;
                self.stream = (self.at < self.packed.len()).then_some(rest);
            }
        }
        if self.way == Way::Stream {
            return self.read_stream(bytes);
        }
        let read = bytes.len().min(self.member.len() - self.from);
        bytes[..read].copy_from_slice(&self.member[self.from..self.from + read]);
        self.from += read;
        Ok(read)
    }
}

impl Buffer {
    /// How much memory it takes, in bytes.
    pub(crate) fn capacity(&self) -> usize {
        self.0.capacity()
    }

    /// The same bytes, in no more memory than they need.
    pub(crate) fn fitted(mut self) -> Buffer {
        self.0.shrink_to_fit();
        self
    }

    fn spare() -> Buffer {
        Buffer(SPARE.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default())
    }
}

impl From<Vec<u8>> for Buffer {
    fn from(bytes: Vec<u8>) -> Buffer {
        Buffer(bytes)
    }
}

impl Deref for Buffer {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        self.0.clear();
        let mut spare = SPARE.lock().unwrap_or_else(PoisonError::into_inner);
        let kept: usize = spare.iter().map(Vec::capacity).sum();
        if kept + self.0.capacity() <= MOST_SPARE {
            spare.push(std::mem::take(&mut self.0));
        }
    }
}

fn stream(packed: &[u8]) -> Fragile<MultiGzDecoder<&[u8]>> {
    Fragile { inner: MultiGzDecoder::new(packed), what: "gzip" }
}

/// Inflates the member at the head of these bytes, puts it behind what is held already, and says how many of them it
/// is; nothing where it is damaged, or there would be more than may be held.
fn inflate_member(inflater: &Inflater, packed: &[u8], held: &mut Vec<u8>) -> Option<usize> {
    let most = LARGEST - held.len().min(LARGEST);
    // The file ends with the size of its last member, which most often is the only one.
    let size = packed.last_chunk().map_or(0, |it| u32::from_le_bytes(*it) as usize);
    let is_likely = (packed.len() / 2..=LARGEST).contains(&size);
    let guess = if is_likely { size } else { packed.len().saturating_mul(8).max(1) };
    let mut room = guess.max(held.capacity() - held.len()).min(most);
    loop {
        held.reserve(room);
        match inflater.inflate(packed, held, room) {
            Inflated::Member(consumed) => return Some(consumed),
            Inflated::TooLarge if room < most => room = (room * 2).min(most),
            Inflated::TooLarge | Inflated::Damaged => return None,
        }
    }
}

/// What came of inflating a member.
enum Inflated {
    /// So many packed bytes are one.
    Member(usize),
    /// There was no room for it.
    TooLarge,
    Damaged,
}

/// libdeflate's state.
struct Inflater(NonNull<libdeflate::libdeflate_decompressor>);

// SAFETY: the state is memory of its own, which any one thread may use at a time.
unsafe impl Send for Inflater {}

impl Inflater {
    fn new() -> Option<Inflater> {
        // SAFETY: it takes nothing, and gives a state or null.
        NonNull::new(unsafe { libdeflate::libdeflate_alloc_decompressor() }).map(Inflater)
    }

    /// Inflates the member at the head of `packed` to the end of `held`, if it needs no more room than this.
    fn inflate(&self, packed: &[u8], held: &mut Vec<u8>, room: usize) -> Inflated {
        let spare = held.spare_capacity_mut();
        let most = room.min(spare.len());
        let room = &mut spare[..most];
        let (mut consumed, mut made) = (0, 0);
        // SAFETY: the state is one that was allocated and is used by one thread at a time; both pointers are valid for the
        // lengths that stand behind them, and the function writes no further than it is told.
        let result = unsafe {
            libdeflate::libdeflate_gzip_decompress_ex(
                self.0.as_ptr(),
                packed.as_ptr().cast(),
                packed.len(),
                room.as_mut_ptr().cast(),
                room.len(),
                &raw mut consumed,
                &raw mut made,
            )
        };
        match result {
            libdeflate::libdeflate_result_LIBDEFLATE_SUCCESS => {
                // SAFETY: so many bytes of the room behind those that are held have been written.
                unsafe { held.set_len(held.len() + made.min(most)) };
                Inflated::Member(consumed)
            }
            libdeflate::libdeflate_result_LIBDEFLATE_INSUFFICIENT_SPACE => Inflated::TooLarge,
            _ => Inflated::Damaged,
        }
    }
}

impl Drop for Inflater {
    fn drop(&mut self) {
        // SAFETY: it was allocated by the library, and nobody else has it.
        unsafe { libdeflate::libdeflate_free_decompressor(self.0.as_ptr()) };
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::Write;

    use super::*;
    use crate::inflate::trouble_of;
    use crate::report::Trouble;

    /// A gzip file of these members.
    fn gzip(members: &[&[u8]]) -> Vec<u8> {
        let mut packed = Vec::new();
        for member in members {
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            writer.write_all(member).unwrap();
            packed.extend(writer.finish().unwrap());
        }
        packed
    }

    fn members(packed: &[u8], size: usize) -> (Vec<u8>, Option<Trouble>, u64) {
        let count = AtomicU64::new(0);
        let (mut it, mut bytes, mut trouble) = (Members::new(packed, &count), Vec::new(), None);
        let mut some = vec![0; size];
        loop {
            match it.read(&mut some) {
                Ok(0) => break,
                Ok(read) => bytes.extend(&some[..read]),
                Err(error) => {
                    trouble = Some(trouble_of(&error));
                    break;
                }
            }
        }
        drop(it);
        (bytes, trouble, count.into_inner())
    }

    #[test]
    fn whole_members_are_what_the_stream_gives() {
        let text = |seed: u64, size: usize| -> Vec<u8> {
            (0..size as u64).map(|it| (it.wrapping_mul(seed) >> 7) as u8 % 23 + b'a').collect()
        };
        let (small, middle, large) = (text(3, 100), text(11, 300_000), text(29, 3_000_000));
        let all: [Vec<&[u8]>; 7] = [
            vec![&large],
            vec![&small, &large],
            vec![&large, b"", &small],
            vec![&middle, &middle, &middle],
            vec![&small],
            vec![b""],
            vec![&large, &large],
        ];
        for parts in &all {
            let packed = gzip(parts);
            let count = AtomicU64::new(0);
            assert!(Members::all(&packed, &count).is_ok_and(|it| *it == parts.concat()));
            for size in [1 << 10, 1 << 16, 1 << 22] {
                let (bytes, trouble, count) = members(&packed, size);
                assert!(bytes == parts.concat() && trouble.is_none());
                assert_eq!(count, packed.len() as u64);
            }
            // What is damaged is told as the stream tells it, and what stands before it is not lost.
            for cut in [1, 9, packed.len() / 2] {
                let torn = &packed[..packed.len().saturating_sub(cut).max(2)];
                let mut streamed = Vec::new();
                let trouble = stream(torn).read_to_end(&mut streamed).err().map(|it| trouble_of(&it));
                let (bytes, own, _) = members(torn, 1 << 16);
                assert_eq!((bytes.len(), own), (streamed.len(), trouble.clone()), "{} less {cut}", packed.len());
                assert!(bytes == streamed);
            }
            let garbled: Vec<u8> = packed.iter().copied().chain(*b"no member").collect();
            let (bytes, trouble, _) = members(&garbled, 1 << 16);
            assert!(bytes == parts.concat() && trouble == Some(Trouble::Torn("gzip")));
        }
    }

    #[test]
    fn a_member_too_large_to_hold_is_a_stream() {
        let zeros = vec![0; LARGEST + 5];
        let packed = gzip(&[&zeros, b"end"]);
        let (bytes, trouble, count) = members(&packed, 1 << 20);
        assert!(bytes.len() == LARGEST + 8 && bytes.ends_with(b"\0end") && trouble.is_none());
        assert_eq!(count, packed.len() as u64);
    }
}
