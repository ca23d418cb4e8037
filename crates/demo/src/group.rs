//! A log group while it is written, in whichever shape.

use std::fs;
use std::io;
use std::mem;
use std::path::{Path, PathBuf};

use crate::digits;
use crate::events::Events;
use crate::export::Export;
use crate::files::Files;
use crate::lines::Lines;
use crate::options::{Options, Shape};
use crate::random::Random;
use crate::summary::Summary;
use crate::traffic::Quarter;

/// Where a log group lies.
pub struct Place {
    /// The group's own folder: the parts of its name, one below the other.
    folder: PathBuf,
    /// The id of the export task.
    task: u128,
    shape: Option<Shape>,
    block_bytes: usize,
    file_bytes: u64,
}

/// The part of a log group that a quarter of an hour adds.
pub enum Group {
    /// The group is not written.
    Left,
    /// `<task>/<stream>/000000.gz`
    Export(Export),
    /// `{"logStreamName":…}` and `{"events":[…]}`
    Events(Events),
}

impl Place {
    /// The place of the group called `name` in the folder of an archive.
    pub fn new(archive: &Path, name: &str, shape: Option<Shape>, options: &Options) -> Place {
        let part = name.bytes().fold(u64::MAX, |part, byte| part.rotate_left(5) ^ u64::from(byte));
        Place {
            folder: archive.join(name.trim_start_matches('/')),
            task: Random::new(options.seed, part).identifier(),
            shape,
            block_bytes: options.block_bytes,
            file_bytes: options.file_bytes,
        }
    }

    /// An error of kind `AlreadyExists` if the group is to be written and its folder is there.
    pub fn check(&self) -> io::Result<()> {
        if self.shape.is_some() && self.folder.exists() {
            let reason = format!("there is a log group in {} already", self.folder.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, reason));
        }
        Ok(())
    }

    /// Makes the folder of the group, with what an export leaves beside its tasks.
    pub fn make(&self) -> io::Result<()> {
        let Some(shape) = self.shape else { return Ok(()) };
        fs::create_dir_all(&self.folder)?;
        match shape {
            Shape::Export | Shape::ExportGzip => {
                fs::write(self.folder.join("aws-logs-write-test"), "Permission Check Successful")
            }
            Shape::EventLines | Shape::EventPages => Ok(()),
        }
    }

    /// The group in a quarter of an hour.
    pub fn open(&self, quarter: &Quarter, random: Random) -> Group {
        let Some(shape) = self.shape else { return Group::Left };
        match shape {
            Shape::Export | Shape::ExportGzip => {
                let mut task = Vec::new();
                digits::uuid(&mut task, self.task);
                let folder = self.folder.join(String::from_utf8_lossy(&task).as_ref());
                Group::Export(Export::new(folder, shape, self.block_bytes, self.file_bytes))
            }
            Shape::EventLines | Shape::EventPages => {
                let extension = if shape == Shape::EventLines { ".jsonl" } else { ".json" };
                let files = Files::new(self.folder.clone(), minute(quarter.start), extension);
                Group::Events(Events::new(files, shape, self.block_bytes, self.file_bytes, random))
            }
        }
    }
}

impl Group {
    /// Begins a log stream and returns the number it is known by.
    pub fn stream(&mut self, name: &str) -> usize {
        match self {
            Group::Left => 0,
            Group::Export(it) => it.stream(name),
            Group::Events(it) => it.stream(name),
        }
    }

    /// Adds events to a stream; no later event will be earlier than `settled`, in epoch milliseconds.
    pub fn add(&mut self, stream: usize, lines: &Lines, settled: i64) -> io::Result<()> {
        match self {
            Group::Left => Ok(()),
            Group::Export(it) => it.add(stream, lines),
            Group::Events(it) => it.add(stream, lines, settled),
        }
    }

    /// Writes what is left.
    pub fn finish(&mut self) -> io::Result<()> {
        match self {
            Group::Left => Ok(()),
            Group::Export(it) => it.finish(),
            Group::Events(it) => it.finish(),
        }
    }

    /// What has been written since this was last asked.
    pub fn take_summary(&mut self) -> Summary {
        match self {
            Group::Left => Summary::default(),
            Group::Export(it) => mem::take(&mut it.written),
            Group::Events(it) => mem::take(&mut it.written),
        }
    }
}

/// A time, in epoch milliseconds, as the beginning of a file's name: `2026-01-01T1425-`
fn minute(millis: i64) -> String {
    let mut iso = Vec::new();
    digits::iso(&mut iso, millis);
    iso.iter().take(16).filter(|&&it| it != b':').map(|&it| char::from(it)).chain(['-']).collect()
}
