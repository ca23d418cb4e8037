//! What is in a file: opened the safest fast way, and its format found by looking at its first bytes.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use memmap2::Mmap;

use crate::container::{Container, Part};
use crate::discover::flow;
use crate::inflate::{Method, Packing, Sum};
use crate::map::map;
use crate::members::{Buffer, LARGEST, Members};
use crate::read::{self, FLOW, Reader};
use crate::report::Trouble;

/// How many bytes at the head of a file are looked at to find its format.
pub(crate) const HEAD: usize = 1 << 16;

/// Files up to this size are read, larger ones mapped: a map costs more than it saves.
pub(crate) const READ_WHOLE: u64 = 1 << 18;

/// A file changed within this time before it is opened may still be changing, and is not mapped.
const SETTLED: Duration = Duration::from_secs(2);

/// Where the bytes of a file come from.
#[derive(Debug)]
pub(crate) enum Content {
    /// A file of the system.
    Path(PathBuf),
    /// So many bytes at the start of one, which is still being written to, at its end alone.
    Start(PathBuf, u64),
    /// What came from standard input, in a file without a name.
    Spool(Mmap),
    /// A file inside a container.
    Part(Part),
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
}

/// An open file.
pub(crate) enum Opened<'a> {
    /// All bytes are at hand.
    Whole(Whole<'a>),
    /// They come one after another; these are the first.
    Stream(Vec<u8>, Box<dyn Read + Send + 'a>),
    /// They come one after another, packed by the container that they are in.
    Member(Box<dyn Read + Send + 'a>, Method, Sum),
}

/// Bytes that can be looked at in any order.
pub(crate) enum Whole<'a> {
    /// So many bytes of a map.
    Mapped(Mmap, usize),
    Read(Vec<u8>),
    Held(&'a [u8]),
}

impl Whole<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Whole::Mapped(it, length) => it.get(..*length).unwrap_or(it),
            Whole::Read(it) => it,
            Whole::Held(it) => it,
        }
    }
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Kind {
    /// Its format, or what it is instead; nothing in an empty file.
    pub(crate) format: Format,
    /// The fields of its lines by their places, where its first line names them.
    pub(crate) layout: Option<Arc<[&'static str]>>,
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
    if let Some(container) = Container::of(head) {
        return Format::Unknown(container.unopened());
    }
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    match read::sniff(text) {
        Some(reader) => Format::Known(reader),
        None if text.trim_ascii().is_empty() => Format::Empty,
        None => Format::Unknown(Trouble::Binary),
    }
}

/// The fields that the first line of a file names, where its format has such a line.
fn layout(format: &Format, head: &[u8]) -> Option<Arc<[&'static str]>> {
    let Format::Known(reader) = format else { return None };
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let line = text.split(|it| *it == b'\n').next().filter(|_| reader.name == FLOW.name)?;
    flow::layout(line).map(Arc::from)
}

/// What some programs write in front of UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

impl Content {
    /// How many bytes there are, packed as they are; 0 where that cannot be known.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Content::Path(path) => path.metadata().map_or(0, |it| it.len()),
            Content::Start(_, length) => *length,
            Content::Spool(map) => map.len() as u64,
            Content::Part(part) => part.size(),
            Content::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Opens the file. The bytes it gives are still packed.
    pub(crate) fn open(&self) -> io::Result<Opened<'_>> {
        match self {
            Content::Path(path) => open(path, u64::MAX),
            Content::Start(path, length) => open(path, *length),
            Content::Spool(map) => Ok(Opened::Whole(Whole::Held(map))),
            Content::Part(part) => part.open(),
            Content::Bytes(bytes) => Ok(Opened::Whole(Whole::Held(bytes))),
        }
    }
}

/// Opens a file, of which no more than so many bytes are read.
fn open(path: &Path, most: u64) -> io::Result<Opened<'static>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let length = metadata.len().min(most);
    // Files of the system, such as those in /proc, say that they are regular and empty.
    if !metadata.is_file() || length == 0 {
        return Opened::stream(file.take(most));
    }
    if length <= READ_WHOLE {
        let mut bytes = Vec::with_capacity(length as usize + 1);
        file.take(length).read_to_end(&mut bytes)?;
        return Ok(Opened::Whole(Whole::Read(bytes)));
    }
    // The start of a file stays as it is while its end is written.
    if (most < u64::MAX || is_settled(&metadata))
        && let Ok(map) = map(&file)
    {
        return Ok(Opened::Whole(Whole::Mapped(map, length as usize)));
    }
    Opened::stream(file.take(most))
}

/// Whether nobody is expected to change the file any more.
pub(crate) fn is_settled(metadata: &Metadata) -> bool {
    let age = metadata.modified().ok().and_then(|it| it.elapsed().ok());
    age.is_some_and(|it| it > SETTLED)
}

impl<'a> Opened<'a> {
    /// Bytes that come one after another.
    pub(crate) fn stream(mut bytes: impl Read + Send + 'a) -> io::Result<Opened<'a>> {
        let mut head = Vec::new();
        (&mut bytes).take(HEAD as u64).read_to_end(&mut head)?;
        Ok(Opened::Stream(head, Box::new(bytes)))
    }

    /// The bytes inflated, where they are packed. What is read of a stream is counted.
    pub(crate) fn unpacked<'s>(&'s mut self, asked: Asked, count: &'s AtomicU64) -> Unpacked<'s> {
        match self {
            Opened::Whole(whole) => match whole.bytes() {
                bytes if Packing::of(bytes) == Some(Packing::Gzip) => match asked {
                    Asked::Head => Unpacked::new(Box::new(Members::new(bytes, count))),
                    Asked::All => Members::all(bytes, count).map_or_else(
                        |it| Unpacked::new(it),
                        |it| Unpacked { bytes: Bytes::Inflated(it, bytes.len()), failure: None },
                    ),
                },
                bytes if Packing::of(bytes).is_some() => Unpacked::of(Box::new(Counted { inner: bytes, count })),
                bytes => Unpacked { bytes: Bytes::Whole(bytes), failure: None },
            },
            Opened::Stream(head, rest) => {
                let inner = Cursor::new(std::mem::take(head)).chain(rest);
                Unpacked::of(Box::new(Counted { inner, count }))
            }
            Opened::Member(packed, method, sum) => match method.inflate(Counted { inner: packed, count }, *sum) {
                Ok(bytes) => Unpacked::of(bytes),
                Err(error) => Unpacked::failed(Vec::new(), error),
            },
        }
    }
}

/// How much of a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The first bytes, as many as tell what it is.
    Head,
    /// All of it.
    All,
}

/// How many bytes tell what a file is packed with.
const MAGIC: u64 = 4;

/// The bytes of a file as they were before it was packed.
pub(crate) struct Unpacked<'a> {
    pub(crate) bytes: Bytes<'a>,
    /// Why reading has failed already.
    pub(crate) failure: Option<io::Error>,
}

pub(crate) enum Bytes<'a> {
    Whole(&'a [u8]),
    /// All of them, and how many they were when they were packed.
    Inflated(Buffer, usize),
    /// The first bytes, and what gives the rest.
    Stream(Vec<u8>, Box<dyn Read + Send + 'a>),
}

impl<'a> Unpacked<'a> {
    /// A stream, inflated where it begins like a packed one.
    fn of(mut all: Box<dyn Read + Send + 'a>) -> Unpacked<'a> {
        let mut magic = Vec::new();
        if let Err(error) = (&mut all).take(MAGIC).read_to_end(&mut magic) {
            return Unpacked::failed(magic, error);
        }
        let packing = Packing::of(&magic);
        let all = Cursor::new(magic).chain(all);
        let Some(packing) = packing else { return Unpacked::new(Box::new(all)) };
        match packing.inflate(all) {
            Ok(inflated) => Unpacked::new(inflated),
            Err(error) => Unpacked::failed(Vec::new(), error),
        }
    }

    fn new(mut rest: Box<dyn Read + Send + 'a>) -> Unpacked<'a> {
        let mut head = Vec::with_capacity(HEAD);
        let failure = (&mut rest).take(HEAD as u64).read_to_end(&mut head).err();
        Unpacked { bytes: Bytes::Stream(head, rest), failure }
    }

    /// The same, with all bytes at hand, where they are no more than may be held.
    pub(crate) fn collected(self) -> Unpacked<'a> {
        match self {
            Unpacked { bytes: Bytes::Stream(mut bytes, mut rest), failure: None } => {
                let room = LARGEST - bytes.len().min(LARGEST);
                let failure = (&mut rest).take(room as u64).read_to_end(&mut bytes).err();
                let is_whole = bytes.len() < LARGEST;
                // They were counted as they were read.
                let bytes = if is_whole { Bytes::Inflated(bytes.into(), 0) } else { Bytes::Stream(bytes, rest) };
                Unpacked { bytes, failure }
            }
            it => it,
        }
    }

    fn failed(head: Vec<u8>, error: io::Error) -> Unpacked<'a> {
        Unpacked { bytes: Bytes::Stream(head, Box::new(io::empty())), failure: Some(error) }
    }

    /// What the file is.
    pub(crate) fn kind(&self) -> Kind {
        let head = self.head();
        let format = format(head);
        Kind { layout: layout(&format, head), format }
    }

    /// The first bytes.
    pub(crate) fn head(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Whole(bytes) => &bytes[..bytes.len().min(HEAD)],
            Bytes::Inflated(bytes, _) => &bytes[..bytes.len().min(HEAD)],
            Bytes::Stream(head, _) => head,
        }
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
