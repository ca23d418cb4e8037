//! What callers create and the service keeps: by name, in memory and, where there is a folder, in a file each.
//!
//! A file is written beside its place and moved there once it is on the disk: what was acknowledged is there after a
//! crash, and what was not is not there by half.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Kind};

/// Things by their names.
pub struct Kept<T> {
    all: Mutex<BTreeMap<String, Arc<T>>>,
    folder: Option<PathBuf>,
}

/// What the files of things end in.
const ENDING: &str = "json";

impl<T: Serialize + DeserializeOwned> Kept<T> {
    /// What the folder holds; it is made if it is not there. Without one, nothing yet.
    ///
    /// # Errors
    /// The folder cannot be made or read, or a file in it holds no such thing; a sentence.
    pub fn open(folder: Option<PathBuf>) -> Result<Kept<T>, String> {
        let mut all = BTreeMap::new();
        if let Some(folder) = &folder {
            let unusable = |error: io::Error| format!("{} cannot be used: {error}", folder.display());
            fs::create_dir_all(folder).map_err(unusable)?;
            for entry in fs::read_dir(folder).map_err(unusable)? {
                let path = entry.map_err(unusable)?.path();
                if path.extension().is_none_or(|it| it != ENDING) {
                    continue;
                }
                let read = fs::read(&path).map_err(|it| it.to_string());
                let thing = read.and_then(|bytes| serde_json::from_slice(&bytes).map_err(|it| it.to_string()));
                let thing = thing.map_err(|fault| format!("{} cannot be read: {fault}", path.display()))?;
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                all.insert(name, Arc::new(thing));
            }
        }
        Ok(Kept { all: Mutex::new(all), folder })
    }

    /// The thing of this name.
    pub fn find(&self, name: &str) -> Option<Arc<T>> {
        self.locked().get(name).cloned()
    }

    /// All of them, by name.
    pub fn all(&self) -> Vec<(String, Arc<T>)> {
        self.locked().iter().map(|(name, it)| (name.clone(), it.clone())).collect()
    }

    /// Adds a thing for as long as the service runs.
    pub fn lend(&self, name: &str, thing: T) {
        self.locked().insert(name.to_owned(), Arc::new(thing));
    }

    /// Looks at what is there and, while nobody else changes it, keeps a thing or refuses to. `name` has letters, digits,
    /// `-` and `_` alone.
    ///
    /// # Errors
    /// The refusal, or that the thing cannot be written.
    pub fn put(
        &self,
        name: &str,
        decide: impl FnOnce(&BTreeMap<String, Arc<T>>) -> Result<T, Error>,
    ) -> Result<Arc<T>, Error> {
        let mut all = self.locked();
        let thing = Arc::new(decide(&all)?);
        if let Some(folder) = &self.folder {
            write(folder, name, thing.as_ref()).map_err(|it| unkept(&it))?;
        }
        all.insert(name.to_owned(), thing.clone());
        Ok(thing)
    }

    /// Forgets the thing of this name; whether there was one.
    ///
    /// # Errors
    /// Its file cannot be removed.
    pub fn remove(&self, name: &str) -> Result<bool, Error> {
        let mut all = self.locked();
        if !all.contains_key(name) {
            return Ok(false);
        }
        if let Some(folder) = &self.folder {
            match fs::remove_file(place(folder, name)).and_then(|()| sync(folder)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unkept(&error)),
                _ => {}
            }
        }
        all.remove(name);
        Ok(true)
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, Arc<T>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn place(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.{ENDING}"))
}

fn write(folder: &Path, name: &str, thing: &impl Serialize) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    let text = serde_json::to_vec(thing)?;
    file.write_all(&text)?;
    file.as_file().sync_all()?;
    file.persist(place(folder, name)).map_err(|it| it.error)?;
    sync(folder)
}

/// Has the system write which files a folder has.
fn sync(folder: &Path) -> io::Result<()> {
    // Only of some systems folders can be opened.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn unkept(error: &io::Error) -> Error {
    Error::new(Kind::ServiceUnavailable, format!("what was asked for cannot be kept: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_kept_is_there_again() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Kept::<String>::open(Some(folder.path().join("things")));
        let kept = open().unwrap();
        kept.put("a", |_| Ok(String::from("first"))).unwrap();
        kept.put("a", |all| Ok(format!("{}, second", all["a"]))).unwrap();
        kept.put("b", |_| Ok(String::from("gone"))).unwrap();
        assert!(kept.put("c", |_| Err(Error::invalid("no"))).is_err());
        kept.lend("d", String::from("lent"));
        assert!(kept.remove("b").unwrap() && !kept.remove("b").unwrap());
        assert_eq!(kept.all().len(), 2);
        let again = open().unwrap();
        assert_eq!(again.all().len(), 1);
        assert_eq!(*again.find("a").unwrap(), "first, second");
        fs::write(folder.path().join("things/x.json"), "{").unwrap();
        assert!(open().err().unwrap().contains("x.json"));
    }

    #[test]
    fn what_cannot_be_written_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::<String>::open(Some(folder.path().join("things"))).unwrap();
        fs::remove_dir(folder.path().join("things")).unwrap();
        let refused = kept.put("a", |_| Ok(String::new())).unwrap_err();
        assert_eq!(refused.kind, Kind::ServiceUnavailable);
        assert!(kept.find("a").is_none());
    }
}
