//! The files of the command line that may hold queries.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::host;

/// A file that may hold queries.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it is, as a user would write it.
    pub path: PathBuf,
    /// What stands in it.
    pub text: String,
}

/// The files that paths name: a file itself, and those below a folder that may hold queries.
///
/// What Git ignores and what is hidden is passed over, unless a path names it; so is a file that holds no word without
/// which it could have no query.
///
/// # Errors
/// A path that does not exist, or a file that cannot be read or is no UTF-8: a sentence.
pub fn files(paths: &[PathBuf]) -> Result<Vec<File>, String> {
    let mut files: Vec<File> = Vec::new();
    for path in paths {
        if path.is_dir() {
            for path in walk(path, &|name| host::may_hold(Path::new(name)))? {
                let Ok(text) = std::fs::read_to_string(&path) else { continue };
                if host::has_marks(&path, &text) {
                    files.push(File { path, text });
                }
            }
        } else {
            let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            // Whatever a hook names is looked at, and much of it is of other kinds.
            if host::has_marks(path, &text) {
                files.push(File { path: path.clone(), text });
            }
        }
    }
    let mut known = std::collections::HashSet::new();
    files.retain(|it| known.insert(it.path.canonicalize().unwrap_or_else(|_| it.path.clone())));
    Ok(files)
}

/// The files below a folder whose names are wanted, in the order of their names; what Git ignores and what is hidden is
/// passed over.
///
/// # Errors
/// A folder that cannot be read: a sentence.
pub fn walk(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let mut walk = WalkBuilder::new(folder);
    // A folder outside of a repository may have its list of what to ignore too.
    walk.require_git(false).sort_by_file_path(Path::cmp);
    walk.filter_entry(|it| !PASSED_OVER.iter().any(|name| it.file_name() == *name) || it.depth() == 0);
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|error| error.to_string())?;
        let is_file = entry.file_type().is_some_and(|it| it.is_file());
        if is_file && wanted(&entry.file_name().to_string_lossy().to_lowercase()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Folders of other people's files.
const PASSED_OVER: [&str; 3] = ["node_modules", "vendor", "target"];
