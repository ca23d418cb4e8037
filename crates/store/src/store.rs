//! The store: a folder of log groups, which one process at a time writes to.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use crate::batch::{self, Accepted, Event};
use crate::error::{Error, Kind, Repair};
use crate::folder::{GONE, NEW};
use crate::group::{Group, LogGroup};
use crate::stream::{LogStream, Stream};

/// A folder of log groups that can be written to.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    groups: RwLock<BTreeMap<String, Arc<Group>>>,
    /// Held for as long as the store is open.
    _lock: File,
}

/// A file of events, for queries to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Where it is.
    pub path: PathBuf,
    /// The log group that its events are of. Their stream stands in the data.
    pub group: String,
    /// A number by which it is told from any other that this process had or will have, at the same place too: the older
    /// its stream, the less.
    pub serial: u64,
    /// How many of its bytes were acknowledged; what is behind them does not count.
    pub length: u64,
    /// The times of its oldest and its newest event, in epoch milliseconds.
    pub times: Option<(i64, i64)>,
    /// What is older has expired, in epoch milliseconds.
    pub since: Option<i64>,
}

/// The file that is locked.
const LOCK: &str = ".lock";

impl Store {
    /// Opens the store of a folder, which is created where it is not there, and repairs what a crash left.
    ///
    /// # Errors
    /// Another process has it open, or the disk does not let it be read or written.
    pub fn open(folder: &Path) -> Result<(Store, Vec<Repair>), Error> {
        let disk = |it: std::io::Error| Error::disk(folder, &it);
        fs::create_dir_all(folder).map_err(disk)?;
        let path = folder.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(|it| Error::disk(&path, &it))?;
        lock.try_lock().map_err(|it| match it {
            TryLockError::WouldBlock => {
                Error::new(Kind::Locked, format!("{}: another process has this store open", folder.display()))
            }
            TryLockError::Error(it) => Error::disk(&path, &it),
        })?;
        let mut repairs = Vec::new();
        let mut groups = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(disk)? {
            let path = entry.map_err(disk)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with(NEW) || name.starts_with(GONE) {
                fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path)).map_err(|it| Error::disk(&path, &it))?;
                repairs.push(Repair::Removed { path });
            } else if !name.starts_with('.') {
                match Group::open(&path, &mut repairs) {
                    Ok(it) => drop(groups.insert(it.settings().name, Arc::new(it))),
                    Err(repair) => repairs.push(repair),
                }
            }
        }
        // Folders and files come in no order.
        let mut streams: Vec<&mut Stream> =
            groups.values_mut().filter_map(Arc::get_mut).flat_map(Group::each).collect();
        streams.sort_by_cached_key(|it| (it.known().created, it.path.clone()));
        streams.into_iter().for_each(Stream::number);
        Ok((Store { folder: folder.to_owned(), groups: RwLock::new(groups), _lock: lock }, repairs))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The log groups, by name.
    pub fn groups(&self) -> Vec<LogGroup> {
        self.all().into_iter().map(|it| it.settings()).collect()
    }

    /// A log group.
    ///
    /// # Errors
    /// It is not there.
    pub fn group(&self, name: &str) -> Result<LogGroup, Error> {
        Ok(self.find(name)?.settings())
    }

    /// Creates a log group.
    ///
    /// # Errors
    /// It is there already, or the disk does not take it.
    pub fn create_group(&self, group: LogGroup) -> Result<(), Error> {
        let mut groups = self.groups.write().unwrap_or_else(PoisonError::into_inner);
        if groups.contains_key(&group.name) {
            return Err(Error::new(Kind::AlreadyExists, "The specified log group already exists"));
        }
        let name = group.name.clone();
        groups.insert(name, Arc::new(Group::create(&self.folder, group)?));
        Ok(())
    }

    /// Changes what is set of a log group, but for its name.
    ///
    /// # Errors
    /// It is not there, or the disk does not take the change; then nothing is changed.
    pub fn set(&self, group: &str, change: impl FnOnce(&mut LogGroup)) -> Result<(), Error> {
        self.find(group)?.set(|it| {
            change(it);
            it.name = group.to_owned();
        })
    }

    /// Deletes a log group with all its streams.
    ///
    /// # Errors
    /// It is not there, is protected, or the disk does not let it go.
    pub fn delete_group(&self, name: &str) -> Result<(), Error> {
        let mut groups = self.groups.write().unwrap_or_else(PoisonError::into_inner);
        let group = groups.get(name).ok_or_else(Error::no_group)?;
        if group.settings().protected {
            return Err(Error::new(Kind::Protected, "The specified log group is protected from being deleted."));
        }
        group.delete()?;
        groups.remove(name);
        Ok(())
    }

    /// The streams of a log group, by name.
    ///
    /// # Errors
    /// The log group is not there.
    pub fn streams(&self, group: &str) -> Result<Vec<LogStream>, Error> {
        Ok(self.find(group)?.streams())
    }

    /// Whether a log group has this stream.
    pub fn has_stream(&self, group: &str, stream: &str) -> bool {
        self.find(group).and_then(|it| it.stream(stream)).is_ok()
    }

    /// Creates a log stream.
    ///
    /// # Errors
    /// The log group is not there, the stream is there already, or the disk does not take it.
    pub fn create_stream(&self, group: &str, stream: &str, now: i64) -> Result<(), Error> {
        self.find(group)?.create_stream(stream, now)
    }

    /// Deletes a log stream with all its events.
    ///
    /// # Errors
    /// It is not there, or the disk does not let it go.
    pub fn delete_stream(&self, group: &str, stream: &str) -> Result<(), Error> {
        self.find(group)?.delete_stream(stream)
    }

    /// Writes a batch of events, by the rules of `PutLogEvents`. When this returns, they are on the disk.
    ///
    /// # Errors
    /// Group or stream are not there, the batch breaks a rule, or the disk does not take it. Then nothing is written.
    pub fn append(&self, group: &str, stream: &str, events: &[Event], now: i64) -> Result<Accepted, Error> {
        let group = self.find(group)?;
        let stream = group.stream(stream)?;
        let (taken, accepted) = batch::check(events, group.settings().retention, now)?;
        stream.append(&events[taken], now)?;
        Ok(accepted)
    }

    /// The files of events, in the order in which their streams were created.
    pub fn files(&self, now: i64) -> Vec<StoredFile> {
        let mut files = Vec::new();
        for group in self.all() {
            let settings = group.settings();
            let since = batch::oldest(settings.retention, now);
            files.extend(group.files().into_iter().map(|(stream, it)| {
                let (path, group, serial) = (stream.path.clone(), settings.name.clone(), stream.serial);
                StoredFile { path, group, serial, length: it.bytes, times: it.times, since }
            }));
        }
        files.sort_by_key(|it| it.serial);
        files
    }

    fn all(&self) -> Vec<Arc<Group>> {
        self.groups.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    fn find(&self, name: &str) -> Result<Arc<Group>, Error> {
        self.groups.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned().ok_or_else(Error::no_group)
    }
}
