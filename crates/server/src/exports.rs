//! Export tasks: the events of a log group into a folder, laid out as the service does in S3.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use plan::{Range, Scan};
use source::{Block, Group, Watch};
use value::time;

use crate::clock::Clock;
use crate::events::Chosen;
use crate::service::Archive;
use crate::streams;

/// What is to be exported, and where to.
#[derive(Clone, Debug)]
pub struct Order {
    /// What the caller calls it.
    pub name: Option<String>,
    /// The log group.
    pub group: Group,
    /// Of which streams.
    pub chosen: Chosen,
    /// When the events happened, both ends in it.
    pub range: Range,
    /// What would be the bucket: a folder.
    pub destination: String,
    /// Folders in that.
    pub prefix: String,
}

/// A task.
pub struct Task {
    /// Its id.
    pub id: String,
    /// What is to be done.
    pub order: Order,
    /// When it was created, in epoch milliseconds.
    pub created: i64,
    state: Mutex<State>,
    watch: Watch,
}

/// How far a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// `RUNNING` and the like.
    pub code: &'static str,
    /// More of it.
    pub message: String,
    /// When it ended, in epoch milliseconds.
    pub completed: Option<i64>,
}

/// The codes of states, as the model lists them.
pub const CODES: &[&str] = &[CANCELLED, COMPLETED, FAILED, "PENDING", PENDING_CANCEL, RUNNING];

const CANCELLED: &str = "CANCELLED";
const COMPLETED: &str = "COMPLETED";
const FAILED: &str = "FAILED";
const PENDING_CANCEL: &str = "PENDING_CANCEL";
const RUNNING: &str = "RUNNING";

/// How long it is from one look at a task that is to end to the next.
const PAUSE: Duration = Duration::from_millis(5);

/// How many tasks are remembered.
const REMEMBERED: usize = 1_000;

/// All tasks since the server was started.
#[derive(Default)]
pub struct Exports(Mutex<Vec<Arc<Task>>>);

/// One task runs already, and the service runs no second one.
#[derive(Debug)]
pub struct Busy;

impl Exports {
    /// Begins a task, which a thread of its own does.
    ///
    /// # Errors
    /// Another one runs.
    pub fn begin(&self, order: Order, folder: &Path, archive: Archive, clock: Clock) -> Result<Arc<Task>, Busy> {
        let mut tasks = self.lock();
        if tasks.iter().any(|it| it.is_running()) {
            return Err(Busy);
        }
        let state = State { code: RUNNING, message: String::from("Started successfully"), completed: None };
        let id = uuid::Uuid::new_v4().to_string();
        let (created, watch) = (clock.now(), Watch::default());
        let task = Arc::new(Task { id, order, created, state: Mutex::new(state), watch });
        let (worker, folder) = (task.clone(), folder.to_owned());
        let spawned = std::thread::Builder::new().name(String::from("export")).spawn(move || {
            let outcome = worker.run(&folder, &archive);
            worker.end(outcome, clock.now());
        });
        if let Err(error) = spawned {
            task.end(Err(error), created);
        }
        if tasks.len() >= REMEMBERED {
            tasks.remove(0);
        }
        tasks.push(task.clone());
        Ok(task)
    }

    /// Ends the task that runs, and waits until its files are whole; no longer than that.
    pub fn close(&self, longest: Duration) {
        let asked = Instant::now();
        self.all().iter().for_each(|it| _ = it.cancel());
        while self.all().iter().any(|it| it.is_running()) && asked.elapsed() < longest {
            std::thread::sleep(PAUSE);
        }
    }

    /// The tasks, in the order in which they were begun.
    pub fn all(&self) -> Vec<Arc<Task>> {
        self.lock().clone()
    }

    /// A task.
    pub fn find(&self, id: &str) -> Option<Arc<Task>> {
        self.lock().iter().find(|it| it.id == id).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Task>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Task {
    /// How far it is.
    pub fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends it early; what was written stays. Whether it was running.
    pub fn cancel(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let was_running = state.completed.is_none();
        if was_running {
            self.watch.cancelled.store(true, Ordering::Relaxed);
            state.code = PENDING_CANCEL;
            state.message = String::from("Cancelling");
        }
        was_running
    }

    fn is_running(&self) -> bool {
        self.state().completed.is_none()
    }

    fn end(&self, outcome: io::Result<()>, now: i64) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        (state.code, state.message) = match outcome {
            Err(error) => (FAILED, error.to_string()),
            Ok(()) if self.watch.is_cancelled() => (CANCELLED, String::from("Cancelled")),
            Ok(()) => (COMPLETED, String::from("Completed successfully")),
        };
        state.completed = Some(now);
    }

    fn run(&self, folder: &Path, archive: &Archive) -> io::Result<()> {
        let target = folder.join(&self.order.destination).join(&self.order.prefix);
        fs::create_dir_all(&target)?;
        fs::write(target.join("aws-logs-write-test"), "Permission Check Successful")?;
        let writer = Mutex::new(Writer { folder: target.join(&self.id), ..Writer::default() });
        let lock = || writer.lock().unwrap_or_else(PoisonError::into_inner);
        let groups = vec![streams::named(&self.order.group)];
        let scan = Scan { groups, range: Some(self.order.range), ..Scan::default() };
        let scanned = archive.scan(&scan, &self.watch, &|block| {
            let mut writer = lock();
            if writer.failure.is_none()
                && let Err(error) = writer.write(block, &self.order.chosen)
            {
                writer.failure = Some(error);
                self.watch.cancelled.store(true, Ordering::Relaxed);
            }
        });
        let mut writer = writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        writer.failure.take().map_or(Ok(()), Err)?;
        scanned.map_err(|error| io::Error::other(error.to_string()))?;
        writer.close()
    }
}

/// How many files are written to at once; then all are closed, and go on with another member.
const OPEN: usize = 64;

/// The files of a task.
#[derive(Default)]
struct Writer {
    folder: PathBuf,
    open: HashMap<PathBuf, GzEncoder<File>>,
    /// The file of each stream.
    files: HashMap<String, PathBuf>,
    /// How many streams have the same folder: a folder's name says less than theirs.
    shared: HashMap<String, usize>,
    failure: Option<io::Error>,
}

impl Writer {
    fn write(&mut self, block: &Block<'_>, chosen: &Chosen) -> io::Result<()> {
        let mut text = String::new();
        for row in 0..block.len() {
            let (stream, Some(time)) = (streams::name(block, row), block.time(row)) else { continue };
            if !chosen.hold(stream) {
                continue;
            }
            text.clear();
            time::write(time, &mut text);
            // `2026-01-01T00:00:00.000Z message`
            let line = format!("{}Z {}\n", text.replacen(' ', "T", 1), block.message(row));
            self.file(stream)?.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    /// The file of a stream.
    fn file(&mut self, stream: &str) -> io::Result<&mut GzEncoder<File>> {
        let path = match self.files.get(stream) {
            Some(it) => it.clone(),
            None => {
                let folder = folder_name(stream);
                let number = self.shared.entry(folder.clone()).or_default();
                let path = self.folder.join(&folder).join(format!("{number:06}.gz"));
                *number += 1;
                fs::create_dir_all(self.folder.join(&folder))?;
                self.files.insert(stream.to_owned(), path.clone());
                path
            }
        };
        if self.open.len() >= OPEN && !self.open.contains_key(&path) {
            self.close()?;
        }
        Ok(match self.open.entry(path) {
            std::collections::hash_map::Entry::Occupied(it) => it.into_mut(),
            std::collections::hash_map::Entry::Vacant(it) => {
                let file = OpenOptions::new().create(true).append(true).open(it.key())?;
                it.insert(GzEncoder::new(file, Compression::default()))
            }
        })
    }

    fn close(&mut self) -> io::Result<()> {
        self.open.drain().try_for_each(|(_, it)| it.finish()?.sync_all())
    }
}

/// The most bytes of a name that file systems take.
const LONGEST: usize = 255;

/// The folder of a stream: its name, in which a slash is a dash; of a name too long for a folder, its beginning.
fn folder_name(stream: &str) -> String {
    let name: String = stream.chars().map(|it| if it == '/' || it == '\\' || it == '\0' { '-' } else { it }).collect();
    let name = name[..name.floor_char_boundary(LONGEST)].to_owned();
    // A name of dots alone would be a folder above.
    if name.chars().all(|it| it == '.') { name.replace('.', "-") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stream_leaves_the_folder() {
        for (stream, folder) in [
            ("a/b", "a-b"),
            ("..", "--"),
            (".", "-"),
            ("../../x", "..-..-x"),
            ("2026/01/01/[$LATEST]a", "2026-01-01-[$LATEST]a"),
            (&"ä".repeat(512), &"ä".repeat(127)),
        ] {
            assert_eq!(folder_name(stream), folder);
        }
    }
}
