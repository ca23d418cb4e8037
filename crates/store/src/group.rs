//! A log group on the disk: what is set of it, and its streams.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Repair};
use crate::folder::{self, GONE, NEW};
use crate::stream::{EVENTS, JOURNAL, LogStream, Stream};

/// A log group, and what is set of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogGroup {
    /// Its name.
    pub name: String,
    /// When it was created, in epoch milliseconds.
    pub created: i64,
    /// How many days its events are kept; without, for ever.
    pub retention: Option<u32>,
    /// `STANDARD` or another class.
    pub class: String,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
    /// Whether it cannot be deleted.
    pub protected: bool,
}

impl LogGroup {
    /// A log group of which nothing is set.
    pub fn new(name: &str, created: i64) -> LogGroup {
        let class = String::from("STANDARD");
        LogGroup { name: name.to_owned(), created, retention: None, class, tags: BTreeMap::new(), protected: false }
    }
}

/// A log group that streams can be created in.
#[derive(Debug)]
pub(crate) struct Group {
    folder: PathBuf,
    settings: RwLock<LogGroup>,
    streams: RwLock<Streams>,
}

#[derive(Debug, Default)]
pub(crate) struct Streams {
    by_name: BTreeMap<String, Arc<Stream>>,
    /// Whether the log group was deleted.
    is_gone: bool,
}

/// The file that names the log group of its folder. A query that reads the folder goes by it, too.
const NAME: &str = ".log-group";
/// The file of what is set.
const SETTINGS: &str = ".settings.json";

impl Group {
    /// Creates a log group. It is there once its folder has its name.
    pub(crate) fn create(store: &Path, settings: LogGroup) -> Result<Group, Error> {
        let folder = store.join(folder::file_name(&settings.name));
        let new = folder::beside(&folder, NEW);
        let made = || {
            if new.exists() {
                fs::remove_dir_all(&new)?;
            }
            fs::create_dir(&new)?;
            folder::write(&new.join(NAME), settings.name.as_bytes())?;
            folder::write(&new.join(SETTINGS), &json(&settings))?;
            folder::sync(&new)?;
            fs::rename(&new, &folder)?;
            folder::sync(store)
        };
        made().map_err(|it| Error::disk(&folder, &it))?;
        Ok(Group { folder, settings: RwLock::new(settings), streams: RwLock::default() })
    }

    /// Opens the log group of a folder, and repairs its streams.
    pub(crate) fn open(folder: &Path, repairs: &mut Vec<Repair>) -> Result<Group, Repair> {
        let unknown = |reason: &str| Repair::Unknown { path: folder.to_owned(), reason: reason.to_owned() };
        let settings = fs::read(folder.join(SETTINGS)).ok().and_then(|it| serde_json::from_slice::<LogGroup>(&it).ok());
        let is_own = |name: &str| folder.file_name().is_some_and(|it| *it == *folder::file_name(name));
        let (said, path) = (fs::read_to_string(folder.join(NAME)), folder.join(NAME));
        let name = match (said, &settings) {
            (Ok(name), _) if is_own(&name) => name,
            // The other file says the same, and the folder is called by its hash.
            (_, Some(it)) if is_own(&it.name) => {
                folder::replace(&path, it.name.as_bytes()).map_err(|it| unknown(&it.to_string()))?;
                repairs.push(Repair::Named { path, group: it.name.clone() });
                it.name.clone()
            }
            (Ok(_), _) => return Err(unknown("has not the name of its log group")),
            (Err(_), _) => return Err(unknown("is no log group of the store")),
        };
        let streams = open_streams(folder, repairs).map_err(|it| unknown(&it.to_string()))?;
        let settings = settings.filter(|it| it.name == name).unwrap_or_else(|| {
            repairs.push(Repair::Forgotten { path: folder.join(SETTINGS), group: name.clone() });
            LogGroup::new(&name, earliest(folder, &streams))
        });
        let streams = Streams { by_name: streams, is_gone: false };
        Ok(Group { folder: folder.to_owned(), settings: RwLock::new(settings), streams: RwLock::new(streams) })
    }

    /// Its streams, before anybody else has them.
    pub(crate) fn each(&mut self) -> impl Iterator<Item = &mut Stream> {
        let streams = self.streams.get_mut().unwrap_or_else(PoisonError::into_inner);
        streams.by_name.values_mut().filter_map(Arc::get_mut)
    }

    /// What is set.
    pub(crate) fn settings(&self) -> LogGroup {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets something.
    pub(crate) fn set(&self, change: impl FnOnce(&mut LogGroup)) -> Result<(), Error> {
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let mut changed = settings.clone();
        change(&mut changed);
        let path = self.folder.join(SETTINGS);
        folder::replace(&path, &json(&changed)).map_err(|it| Error::disk(&path, &it))?;
        *settings = changed;
        Ok(())
    }

    /// A stream.
    pub(crate) fn stream(&self, name: &str) -> Result<Arc<Stream>, Error> {
        self.read().by_name.get(name).cloned().ok_or_else(Error::no_stream)
    }

    /// What is known of the streams, by name.
    pub(crate) fn streams(&self) -> Vec<LogStream> {
        self.read().by_name.values().map(|it| it.known()).collect()
    }

    /// The files of the streams that have events.
    pub(crate) fn files(&self) -> Vec<(Arc<Stream>, LogStream)> {
        let streams = self.read();
        let each = streams.by_name.values().map(|it| (it.clone(), it.known()));
        each.filter(|(_, known)| known.bytes > 0).collect()
    }

    /// Creates a stream.
    pub(crate) fn create_stream(&self, name: &str, now: i64) -> Result<(), Error> {
        let mut streams = self.write();
        if streams.is_gone {
            return Err(Error::no_group());
        }
        if streams.by_name.contains_key(name) {
            return Err(Error::new(Kind::AlreadyExists, "The specified log stream already exists"));
        }
        let stream = Stream::create(&self.folder, name, now)?;
        streams.by_name.insert(name.to_owned(), Arc::new(stream));
        Ok(())
    }

    /// Deletes a stream.
    pub(crate) fn delete_stream(&self, name: &str) -> Result<(), Error> {
        let mut streams = self.write();
        streams.by_name.get(name).ok_or_else(Error::no_stream)?.delete()?;
        streams.by_name.remove(name);
        Ok(())
    }

    /// Deletes the log group. It is gone once its folder has another name.
    pub(crate) fn delete(&self) -> Result<(), Error> {
        let mut streams = self.write();
        let each: Vec<Arc<Stream>> = streams.by_name.values().cloned().collect();
        let mut held: Vec<_> = each.iter().map(|it| it.hold()).collect();
        let gone = folder::beside(&self.folder, GONE);
        let renamed = fs::rename(&self.folder, &gone).and_then(|()| folder::sync_parent(&gone));
        renamed.map_err(|it| Error::disk(&self.folder, &it))?;
        held.iter_mut().for_each(|it| it.end());
        *streams = Streams { by_name: BTreeMap::new(), is_gone: true };
        // What is left is removed at the next start.
        let _ = fs::remove_dir_all(&gone);
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Streams> {
        self.streams.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Streams> {
        self.streams.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a log group was created that does not say so itself, in epoch milliseconds: it was there before the first of its
/// streams, and the file with its name was never written again.
fn earliest(folder: &Path, streams: &BTreeMap<String, Arc<Stream>>) -> i64 {
    let named = fs::metadata(folder.join(NAME)).and_then(|it| it.modified()).ok();
    let named = named.and_then(|it| i64::try_from(it.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok());
    streams.values().map(|it| it.known().created).chain(named).min().unwrap_or_default()
}

fn json(settings: &LogGroup) -> Vec<u8> {
    serde_json::to_vec_pretty(settings).unwrap_or_default()
}

/// Opens the streams of a folder, and removes what was being created or deleted.
fn open_streams(folder: &Path, repairs: &mut Vec<Repair>) -> std::io::Result<BTreeMap<String, Arc<Stream>>> {
    let mut streams = BTreeMap::new();
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(journal) = name.strip_prefix(GONE) {
            let events = journal.trim_start_matches('.').replace(JOURNAL, EVENTS);
            let _ = fs::remove_file(folder.join(events));
            fs::remove_file(&path)?;
            repairs.push(Repair::Removed { path });
        } else if name.starts_with(NEW) {
            fs::remove_file(&path)?;
            repairs.push(Repair::Removed { path });
        } else if name.starts_with('.') && name.ends_with(JOURNAL) {
            match Stream::open(&path, repairs) {
                Ok(it) => drop(streams.insert(it.known().name, Arc::new(it))),
                Err(repair) => repairs.push(repair),
            }
        } else if !name.starts_with('.') {
            files.push(path);
        }
    }
    let journals =
        |path: &Path| path.with_file_name(format!(".{}", path.file_name().unwrap_or_default().to_string_lossy()));
    for path in files {
        if !path.exists() || journals(&path).with_extension(&JOURNAL[1..]).exists() {
            continue;
        }
        match fs::metadata(&path)?.len() {
            0 => {
                fs::remove_file(&path)?;
                repairs.push(Repair::Removed { path });
            }
            _ => repairs.push(Repair::Unknown { path, reason: String::from("has no journal") }),
        }
    }
    Ok(streams)
}
