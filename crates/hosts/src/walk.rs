//! The files of the command line that may hold queries.

use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use syntax::Span;

use crate::{Broken, host};

/// A file that may hold queries.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Where it is, as a user would write it.
    pub path: PathBuf,
    /// What stands in it, without a mark of its encoding at its head.
    pub text: String,
    /// Why it cannot be read as text, if it cannot; `text` then has U+FFFD where it is none.
    pub broken: Option<Broken>,
    /// Whether it begins with a mark of its encoding, as some editors write one.
    pub is_marked: bool,
}

/// The mark of UTF-8.
const MARK: &str = "\u{feff}";

impl File {
    /// Reads a file.
    ///
    /// # Errors
    /// Why it cannot be read; that it is no UTF-8 is told in the file.
    pub fn read(path: &Path) -> Result<File, io::Error> {
        let bytes = std::fs::read(path)?;
        let unmarked = bytes.strip_prefix(MARK.as_bytes());
        let is_marked = unmarked.is_some();
        let bytes = unmarked.unwrap_or(&bytes);
        let broken = std::str::from_utf8(bytes).err().map(|it| {
            let at = it.valid_up_to() as u32;
            Broken { message: String::from("the file is no UTF-8 here"), span: Span { start: at, end: at } }
        });
        Ok(File { path: path.to_owned(), text: String::from_utf8_lossy(bytes).into_owned(), broken, is_marked })
    }

    /// A new text as it is written in the place of the file.
    pub fn whole(&self, text: &str) -> String {
        if self.is_marked { format!("{MARK}{text}") } else { text.to_owned() }
    }
}

/// The files that paths name: a file itself, and those below a folder that may hold queries.
///
/// What Git ignores and what is hidden is passed over, unless a path names it; so is a file that holds no word without
/// which it could have no query. A file of a folder that cannot be read is there, and broken.
///
/// # Errors
/// A path that does not exist, or a file that cannot be read: a sentence.
pub fn files(paths: &[PathBuf]) -> Result<Vec<File>, String> {
    let mut files: Vec<File> = Vec::new();
    for path in paths {
        if path.is_dir() {
            for path in walk(path, &|name| host::may_hold(Path::new(name)))? {
                match File::read(&path) {
                    Ok(file) => files.extend(Some(file).filter(|it| host::has_marks(&path, &it.text))),
                    Err(error) => {
                        let broken = Broken { message: format!("it cannot be read: {error}"), span: Span::default() };
                        files.push(File { path, broken: Some(broken), ..File::default() });
                    }
                }
            }
        } else {
            let trouble = |error: io::Error| match error.kind() {
                io::ErrorKind::NotFound => format!("{}: there is no such file or folder", path.display()),
                _ => format!("{}: {error}", path.display()),
            };
            let file = File::read(path).map_err(trouble)?;
            // Whatever a hook names is looked at, and much of it is of other kinds.
            files.extend(Some(file).filter(|it| host::has_marks(path, &it.text)));
        }
    }
    let mut known = std::collections::HashSet::new();
    files.retain(|it| known.insert(it.path.canonicalize().unwrap_or_else(|_| it.path.clone())));
    Ok(files)
}

/// The files below a folder whose names are wanted, in the order of their names, and the folders below that cannot be
/// read; what Git ignores and what is hidden is passed over. Where lists above the folder have all of it ignored, as they mostly have `cdk.out`, they do not count:
/// the folder was named.
///
/// # Errors
/// The folder cannot be read: a sentence.
pub fn walk(folder: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let files = below(folder, wanted, Lists::All)?;
    if files.is_empty() { below(folder, wanted, Lists::Within) } else { Ok(files) }
}

/// Which lists of what to ignore count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lists {
    All,
    /// Those in the folder and below.
    Within,
}

fn below(folder: &Path, wanted: &dyn Fn(&str) -> bool, lists: Lists) -> Result<Vec<PathBuf>, String> {
    let mut walk = WalkBuilder::new(folder);
    // A folder outside of a repository may have its list of what to ignore too.
    walk.require_git(false).parents(lists == Lists::All).sort_by_file_path(Path::cmp);
    walk.filter_entry(|it| !PASSED_OVER.iter().any(|name| it.file_name() == *name) || it.depth() == 0);
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => match place(&error).filter(|it| *it != folder) {
                // Whoever reads it is told why it cannot be read, and goes on with the others.
                Some(path) => {
                    files.push(path.to_owned());
                    continue;
                }
                None => return Err(error.to_string()),
            },
        };
        let is_file = entry.file_type().is_some_and(|it| it.is_file());
        if is_file && wanted(&entry.file_name().to_string_lossy().to_lowercase()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The file or folder that a walk could not read.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// Folders of other people's files.
const PASSED_OVER: [&str; 3] = ["node_modules", "vendor", "target"];
