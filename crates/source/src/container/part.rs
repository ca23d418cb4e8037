//! A file inside a container: a stretch of the container's bytes, which may be packed by itself.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use memmap2::Mmap;

use crate::content::{Opened, READ_WHOLE, Whole};
use crate::inflate::{Method, Sum};

/// The bytes of a container, which all of its members share.
#[derive(Debug)]
pub(crate) enum Store {
    /// They are at hand.
    Mapped(Mmap),
    /// They are read when they are wanted: the file may still be changing.
    Named(PathBuf, u64),
}

/// A file inside a container.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) store: Arc<Store>,
    /// Where its packed bytes lie.
    pub(crate) range: Range<u64>,
    pub(crate) method: Method,
    pub(crate) sum: Sum,
}

/// What can be read from any place.
pub(crate) trait ReadSeek: Read + Seek + Send {}

impl<R: Read + Seek + Send> ReadSeek for R {}

impl Store {
    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Store::Mapped(map) => map.len() as u64,
            Store::Named(_, len) => *len,
        }
    }

    /// All bytes, from the start.
    pub(crate) fn open(&self) -> io::Result<Box<dyn ReadSeek + '_>> {
        match self {
            Store::Mapped(map) => Ok(Box::new(Cursor::new(&map[..]))),
            Store::Named(path, _) => Ok(Box::new(File::open(path)?)),
        }
    }

    fn at(&self, range: &Range<u64>) -> io::Result<Box<dyn Read + Send + '_>> {
        let mut bytes = self.open()?;
        bytes.seek(SeekFrom::Start(range.start))?;
        Ok(Box::new(bytes.take(range.end - range.start)))
    }
}

impl Part {
    /// How many bytes it takes in the container.
    pub(crate) fn size(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Opens the file.
    pub(crate) fn open(&self) -> io::Result<Opened<'_>> {
        if self.method != Method::Stored {
            return Ok(Opened::Member(self.store.at(&self.range)?, self.method, self.sum));
        }
        if let Store::Mapped(map) = &*self.store {
            let bytes = map.get(self.range.start as usize..self.range.end as usize);
            return Ok(Opened::Whole(Whole::Held(bytes.unwrap_or_default())));
        }
        let mut bytes = self.method.inflate(self.store.at(&self.range)?, self.sum)?;
        if self.size() > READ_WHOLE {
            return Opened::stream(bytes);
        }
        let mut read = Vec::with_capacity(self.size() as usize + 1);
        bytes.read_to_end(&mut read)?;
        Ok(Opened::Whole(Whole::Read(read)))
    }
}
