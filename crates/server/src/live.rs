//! Live tail: the events of the archive replayed, and what is written from now on, an update each second.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use filter::Pattern;
use hyper::body::Frame;
use serde::Deserialize;
use serde_json::{Value, json};
use source::Group;
use store::Store;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::clock::Clock;
use crate::events::{self, Chosen, Direction, Event, Place, Question};
use crate::frame;
use crate::service::Archive;

/// What is asked for.
pub struct Session {
    /// The files of the archive, which are replayed.
    pub files: Archive,
    /// What is written.
    pub store: Option<Arc<Store>>,
    /// The log groups, and what each is called in updates.
    pub groups: Vec<(Group, String)>,
    /// Of which streams.
    pub chosen: Chosen,
    /// What messages must match.
    pub pattern: Option<Pattern>,
    /// What time it is.
    pub clock: Clock,
    /// What the client is told first.
    pub start: Value,
    /// One of the places that there are.
    pub seat: Seat,
}

/// How many sessions there may be at once: the quota of the service.
pub const SESSIONS: usize = 15;
/// The most events of an update: the model of `sessionResults` says so.
const MOST: usize = 500;
/// How long it is from one update to the next.
const PAUSE: Duration = Duration::from_secs(1);
/// How long it is from one look whether the session is to end to the next.
const LOOK: Duration = Duration::from_millis(50);
/// When a session ends by itself: the API reference of `StartLiveTail` says so.
const LIFE: Duration = Duration::from_secs(3 * 3_600);
/// How many updates may wait for a slow client; then the session waits, too.
const WAITING: usize = 4;

/// The places that sessions take.
#[derive(Clone, Debug, Default)]
pub struct Seats(Arc<Taken>);

#[derive(Debug, Default)]
struct Taken {
    count: AtomicUsize,
    /// Whether the sessions are to end.
    is_closed: AtomicBool,
}

/// A place that is taken.
#[derive(Debug)]
pub struct Seat(Arc<Taken>);

impl Seats {
    /// Takes a place, if there is one.
    pub fn take(&self) -> Option<Seat> {
        let free = |it: usize| (it < SESSIONS).then_some(it + 1);
        self.0.count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, free).ok()?;
        Some(Seat(self.0.clone()))
    }

    /// Has all sessions end.
    pub fn close(&self) {
        self.0.is_closed.store(true, Ordering::Relaxed);
    }
}

impl Seat {
    fn is_closed(&self) -> bool {
        self.0.is_closed.load(Ordering::Relaxed)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.count.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The body of an answer that goes on.
struct Frames(Receiver<Vec<u8>>);

impl hyper::body::Body for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|it| it.map(|bytes| Ok(Frame::data(Bytes::from(bytes)))))
    }
}

impl Session {
    /// Begins: the body of the answer, which a thread of its own writes.
    ///
    /// # Errors
    /// The system has no thread for it.
    pub fn begin(self) -> io::Result<Body> {
        let (sender, receiver) = mpsc::channel(WAITING);
        // What is written from here on is told.
        let follower = Follower::new(self.store.as_deref(), self.clock.now());
        std::thread::Builder::new().name(String::from("live tail")).spawn(move || self.run(&sender, follower))?;
        Ok(Body::new(Frames(receiver)))
    }

    /// Tells events until the client has gone.
    fn run(self, sender: &Sender<Vec<u8>>, mut follower: Follower) {
        let began = Instant::now();
        let first = [frame::event("initial-response", &json!({})), frame::event("sessionStart", &self.start)];
        let mut is_there = first.into_iter().all(|it| sender.blocking_send(it).is_ok());
        let mut replayed = Some(Place::default());
        while is_there && began.elapsed() < LIFE && !self.seat.is_closed() {
            let mut results = follower.next(&self);
            let sampled = results.len() > MOST;
            results.truncate(MOST);
            if let Some(place) = replayed.filter(|_| results.len() < MOST) {
                let (events, behind) = self.replay(place, MOST - results.len());
                results.extend(events);
                replayed = behind;
            }
            let update = json!({ "sessionMetadata": { "sampled": sampled }, "sessionResults": results });
            is_there = sender.blocking_send(frame::event("sessionUpdate", &update)).is_ok();
            let updated = Instant::now();
            while updated.elapsed() < PAUSE && !self.seat.is_closed() {
                std::thread::sleep(LOOK);
            }
        }
        if is_there && began.elapsed() >= LIFE {
            let message = json!({ "message": "Live Tail sessions end after three hours." });
            // Whoever has gone has no need of it.
            _ = sender.blocking_send(frame::exception("SessionTimeoutException", &message));
        }
    }

    /// The next events of the archive, and the place behind them; none where that was all.
    fn replay(&self, from: Place, most: usize) -> (Vec<Value>, Option<Place>) {
        let groups: Vec<Group> = self.groups.iter().map(|it| it.0.clone()).collect();
        let question = Question {
            groups: &groups,
            streams: &self.chosen,
            range: None,
            pattern: self.pattern.as_ref(),
            from: Some(from),
            direction: Direction::Forward,
            most,
        };
        // An archive that cannot be read has nothing to replay.
        let page = events::page(&self.files, &question).unwrap_or_default();
        let behind = page.events.last().filter(|_| page.has_more).map(|it| it.place);
        (page.events.into_iter().filter_map(|it| self.result(it)).collect(), behind)
    }

    fn result(&self, event: Event) -> Option<Value> {
        let (_, name) = self.groups.iter().find(|it| it.0.name == event.group)?;
        Some(json!({
            "logStreamName": event.stream,
            "logGroupIdentifier": name,
            "message": event.message,
            "timestamp": event.time,
            "ingestionTime": event.received.unwrap_or(event.time),
        }))
    }
}

/// How much of each file of the store was told, by its number: one that was deleted and made anew is another.
struct Follower(HashMap<u64, u64>);

/// An event as the store writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    log_stream_name: String,
    timestamp: i64,
    message: String,
    ingestion_time: i64,
}

impl Follower {
    fn new(store: Option<&Store>, now: i64) -> Follower {
        Follower(store.iter().flat_map(|it| it.files(now)).map(|it| (it.serial, it.length)).collect())
    }

    /// What was written since the last time; of one update's worth, one more at most.
    fn next(&mut self, session: &Session) -> Vec<Value> {
        let mut results = Vec::new();
        let Some(store) = &session.store else { return results };
        for file in store.files(session.clock.now()) {
            let told = self.0.insert(file.serial, file.length).unwrap_or_default();
            if told >= file.length || !session.groups.iter().any(|it| it.0.name == file.group) {
                continue;
            }
            // A file that was deleted meanwhile has nothing more to tell.
            let bytes = part(&file.path, told, file.length).unwrap_or_default();
            for line in bytes.split(|it| *it == b'\n').filter(|it| !it.is_empty()) {
                let Ok(it) = serde_json::from_slice::<Written>(line) else { continue };
                let is_wanted = session.chosen.hold(&it.log_stream_name)
                    && session.pattern.as_ref().is_none_or(|pattern| pattern.matches(&it.message));
                if is_wanted && results.len() <= MOST {
                    let (stream, group) = (it.log_stream_name, file.group.clone());
                    let (time, received) = (it.timestamp, Some(it.ingestion_time));
                    let event = Event { place: Place::default(), group, stream, time, received, message: it.message };
                    results.extend(session.result(event));
                }
            }
        }
        results
    }
}

fn part(path: &Path, from: u64, to: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(to - from).read_to_end(&mut bytes)?;
    Ok(bytes)
}
