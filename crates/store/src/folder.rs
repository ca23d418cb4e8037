//! Names of files for names of log groups and streams, and files that are replaced whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// The name of what is being created; it becomes what it should be once all of it is on the disk.
pub(crate) const NEW: &str = ".new~";

/// The name of what is being deleted.
pub(crate) const GONE: &str = ".gone~";

/// A name that any file system takes, for any text: what can be read of it, and a hash that tells it from all others.
///
/// Names of groups and streams may hold slashes and dots, differ in case alone, and be longer than a file's may be.
pub(crate) fn file_name(name: &str) -> String {
    const LONGEST: usize = 60;
    let plain = |it: char| if it.is_ascii_alphanumeric() || "_-.".contains(it) { it } else { '-' };
    let slug: String = name.chars().map(plain).take(LONGEST).collect();
    let hash = Sha256::digest(name.as_bytes());
    let hex: String = hash.iter().take(8).map(|it| format!("{it:02x}")).collect();
    let slug = slug.trim_matches(['.', '-']);
    if slug.is_empty() { hex } else { format!("{slug}~{hex}") }
}

/// Writes a file whole or not at all: it is on the disk when this returns.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path, NEW);
    let written = write(&new, bytes).and_then(|()| fs::rename(&new, path)).and_then(|()| sync_parent(path));
    if written.is_err() {
        // What is left of the attempt would be removed at the next start anyway.
        let _ = fs::remove_file(&new);
    }
    written
}

/// Writes a file, and waits for the disk.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in a folder are on the disk.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    // Other systems do not open folders, and write their names by themselves.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The same, of the folder that a file is in.
pub(crate) fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), sync)
}

/// The path of a file of the same folder whose name has this in front.
pub(crate) fn beside(path: &Path, mark: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    path.with_file_name(format!("{mark}{name}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_stay_in_their_folder_and_apart() {
        let long = "x".repeat(512);
        let names =
            ["..", ".", "/", "../../etc/passwd", "/aws/lambda/a", "aws-lambda-a", "A", "a", "日本", "", "a\0b", &long];
        let files: HashSet<String> = names.iter().map(|it| file_name(it).to_lowercase()).collect();
        assert_eq!(files.len(), names.len());
        for file in &files {
            let path = Path::new("store").join(file);
            assert_eq!(path.parent().unwrap(), Path::new("store"), "{file}");
            assert!(!file.starts_with('.') && file.len() < 100 && !file.contains('\0'), "{file}");
        }
        assert!(file_name("/aws/lambda/a").starts_with("aws-lambda-a~"));
    }
}
