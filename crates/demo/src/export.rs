//! The objects of an export task: a folder for each stream, lines that begin with their time.

use std::io::{self, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digits;
use crate::files::Files;
use crate::lines::Lines;
use crate::options::Shape;
use crate::summary::Summary;

/// The streams of an export task that begin in a quarter of an hour.
pub struct Export {
    task: PathBuf,
    shape: Shape,
    block_bytes: usize,
    file_bytes: u64,
    streams: Vec<Stream>,
    /// What has been written since it was last asked for.
    pub written: Summary,
}

struct Stream {
    files: Files,
    block: Vec<u8>,
    /// How many uncompressed bytes the last file holds.
    file_bytes: u64,
}

impl Export {
    /// An export of `shape` into the folder of a task.
    pub fn new(task: PathBuf, shape: Shape, block_bytes: usize, file_bytes: u64) -> Export {
        Export { task, shape, block_bytes, file_bytes, streams: Vec::new(), written: Summary::default() }
    }

    /// Begins a stream and returns its number.
    pub fn stream(&mut self, name: &str) -> usize {
        let folder = self.task.join(name.replace('/', "-"));
        let extension = if self.shape == Shape::ExportGzip { ".gz" } else { "" };
        let files = Files::new(folder, String::new(), extension);
        self.streams.push(Stream { files, block: Vec::new(), file_bytes: 0 });
        self.streams.len() - 1
    }

    /// Adds events to a stream.
    pub fn add(&mut self, stream: usize, lines: &Lines) -> io::Result<()> {
        let block = &mut self.streams[stream].block;
        for (time, message) in lines.iter() {
            digits::iso(block, time);
            block.push(b' ');
            block.extend_from_slice(message);
            block.push(b'\n');
        }
        self.written.events += lines.count();
        self.written.message_bytes += lines.message_bytes();
        if block.len() >= self.block_bytes { self.write(stream) } else { Ok(()) }
    }

    /// Writes what is left.
    pub fn finish(&mut self) -> io::Result<()> {
        (0..self.streams.len()).try_for_each(|stream| self.write(stream))
    }

    fn write(&mut self, stream: usize) -> io::Result<()> {
        let stream = &mut self.streams[stream];
        if stream.block.is_empty() {
            return Ok(());
        }
        if self.shape == Shape::ExportGzip {
            stream.files.append(&compressed(&stream.block)?, &mut self.written)?;
        } else {
            stream.files.append(&stream.block, &mut self.written)?;
        }
        stream.file_bytes += stream.block.len() as u64;
        stream.block.clear();
        if stream.file_bytes >= self.file_bytes {
            stream.files.close();
            stream.file_bytes = 0;
        }
        Ok(())
    }
}

/// A block as one member of a gzip file.
fn compressed(block: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(block.len() / 4), Compression::new(6));
    encoder.write_all(block)?;
    encoder.finish()
}
