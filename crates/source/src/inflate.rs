//! Packed bytes as a stream of those they were made of: gzip and zstd, and the members of zip archives.

use std::fmt;
use std::io::{self, BufReader, Read};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder};
use zstd::stream::read::Decoder;

use crate::catalog::reason;
use crate::report::Trouble;

/// How many packed bytes are read at a time.
const PACKED: usize = 1 << 16;

/// What a whole file is packed with: several members or frames in a row are one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

/// What a member of an archive is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Stored,
    Deflate,
    Zstd,
}

/// What the inflated bytes of a member come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    /// How many they are.
    pub(crate) size: u64,
    /// Their CRC-32, where the archive says it.
    pub(crate) crc: Option<u32>,
}

impl Packing {
    /// What a file that begins so is packed with.
    pub(crate) fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, ..] => Some(Packing::Gzip),
            // A frame, or one to be passed over, which some programs put in front.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Packing::Zstd),
            _ => None,
        }
    }

    /// The inflated bytes; an error where they are damaged, or something else stands behind a member.
    pub(crate) fn inflate<'a>(self, packed: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
        match self {
            Packing::Gzip => {
                let inner = MultiGzDecoder::new(BufReader::with_capacity(PACKED, packed));
                Ok(Box::new(Fragile { inner, what: "gzip" }))
            }
            Packing::Zstd => unfold(packed),
        }
    }
}

impl Method {
    /// The inflated bytes of a member; an error where they are damaged, or do not come to this sum.
    pub(crate) fn inflate<'a>(self, packed: impl Read + Send + 'a, sum: Sum) -> io::Result<Box<dyn Read + Send + 'a>> {
        let (inner, what): (Box<dyn Read + Send + 'a>, _) = match self {
            Method::Stored => (Box::new(packed), "a file in an archive"),
            Method::Deflate => (Box::new(DeflateDecoder::new(BufReader::with_capacity(PACKED, packed))), "deflate"),
            Method::Zstd => (unfold(packed)?, "zstd"),
        };
        Ok(Box::new(Fragile { inner: Summed { inner, sum, size: 0, crc: Crc::new() }, what }))
    }
}

fn unfold<'a>(packed: impl Read + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
    let inner = Decoder::with_buffer(BufReader::with_capacity(PACKED, packed))?;
    Ok(Box::new(Fragile { inner, what: "zstd" }))
}

/// What an error while reading means for a file: its packing is damaged, or the system cannot give its bytes.
pub(crate) fn trouble_of(error: &io::Error) -> Trouble {
    let damage = error.get_ref().and_then(|it| it.downcast_ref::<Damage>());
    damage.map_or_else(|| Trouble::Unreadable(reason(error)), |it| Trouble::Torn(it.0))
}

/// The error of bytes that are not what they were packed as.
#[derive(Debug)]
struct Damage(&'static str);

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Trouble::Torn(self.0).fmt(f)
    }
}

impl std::error::Error for Damage {}

/// Takes every error that is not the system's for damage, and says of what.
pub(crate) struct Fragile<R> {
    pub(crate) inner: R,
    pub(crate) what: &'static str,
}

impl<R: Read> Read for Fragile<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.inner.read(bytes).map_err(|error| {
            let is_told = error.raw_os_error().is_some() || error.get_ref().is_some_and(|it| it.is::<Damage>());
            // A window larger than the decoder allows for is no damage: the reason says it.
            let is_large = error.get_ref().is_some_and(|it| it.to_string().contains("too much memory"));
            if is_told || is_large { error } else { io::Error::new(error.kind(), Damage(self.what)) }
        })
    }
}

/// Checks bytes against their sum once they have been read.
struct Summed<R> {
    inner: R,
    sum: Sum,
    size: u64,
    crc: Crc,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.size += read as u64;
        if self.sum.crc.is_some() {
            self.crc.update(&bytes[..read]);
        }
        let is_end = read == 0 && !bytes.is_empty();
        let is_right = self.size == self.sum.size && self.sum.crc.is_none_or(|it| it == self.crc.sum());
        if self.size > self.sum.size || is_end && !is_right {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn read(mut it: Box<dyn Read + Send + '_>) -> Result<Vec<u8>, Trouble> {
        let mut bytes = Vec::new();
        it.read_to_end(&mut bytes).map(|_| bytes).map_err(|it| trouble_of(&it))
    }

    #[test]
    fn frames_in_a_row_are_one_file() {
        let mut packed = zstd::encode_all(&b"one"[..], 1).unwrap();
        packed.extend(b"\x53\x2a\x4d\x18\x02\0\0\0xx");
        packed.extend(zstd::encode_all(&b"two"[..], 1).unwrap());
        assert_eq!(Packing::of(&packed), Some(Packing::Zstd));
        assert_eq!(read(Packing::Zstd.inflate(&packed[..]).unwrap()), Ok(b"onetwo".to_vec()));
        packed.pop();
        assert_eq!(read(Packing::Zstd.inflate(&packed[..]).unwrap()), Err(Trouble::Torn("zstd")));
    }

    #[test]
    fn a_window_too_large_is_no_damage() {
        // Two gigabytes.
        let wide = b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00";
        let Err(Trouble::Unreadable(reason)) = read(Packing::Zstd.inflate(&wide[..]).unwrap()) else { unreachable!() };
        assert!(reason.contains("too much memory"), "{reason}");
    }

    #[test]
    fn a_member_comes_to_its_sum() {
        let sum = |size, crc| Sum { size, crc: Some(crc) };
        let crc = 0xcbf4_3926;
        let stored = |sum| read(Method::Stored.inflate(&b"123456789"[..], sum).unwrap());
        assert_eq!(stored(sum(9, crc)), Ok(b"123456789".to_vec()));
        for wrong in [sum(9, crc + 1), sum(10, crc), sum(8, crc), Sum { size: 10, crc: None }] {
            assert_eq!(stored(wrong), Err(Trouble::Torn("a file in an archive")), "{wrong:?}");
        }
        // Deflate that ends early has no end of its own to tell by.
        let cut = Method::Deflate.inflate(&b"\x4b\x4c"[..], sum(9, crc)).unwrap();
        assert_eq!(read(cut), Err(Trouble::Torn("deflate")));
    }
}
