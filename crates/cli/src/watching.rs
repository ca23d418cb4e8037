//! `--watch`: something is done again whenever a file that it reads has changed.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use source::Watch;

use crate::exit::{Exit, Fault};

/// How often is looked whether something changed. Not every file system tells of changes, so they are looked for.
const STEP: Duration = Duration::from_millis(300);

/// Does it now and whenever one of the files, or a file in one of the folders, has changed; a fault is told, and
/// may be mended. Ends where nobody reads any more, or by Ctrl-C.
pub fn repeat(paths: &[PathBuf], watch: &Watch, mut run: impl FnMut() -> Result<Exit, Fault>) -> Result<Exit, Fault> {
    loop {
        let seen = state(paths);
        match run() {
            Err(Fault::Interrupted) => return Err(Fault::Interrupted),
            Err(fault) => _ = fault.report(),
            Ok(_) => {}
        }
        while state(paths) == seen {
            if watch.is_cancelled() {
                return Err(Fault::Interrupted);
            }
            std::thread::sleep(STEP);
        }
        settle(paths);
        if begin_anew().is_err() {
            return Ok(Exit::Answered);
        }
    }
}

/// Waits until whoever writes is done.
fn settle(paths: &[PathBuf]) {
    let mut seen = state(paths);
    loop {
        std::thread::sleep(STEP / 3);
        let now = state(paths);
        if now == seen {
            return;
        }
        seen = now;
    }
}

/// Clears a terminal; anywhere else a blank line stands between two answers.
fn begin_anew() -> std::io::Result<()> {
    let mut stdout = std::io::stdout();
    stdout.write_all(if stdout.is_terminal() { b"\x1b[2J\x1b[3J\x1b[H" } else { b"\n" })?;
    stdout.flush()
}

/// What tells a file from what it was: its length, and when it was written.
type State = Vec<(PathBuf, u64, Option<SystemTime>)>;

fn state(paths: &[PathBuf]) -> State {
    let mut state = Vec::new();
    paths.iter().for_each(|it| look(root(it), &mut state));
    state.sort_unstable();
    state
}

/// The folder above a pattern such as `logs/*.gz`; a path that is there is itself.
fn root(path: &Path) -> &Path {
    let is_pattern = |it: &Path| it.to_string_lossy().contains(['*', '?', '[', '{']);
    let found = path.ancestors().find(|it| it.exists() || !is_pattern(it)).unwrap_or(path);
    if found.as_os_str().is_empty() { Path::new(".") } else { found }
}

/// Adds a file, or all files below a folder. What cannot be looked at counts as missing.
fn look(path: &Path, state: &mut State) {
    let Ok(found) = path.metadata() else { return };
    state.push((path.to_owned(), found.len(), found.modified().ok()));
    // A link to a folder is not entered: it may lead round in a circle.
    let is_link = path.symlink_metadata().is_ok_and(|it| it.is_symlink());
    if found.is_dir() && (!is_link || state.len() == 1) {
        let entries = path.read_dir().into_iter().flatten().flatten();
        entries.for_each(|it| look(&it.path(), state));
    }
}
