//! One query: what was asked, how far it is, and what it gave.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use engine::{Found, Interim, Room, Statistics};
use plan::{Context, Plan};
use source::Watch;
use syntax::Diagnostic;
use value::{Batch, Column};

use crate::service::Archive;
use crate::telling;

/// What was asked.
pub struct Question {
    /// The query, as it was sent.
    pub text: String,
    /// The same, planned.
    pub plan: Plan,
    /// What it was planned with, where it may look at fields that it does not name: when it runs, these are found first,
    /// and it is planned with them.
    pub unfinished: Option<Context>,
    /// The ARNs of the log groups that it is asked of.
    pub groups: Vec<String>,
    /// The name of the log group, where it is one.
    pub group: Option<String>,
    /// The access key of whoever asked.
    pub caller: Option<String>,
    /// When, in epoch milliseconds.
    pub created: i64,
    /// What is to be said of it, whatever comes of it: its warnings.
    pub notes: Vec<String>,
    /// Told what a person may want to know of a query that fails.
    pub tell: fn(&str),
}

/// A query that runs, or has ended.
pub struct Job {
    /// What it is called.
    pub id: String,
    /// What was asked.
    pub question: Question,
    /// When it began.
    pub started: Instant,
    watch: Watch,
    interim: Interim,
    stage: Mutex<Stage>,
    change: Condvar,
}

/// How far a query is.
#[derive(Clone)]
pub enum Stage {
    /// It runs; and whether it is to end, and as what.
    Running(Option<Status>),
    /// It has ended.
    Ended {
        /// How.
        status: Status,
        /// With what; nothing where it failed.
        answer: Option<Arc<Answer>>,
        /// What people may want to know of it: warnings, what could not be read, why it failed.
        notes: Arc<[String]>,
        /// When.
        at: Instant,
    },
}

/// What the service says of a query's stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It runs.
    Running,
    /// It has ended by itself.
    Complete,
    /// Something went wrong.
    Failed,
    /// A caller ended it.
    Cancelled,
    /// It took too long.
    Timeout,
}

/// What a query gave.
pub struct Answer {
    /// The rows.
    pub batch: Batch,
    /// The places of their events, where they are events.
    pub pointers: Option<Column>,
    /// What was read for them.
    pub statistics: Statistics,
    /// What could not be read.
    pub unread: Vec<String>,
    /// About how much memory it takes.
    pub bytes: usize,
}

impl Status {
    /// All of them, by the names of the service's model.
    pub const NAMES: &[&str] = &["Scheduled", "Running", "Complete", "Failed", "Cancelled", "Timeout", "Unknown"];

    /// The service's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Running => "Running",
            Status::Complete => "Complete",
            Status::Failed => "Failed",
            Status::Cancelled => "Cancelled",
            Status::Timeout => "Timeout",
        }
    }
}

impl Stage {
    /// What the service calls it.
    pub fn status(&self) -> Status {
        match self {
            Stage::Running(_) => Status::Running,
            Stage::Ended { status, .. } => *status,
        }
    }
}

impl Job {
    pub(super) fn new(id: String, question: Question) -> Job {
        Job {
            id,
            question,
            started: Instant::now(),
            watch: Watch::default(),
            interim: Interim::default(),
            stage: Mutex::new(Stage::Running(None)),
            change: Condvar::new(),
        }
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        self.locked().clone()
    }

    /// What it has so far, while it runs; looking has it gather what is newer.
    pub fn so_far(&self) -> Option<Arc<Found>> {
        self.interim.look()
    }

    /// How long it has run, or ran.
    pub fn duration(&self) -> Duration {
        match *self.locked() {
            Stage::Running(_) => self.started.elapsed(),
            Stage::Ended { at, .. } => at.saturating_duration_since(self.started),
        }
    }

    /// Has it end at the next block of events; whether it ran.
    pub fn stop(&self, status: Status) -> bool {
        let mut stage = self.locked();
        match &mut *stage {
            Stage::Running(ending) => {
                ending.get_or_insert(status);
                self.watch.cancelled.store(true, Relaxed);
                true
            }
            Stage::Ended { .. } => false,
        }
    }

    /// Waits until it has ended, but no longer than this; whether it has.
    pub fn wait(&self, most: Duration) -> bool {
        let ends = self.change.wait_timeout_while(self.locked(), most, |it| matches!(it, Stage::Running(_)));
        !ends.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Whether it has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.ended().is_some()
    }

    /// When it has ended, and what its answer takes.
    pub(super) fn ended(&self) -> Option<(Instant, usize)> {
        match &*self.locked() {
            Stage::Running(_) => None,
            Stage::Ended { answer, at, .. } => Some((*at, answer.as_ref().map_or(0, |it| it.bytes))),
        }
    }

    /// Runs it on so many threads, in so much memory.
    pub(super) fn run(&self, archive: &Archive, threads: usize, room: Room) {
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(archive, threads, &room)));
        drop(room);
        let answered = answered.unwrap_or_else(|_| Err(String::from("it came to an unexpected end")));
        let mut notes = self.question.notes.clone();
        let mut stage = self.locked();
        let asked_to = if let Stage::Running(ending) = *stage { ending } else { None };
        let (status, answer) = match answered {
            Ok(answer) => {
                notes.extend(answer.unread.iter().cloned());
                (asked_to.unwrap_or(Status::Complete), Some(Arc::new(answer)))
            }
            Err(reason) => {
                (self.question.tell)(&format!("the query {} failed: {reason}", self.id));
                notes.push(format!("error: {reason}"));
                (asked_to.unwrap_or(Status::Failed), None)
            }
        };
        *stage = Stage::Ended { status, answer, notes: notes.into(), at: Instant::now() };
        self.change.notify_all();
    }

    /// Its own threads, so that a quick query need not wait for a long one.
    fn answer(&self, archive: &Archive, threads: usize, room: &Room) -> Result<Answer, String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).start_handler(|_| give_way());
        let pool = pool.build().map_err(|it| it.to_string())?;
        pool.install(|| {
            let plan = self.question.finished(archive, &self.watch)?;
            let found = engine::run_in(room, &plan, archive.as_ref(), &self.watch, &self.interim);
            found.map(Answer::of).map_err(|it| it.to_string())
        })
    }

    fn locked(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How much a thread of a query gives way to those that answer other calls, as `nice` counts: a tenth of their share.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Has this thread give way: a hundred queries at work leave time to whoever looks for a few events.
fn give_way() {
    // Without it, the others wait longer.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
}

impl Question {
    /// The plan, with the fields of the archive where it may look at them.
    fn finished(&self, archive: &Archive, watch: &Watch) -> Result<Cow<'_, Plan>, String> {
        let Some(context) = &self.unfinished else { return Ok(Cow::Borrowed(&self.plan)) };
        let fields = source::all_field_names(archive.as_ref(), watch).map_err(|it| it.to_string())?;
        let plan = plan::compile(&self.text, &Context { fields: Some(fields), ..context.clone() });
        let told = |faults: Vec<Diagnostic>| faults.iter().map(|it| syntax::render(it, &self.text)).collect::<Vec<_>>();
        plan.map(Cow::Owned).map_err(|faults| told(faults).join("\n\n"))
    }
}

/// How many lines of what could not be read are kept with an answer; the others are told where the server is watched.
const MOST_UNREAD: usize = 100;

impl Answer {
    fn of(found: Found) -> Answer {
        // It is kept for long, and what it was chosen from is not.
        let batch = found.batch.compact();
        let bytes = batch.bytes() + found.pointers.as_ref().map_or(0, Column::bytes);
        let mut unread = telling::unread(&found.report);
        let more = unread.split_off(unread.len().min(MOST_UNREAD)).len();
        if more > 0 {
            unread.push(format!("warning: {more} more like these"));
        }
        Answer { batch, pointers: found.pointers, statistics: found.statistics, unread, bytes }
    }
}
