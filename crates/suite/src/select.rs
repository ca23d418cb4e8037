//! Which test files there are, and which of them a change concerns.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::test::Test;

/// The endings of the names of test files.
const ENDINGS: [&str; 2] = [".test.yml", ".test.yaml"];

/// The test files that paths name: a file itself, and those below a folder, called `*.test.yml`; past what Git ignores.
///
/// # Errors
/// A path that does not exist: a sentence.
pub fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(format!("{}: there is no such file", path.display()));
        }
        match path.is_dir() {
            true => files.extend(hosts::walk(path, &|name| ENDINGS.iter().any(|it| name.ends_with(it)))?),
            false => files.push(path.clone()),
        }
    }
    let mut known = BTreeSet::new();
    files.retain(|it| known.insert(it.canonicalize().unwrap_or_else(|_| it.clone())));
    Ok(files)
}

/// The files that are not as they were in a commit of Git, new ones too, as absolute paths.
///
/// # Errors
/// What Git says.
pub fn changed(since: &str) -> Result<Changed, String> {
    let root = git(&["rev-parse", "--show-toplevel"])?;
    let root = Path::new(root.trim_end()).to_owned();
    // Where nothing was committed yet, all is new.
    let has_begun = since != "HEAD" || git(&["rev-parse", "--verify", "--quiet", "HEAD"]).is_ok();
    let nothing = git(&["hash-object", "-t", "tree", "--stdin"])?;
    let since = if has_begun { since } else { nothing.trim_end() };
    let lists = [
        git(&["diff", "--name-only", "-z", "--no-relative", since, "--"])?,
        git(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?,
    ];
    let names = lists.iter().flat_map(|it| it.split('\0')).filter(|it| !it.is_empty());
    Ok(Changed { files: names.map(|it| root.join(it)).collect() })
}

/// Files that are not as they were.
pub struct Changed {
    files: BTreeSet<PathBuf>,
}

impl Changed {
    /// Whether a test could come out otherwise than it did.
    pub fn concerns(&self, test: &Test) -> bool {
        test.depends_on().iter().any(|it| {
            // What is gone has no canonical path; its folder has one.
            let parent = it.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let of_parent = || Some(parent.canonicalize().ok()?.join(it.file_name()?));
            let path = it.canonicalize().ok().or_else(of_parent).unwrap_or_else(|| it.clone());
            self.files.contains(&path) || path.is_dir() && self.files.iter().any(|file| file.starts_with(&path))
        })
    }
}

fn git(args: &[&str]) -> Result<String, String> {
    let output = Command::new("git")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(format!("git {}: {}", args[0], String::from_utf8_lossy(&output.stderr).trim())),
    }
}
