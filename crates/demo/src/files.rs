//! Files that grow by blocks and are followed by others.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::PathBuf;

use crate::summary::Summary;

/// Files of one kind, numbered from 0: `000000.gz`, `000001.gz`, …
///
/// None stays open: a busy quarter of an hour has more log streams than a process may open files.
pub struct Files {
    /// The path in front of the number.
    before: String,
    folder: PathBuf,
    /// What stands behind the number: `.gz`
    extension: &'static str,
    /// The number of the last file.
    number: u64,
    state: State,
}

#[derive(PartialEq)]
enum State {
    /// There is no file yet.
    None,
    /// The last file may grow.
    Open,
    /// The next block begins another file.
    Closed,
}

impl Files {
    /// Files in a folder, whose names are `before`, six digits and `extension`; the folder may not exist yet.
    pub fn new(folder: PathBuf, before: String, extension: &'static str) -> Files {
        Files { before, folder, extension, number: 0, state: State::None }
    }

    /// Adds a block to the last file.
    pub fn append(&mut self, block: &[u8], written: &mut Summary) -> io::Result<()> {
        match self.state {
            State::None => fs::create_dir_all(&self.folder)?,
            State::Open => (),
            State::Closed => self.number += 1,
        }
        if self.state != State::Open {
            written.files += 1;
            self.state = State::Open;
        }
        let path = self.folder.join(format!("{}{:06}{}", self.before, self.number, self.extension));
        OpenOptions::new().create(true).append(true).open(path)?.write_all(block)?;
        written.file_bytes += block.len() as u64;
        Ok(())
    }

    /// Says that the last file is complete.
    pub fn close(&mut self) {
        if self.state == State::Open {
            self.state = State::Closed;
        }
    }
}
