//! What is in a file: opened the safest fast way, and its format found by looking at its first bytes.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use memmap2::Mmap;
use tempfile::NamedTempFile;

use crate::inflate::{inflate, is_gzip};
use crate::map::map;
use crate::read::{self, Reader};
use crate::report::Trouble;

/// How many bytes at the head of a file are looked at to find its format.
pub(crate) const HEAD: usize = 1 << 16;

/// Files up to this size are read, larger ones mapped: a map costs more than it saves.
const READ_WHOLE: u64 = 1 << 18;

/// A file changed within this time before it is opened may still be changing, and is not mapped.
const SETTLED: Duration = Duration::from_secs(2);

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(crate) enum Content {
    /// A file of the system.
    Path(PathBuf),
    /// What came from standard input, spooled.
    Spool(NamedTempFile),
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
}

/// An open file.
pub(crate) enum Opened<'a> {
    /// All bytes are at hand.
    Whole(Whole<'a>),
    /// They come one after another; these are the first.
    Stream(Vec<u8>, Box<dyn Read + Send + 'a>),
}

/// Bytes that can be looked at in any order.
pub(crate) enum Whole<'a> {
    Mapped(Mmap),
    Read(Vec<u8>),
    Held(&'a [u8]),
}

impl Whole<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Whole::Mapped(it) => it,
            Whole::Read(it) => it,
            Whole::Held(it) => it,
        }
    }
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kind {
    /// Whether it is gzip.
    pub(crate) packed: bool,
    /// Its format, or what it is instead; nothing in an empty file.
    pub(crate) format: Format,
}

/// The format of a file.
#[derive(Clone, Debug)]
pub(crate) enum Format {
    Empty,
    Known(&'static Reader),
    Unknown(Trouble),
}

impl PartialEq for Format {
    fn eq(&self, other: &Format) -> bool {
        match (self, other) {
            (Format::Empty, Format::Empty) => true,
            (Format::Known(a), Format::Known(b)) => a.name == b.name,
            (Format::Unknown(a), Format::Unknown(b)) => a == b,
            _ => false,
        }
    }
}

/// The format that the first bytes look like; all of them, if the file has no more.
pub(crate) fn format(head: &[u8]) -> Format {
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    if let Some(what) = read::later(text) {
        return Format::Unknown(Trouble::Later(what));
    }
    match read::sniff(text) {
        Some(reader) => Format::Known(reader),
        None if head.is_empty() => Format::Empty,
        None if head.contains(&0) => Format::Unknown(Trouble::Binary),
        None => Format::Unknown(Trouble::UnknownText),
    }
}

/// What some programs write in front of UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Content {
    /// How many bytes there are, packed as they are; 0 where that cannot be known.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Content::Path(path) => path.metadata().map_or(0, |it| it.len()),
            Content::Spool(file) => file.as_file().metadata().map_or(0, |it| it.len()),
            Content::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Opens the file. The bytes it gives are still packed.
    pub(crate) fn open(&self) -> io::Result<Opened<'_>> {
        match self {
            Content::Path(path) => open(path),
            Content::Spool(file) => stream(file.reopen()?),
            Content::Bytes(bytes) => Ok(Opened::Whole(Whole::Held(bytes))),
        }
    }
}

fn open(path: &Path) -> io::Result<Opened<'static>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    // Files of the system, such as those in /proc, say that they are regular and empty.
    if !metadata.is_file() || metadata.len() == 0 {
        return stream(file);
    }
    if metadata.len() <= READ_WHOLE {
        let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
        file.take(metadata.len()).read_to_end(&mut bytes)?;
        return Ok(Opened::Whole(Whole::Read(bytes)));
    }
    if is_settled(&metadata)
        && let Ok(map) = map(&file)
    {
        return Ok(Opened::Whole(Whole::Mapped(map)));
    }
    stream(file)
}

fn is_settled(metadata: &Metadata) -> bool {
    let age = metadata.modified().ok().and_then(|it| it.elapsed().ok());
    age.is_some_and(|it| it > SETTLED)
}

fn stream(mut file: File) -> io::Result<Opened<'static>> {
    let mut head = Vec::new();
    (&mut file).take(HEAD as u64).read_to_end(&mut head)?;
    Ok(Opened::Stream(head, Box::new(file)))
}

impl Opened<'_> {
    /// The bytes inflated, where they are packed. What is read of a stream is counted.
    pub(crate) fn unpacked<'s>(&'s mut self, count: &'s AtomicU64) -> Unpacked<'s> {
        match self {
            Opened::Whole(whole) => match whole.bytes() {
                bytes if is_gzip(bytes) => Unpacked::inflated(inflate(Counted { inner: Cursor::new(bytes), count })),
                bytes => Unpacked { packed: false, bytes: Bytes::Whole(bytes), failure: None },
            },
            Opened::Stream(head, rest) => {
                let packed = is_gzip(head);
                let all = Counted { inner: Cursor::new(std::mem::take(head)).chain(rest), count };
                if packed {
                    return Unpacked::inflated(inflate(all));
                }
                Unpacked::new(Box::new(all))
            }
        }
    }
}

/// The bytes of a file as they were before it was packed.
pub(crate) struct Unpacked<'a> {
    pub(crate) packed: bool,
    pub(crate) bytes: Bytes<'a>,
    /// Why reading has failed already.
    pub(crate) failure: Option<io::Error>,
}

pub(crate) enum Bytes<'a> {
    Whole(&'a [u8]),
    /// The first bytes, and what gives the rest.
    Stream(Vec<u8>, Box<dyn Read + Send + 'a>),
}

impl<'a> Unpacked<'a> {
    fn inflated(rest: Box<dyn Read + Send + 'a>) -> Unpacked<'a> {
        Unpacked { packed: true, ..Unpacked::new(rest) }
    }

    fn new(mut rest: Box<dyn Read + Send + 'a>) -> Unpacked<'a> {
        let mut head = Vec::with_capacity(HEAD);
        let failure = (&mut rest).take(HEAD as u64).read_to_end(&mut head).err();
        Unpacked { packed: false, bytes: Bytes::Stream(head, rest), failure }
    }

    /// What the file is.
    pub(crate) fn kind(&self) -> Kind {
        let head = match &self.bytes {
            Bytes::Whole(bytes) => &bytes[..bytes.len().min(HEAD)],
            Bytes::Stream(head, _) => head,
        };
        Kind { packed: self.packed, format: format(head) }
    }
}

/// Counts the bytes that are read through it.
struct Counted<'a, R> {
    inner: R,
    count: &'a AtomicU64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
