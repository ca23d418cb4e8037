//! Queries that run, each on threads of its own, and those that have ended: bounded in number, time and memory.

mod job;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use engine::Room;
pub use job::{Answer, Job, Question, Stage, Status};

use crate::service::Archive;

/// How many queries there may be, and for how long.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// How many may run at once.
    pub running: usize,
    /// How long one may run.
    pub time: Duration,
    /// How many bytes what one gathers may take.
    pub memory: usize,
    /// How many bytes what all of them gather may take.
    pub memory_together: usize,
    /// How many of those that have ended are kept.
    pub kept: usize,
    /// How many bytes their answers may take; the last one is kept, whatever it takes.
    pub bytes: usize,
    /// How long they are kept.
    pub age: Duration,
}

impl Default for Bounds {
    /// The service's own, and of ended queries what a machine can hold.
    fn default() -> Bounds {
        Bounds {
            running: 100,
            time: Duration::from_secs(60 * 60),
            memory: 1 << 30,
            memory_together: 2 << 30,
            kept: 1_000,
            bytes: 512 << 20,
            age: Duration::from_secs(7 * 24 * 60 * 60),
        }
    }
}

/// The queries, oldest first.
pub struct Jobs {
    all: Mutex<VecDeque<Arc<Job>>>,
    /// Whether the queries are to end.
    is_closed: AtomicBool,
    bounds: Bounds,
    /// The memory that those have which run.
    room: Arc<Room>,
}

/// How often queries are looked after: those that run too long are ended, those that are too old are dropped.
const ROUND: Duration = Duration::from_millis(250);

/// As many queries run as may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

impl Jobs {
    /// No queries yet. They are looked after as long as anybody has them.
    pub fn new(bounds: Bounds) -> Arc<Jobs> {
        let room = Arc::new(Room::of(bounds.memory_together));
        let is_closed = AtomicBool::default();
        let jobs = Arc::new(Jobs { all: Mutex::default(), is_closed, bounds, room });
        let weak = Arc::downgrade(&jobs);
        // Without it queries run as long as they like, and are dropped when others end.
        _ = std::thread::Builder::new().name(String::from("caretaker")).spawn(move || look_after(&weak));
        jobs
    }

    /// Runs a query; `id` is what it is called from now on.
    ///
    /// # Errors
    /// As many run as may.
    pub fn start(self: &Arc<Jobs>, id: String, question: Question, archive: Archive) -> Result<Arc<Job>, Full> {
        let mut all = self.all();
        let running = all.iter().filter(|it| !it.has_ended()).count();
        if running >= self.bounds.running {
            return Err(Full);
        }
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let job = Arc::new(Job::new(id, question));
        all.push_back(job.clone());
        if self.is_closed.load(Relaxed) {
            job.stop(Status::Cancelled);
        }
        drop(all);
        let (threads, jobs) = ((cores / (running + 1)).max(1), Arc::downgrade(self));
        let room = Room::within(self.room.clone(), self.bounds.memory);
        let (of_thread, name) = (job.clone(), format!("query {}", job.id));
        let spawned = std::thread::Builder::new().name(name).spawn(move || {
            of_thread.run(&archive, threads, room);
            if let Some(jobs) = jobs.upgrade() {
                jobs.drop_old();
            }
        });
        if spawned.is_err() {
            self.all().retain(|it| it.id != job.id);
            return Err(Full);
        }
        Ok(job)
    }

    /// The query of this id.
    pub fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.all().iter().find(|it| it.id == id).cloned()
    }

    /// All queries that are known, newest first.
    pub fn newest_first(&self) -> Vec<Arc<Job>> {
        self.all().iter().rev().cloned().collect()
    }

    /// Ends all that run, and each that is started from now on.
    pub fn close(&self) {
        let all = self.all();
        self.is_closed.store(true, Relaxed);
        all.iter().for_each(|it| _ = it.stop(Status::Cancelled));
    }

    /// Ends those that have run too long, and drops those that are too old, too many or too large.
    fn drop_old(&self) {
        let mut all = self.all();
        for job in all.iter().filter(|it| it.started.elapsed() > self.bounds.time) {
            job.stop(Status::Timeout);
        }
        let (mut kept, mut bytes) = (0, 0);
        let now = Instant::now();
        let mut newest_first: Vec<bool> = Vec::with_capacity(all.len());
        for job in all.iter().rev() {
            newest_first.push(match job.ended() {
                None => true,
                Some((at, size)) => {
                    kept += 1;
                    bytes += size;
                    let is_last = kept == 1;
                    let fits = kept <= self.bounds.kept && (is_last || bytes <= self.bounds.bytes);
                    fits && now.saturating_duration_since(at) <= self.bounds.age
                }
            });
        }
        let mut keep = newest_first.into_iter().rev();
        all.retain(|_| keep.next().unwrap_or(true));
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn look_after(jobs: &Weak<Jobs>) {
    while let Some(jobs) = jobs.upgrade() {
        jobs.drop_old();
        drop(jobs);
        std::thread::sleep(ROUND);
    }
}
