//! An archive on disk: files, folders, zip and tar archives, patterns, standard input.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use plan::Scan;
use rayon::prelude::*;

use crate::archive::{Archive, File, Learnt};
use crate::block::Block;
use crate::catalog::{self, Input, Origin, reason};
use crate::container::{self, Seen};
use crate::content::{Content, Format, Kind};
use crate::error::Error;
use crate::map::map;
use crate::memory::Memory;
use crate::read::jsonl::JSONL;
use crate::report::{Fault, Report, Trouble};

use crate::watch::Watch;
use crate::{Group, Source, scan};

/// The files that a user named, those inside of zip and tar archives too. Until they are scanned only their names are
/// known, and their first bytes have been looked at.
#[derive(Debug)]
pub struct Files {
    archive: Archive,
}

impl Files {
    /// Finds the files of the inputs, and reads standard input to its end if it is one of them.
    ///
    /// `account` is the account of their log groups, where it is known.
    ///
    /// # Errors
    /// An input that is not there, a pattern that matches nothing, or no file at all.
    pub fn open(inputs: &[Input], account: Option<&str>) -> Result<Files, Error> {
        let (origins, mut faults) = catalog::files(inputs, account)?;
        let mut contents = Vec::with_capacity(origins.len());
        for origin in &origins {
            let input = |error: io::Error| Error::Input { path: origin.path.clone(), reason: reason(&error) };
            let is_input = origin.path.as_os_str() == "-";
            contents.push(if is_input { spool().map_err(input)? } else { Content::Path(origin.path.clone()) });
        }
        let mut files = Vec::with_capacity(origins.len());
        let seen: Vec<Seen> = contents.into_par_iter().map(container::look).collect();
        for (origin, seen) in origins.into_iter().zip(seen) {
            match seen {
                Seen::File(content) => files.push(File::new(origin, content)),
                Seen::Container(listing) => {
                    faults.extend(listing.faults.into_iter().map(|it| fault(&origin, it)));
                    let members = listing.members.into_iter();
                    files.extend(members.map(|(path, part)| File::new(origin.inside(&path), Content::Part(part))));
                }
            }
        }
        if files.is_empty() && faults.is_empty() {
            return Err(Error::Empty { paths: inputs.iter().map(|it| it.path.clone()).collect() });
        }
        files.iter_mut().enumerate().for_each(|(number, it)| it.origin.file = number);
        let files = files.into_iter().map(Arc::new).collect();
        Ok(Files { archive: Archive { files, faults, ..Archive::default() } })
    }

    /// No files.
    pub fn none() -> Files {
        Files { archive: Archive::default() }
    }

    /// The same files, just opened, whose events count as having happened so many milliseconds later than they say; what
    /// messages say of time stays as it is.
    #[must_use]
    pub fn later_by(mut self, milliseconds: i64) -> Files {
        // Nobody else has them yet.
        self.archive.files.iter_mut().filter_map(Arc::get_mut).for_each(|it| it.origin.shift = milliseconds);
        self
    }

    /// The same files, and behind them others that are being written, as they are now.
    /// `before` is how all of them were when they were last looked at: what was seen of a file stays known.
    pub fn with(&self, growing: &[Growing], account: Option<&str>, before: Option<&Files>) -> Files {
        let Archive { files, faults, sizes } = &self.archive;
        let before = before.into_iter().flat_map(|it| &it.archive.files);
        let mut learnt: HashMap<u64, Learnt> = before.filter_map(|it| Some((it.serial?, it.seen()))).collect();
        let mut files = files.clone();
        files.extend(growing.iter().map(|it| {
            let mut origin = Origin::new(it.path.clone(), &it.path, Some(&it.group), account);
            // The places of its events stay the same, whatever other files come and go.
            origin.file = self.archive.files.len() + it.serial as usize;
            let file = File::new(origin, Content::Start(it.path.clone(), it.length));
            let mut file = file.having(learnt.remove(&it.serial).unwrap_or_default());
            (file.serial, file.ends, file.since) = (Some(it.serial), it.times, it.since);
            file.kind = Kind { format: Format::Known(&JSONL), layout: None }.into();
            Arc::new(file)
        }));
        files.sort_by_key(|it| it.origin.file);
        Files { archive: Archive { files, faults: faults.clone(), sizes: *sizes } }
    }
}

/// A file of events as `filter-log-events` has them, a line each, which is still being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growing {
    /// Where it is.
    pub path: PathBuf,
    /// The log group of its events; their streams stand in the data.
    pub group: String,
    /// A number by which it is told from all others that were or will be, at the same place too. It says where in the
    /// archive the file stands.
    pub serial: u64,
    /// How many of its bytes count.
    pub length: u64,
    /// The times of its oldest and its newest event, in epoch milliseconds.
    pub times: Option<(i64, i64)>,
    /// What is older has expired, in epoch milliseconds.
    pub since: Option<i64>,
}

/// What is wrong with a container or, where it has a path, with a file in it.
fn fault(container: &Origin, (inner, at, trouble): (Option<PathBuf>, Option<u64>, Trouble)) -> Fault {
    let path = inner.map_or_else(|| container.path.clone(), |it| container.path.join(it));
    Fault { path, at, trouble, count: 1 }
}

/// Standard input in a file without a name, which ends with the process: it is looked at more than once, and may be
/// larger than memory.
fn spool() -> io::Result<Content> {
    let mut file = tempfile::tempfile()?;
    io::copy(&mut io::stdin().lock(), &mut file)?;
    Ok(Content::Spool(map(&file)?))
}

impl From<Memory> for Files {
    fn from(memory: Memory) -> Files {
        Files { archive: memory.archive }
    }
}

impl Source for Files {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, Error> {
        scan::scan(&self.archive, scan, watch, visit)
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, Error> {
        scan::newest(&self.archive, watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.archive.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.archive.beginning(group)
    }
}
