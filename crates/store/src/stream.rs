//! A log stream on the disk: its events, and the journal of what was acknowledged of them.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use crate::batch::Event;
use crate::error::{Error, Repair};
use crate::folder::{self, GONE};
use crate::journal::{self, Batch, Head, Journal};

/// What is known of a log stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogStream {
    /// Its name.
    pub name: String,
    /// When it was created, in epoch milliseconds.
    pub created: i64,
    /// The times of its oldest and its newest event, in epoch milliseconds.
    pub times: Option<(i64, i64)>,
    /// When the last of its events was received, in epoch milliseconds.
    pub received: Option<i64>,
    /// How many events it has.
    pub events: u64,
    /// How long its file is, in bytes.
    pub bytes: u64,
}

/// A log stream that can be written to.
#[derive(Debug)]
pub(crate) struct Stream {
    /// Its events, as JSON Lines.
    pub(crate) path: PathBuf,
    /// Which of all streams it is that this process had.
    pub(crate) serial: u64,
    journal: PathBuf,
    writer: Mutex<Writer>,
    /// What was acknowledged; readers wait for no writer.
    known: RwLock<LogStream>,
}

#[derive(Debug)]
struct Writer {
    /// How long the journal is.
    end: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Both files end with what was acknowledged.
    Whole,
    /// There may be something behind that.
    Torn,
    /// The stream was deleted.
    Gone,
}

/// Keeps a stream from being written to.
pub(crate) struct Held<'s>(MutexGuard<'s, Writer>);

/// How many streams this process had so far.
static STREAMS: AtomicU64 = AtomicU64::new(0);

/// What is at the end of the files' names.
pub(crate) const EVENTS: &str = ".jsonl";
pub(crate) const JOURNAL: &str = ".journal";

impl Stream {
    /// Creates a stream without events. It is there once its journal is.
    pub(crate) fn create(folder: &Path, name: &str, now: i64) -> Result<Stream, Error> {
        let file = folder::file_name(name);
        let (path, journal) = (folder.join(format!("{file}{EVENTS}")), folder.join(format!(".{file}{JOURNAL}")));
        let head = journal::line(&Head { log_stream_name: name.to_owned(), creation_time: now });
        folder::write(&path, &[]).map_err(|it| Error::disk(&path, &it))?;
        folder::replace(&journal, &head).map_err(|it| {
            // Without a journal it is nothing, and would be removed at the next start.
            let _ = fs::remove_file(&path);
            Error::disk(&journal, &it)
        })?;
        let mut stream = Stream::new(path, journal, LogStream::new(name, now), head.len() as u64);
        stream.number();
        Ok(stream)
    }

    /// Opens the stream of a journal, and repairs what a crash left. It has no number yet.
    pub(crate) fn open(journal_path: &Path, repairs: &mut Vec<Repair>) -> Result<Stream, Repair> {
        let unknown = |reason: &str| Repair::Unknown { path: journal_path.to_owned(), reason: reason.to_owned() };
        let disk = |it: io::Error| unknown(&it.to_string());
        let bytes = fs::read(journal_path).map_err(disk)?;
        let mut journal = journal::read(&bytes).ok_or_else(|| unknown("is no journal of a log stream"))?;
        let file = folder::file_name(&journal.head.log_stream_name);
        let path = journal_path.with_file_name(format!("{file}{EVENTS}"));
        if journal_path.file_name().is_none_or(|it| *it != *format!(".{file}{JOURNAL}")) {
            return Err(unknown("has not the name of its log stream"));
        }
        let events =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(disk)?;
        verify(&events, &path, &mut journal, repairs).map_err(disk)?;
        cut(&path, journal.length(), repairs).map_err(disk)?;
        cut(journal_path, journal.end(), repairs).map_err(disk)?;
        let mut known = LogStream::new(&journal.head.log_stream_name, journal.head.creation_time);
        journal.batches.iter().for_each(|it| known.add(it));
        Ok(Stream::new(path, journal_path.to_owned(), known, journal.end()))
    }

    fn new(path: PathBuf, journal: PathBuf, known: LogStream, end: u64) -> Stream {
        let writer = Mutex::new(Writer { end, state: State::Whole });
        Stream { path, serial: 0, journal, writer, known: RwLock::new(known) }
    }

    /// Gives it the next number.
    pub(crate) fn number(&mut self) {
        self.serial = STREAMS.fetch_add(1, Ordering::Relaxed);
    }

    /// What is known of it.
    pub(crate) fn known(&self) -> LogStream {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes events. When this returns without an error they are on the disk; with one, none of them counts.
    pub(crate) fn append(&self, events: &[Event], now: i64) -> Result<(), Error> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.known();
        match writer.state {
            State::Gone => return Err(Error::no_stream()),
            State::Torn => self.mend(&mut writer, &known)?,
            State::Whole => {}
        }
        let (Some(first), Some(last)) = (events.first(), events.last()) else { return Ok(()) };
        let bytes = lines(&known.name, events, now);
        let batch = Batch {
            at: known.bytes,
            length: bytes.len() as u64,
            crc: crc32fast::hash(&bytes),
            events: events.len() as u64,
            first: first.timestamp,
            last: last.timestamp,
            received: now,
        };
        let line = journal::line(&batch);
        writer.state = State::Torn;
        let written = write_at(&self.path, known.bytes, &bytes)
            .map_err(|it| Error::disk(&self.path, &it))
            .and_then(|()| write_at(&self.journal, writer.end, &line).map_err(|it| Error::disk(&self.journal, &it)));
        if let Err(error) = written {
            // What cannot be mended now is mended before the next batch, or at the next start.
            let _ = self.mend(&mut writer, &known);
            return Err(error);
        }
        writer.state = State::Whole;
        writer.end += line.len() as u64;
        self.known.write().unwrap_or_else(PoisonError::into_inner).add(&batch);
        Ok(())
    }

    /// Cuts off what was not acknowledged.
    fn mend(&self, writer: &mut Writer, known: &LogStream) -> Result<(), Error> {
        set_length(&self.path, known.bytes).map_err(|it| Error::disk(&self.path, &it))?;
        set_length(&self.journal, writer.end).map_err(|it| Error::disk(&self.journal, &it))?;
        writer.state = State::Whole;
        Ok(())
    }

    /// Waits for the writer, and keeps others out.
    pub(crate) fn hold(&self) -> Held<'_> {
        Held(self.writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Deletes the stream. It is gone once its journal has another name.
    pub(crate) fn delete(&self) -> Result<(), Error> {
        let mut held = self.hold();
        let gone = folder::beside(&self.journal, GONE);
        let renamed = fs::rename(&self.journal, &gone).and_then(|()| folder::sync_parent(&gone));
        renamed.map_err(|it| Error::disk(&self.journal, &it))?;
        held.end();
        // What is left is removed at the next start.
        let _ = fs::remove_file(&self.path).and_then(|()| fs::remove_file(&gone));
        Ok(())
    }
}

impl Held<'_> {
    /// The stream is no more.
    pub(crate) fn end(&mut self) {
        self.0.state = State::Gone;
    }
}

impl LogStream {
    fn new(name: &str, created: i64) -> LogStream {
        LogStream { name: name.to_owned(), created, times: None, received: None, events: 0, bytes: 0 }
    }

    fn add(&mut self, batch: &Batch) {
        let (first, last) = self.times.unwrap_or((batch.first, batch.last));
        self.times = Some((first.min(batch.first), last.max(batch.last)));
        self.received = self.received.max(Some(batch.received));
        self.events += batch.events;
        self.bytes = batch.at + batch.length;
    }
}

/// Events as `filter-log-events` has them, a line each.
fn lines(stream: &str, events: &[Event], now: i64) -> Vec<u8> {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let stream = quoted(stream);
    let mut bytes = Vec::with_capacity(events.iter().map(|it| it.message.len() + stream.len() + 100).sum());
    for event in events {
        let (time, message) = (event.timestamp, quoted(&event.message));
        let line = format!(
            "{{\"logStreamName\":{stream},\"timestamp\":{time},\"message\":{message},\"ingestionTime\":{now}}}\n"
        );
        bytes.extend_from_slice(line.as_bytes());
    }
    bytes
}

/// Writes bytes at a place, and waits for the disk.
fn write_at(path: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)?;
    file.sync_data()
}

fn set_length(path: &Path, length: u64) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    file.set_len(length)?;
    file.sync_all()
}

/// Cuts off what is behind a place.
fn cut(path: &Path, length: u64, repairs: &mut Vec<Repair>) -> io::Result<()> {
    let bytes = fs::metadata(path)?.len().saturating_sub(length);
    if bytes > 0 {
        set_length(path, length)?;
        repairs.push(Repair::Cut { path: path.to_owned(), bytes });
    }
    Ok(())
}

/// Holds the events against the checksums of the journal, and forgets the last batches for as long as theirs do not
/// hold. A damaged batch that sound ones follow stays, so that those keep their places.
fn verify(file: &File, path: &Path, journal: &mut Journal, repairs: &mut Vec<Repair>) -> io::Result<()> {
    let mut bytes = Vec::new();
    let mut damaged = Vec::new();
    for (number, batch) in journal.batches.iter().enumerate() {
        bytes.clear();
        file.take(batch.length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != batch.length || crc32fast::hash(&bytes) != batch.crc {
            damaged.push((number, batch.at));
        }
    }
    let mut events = 0;
    while damaged.last().is_some_and(|(number, _)| number + 1 == journal.batches.len()) {
        damaged.pop();
        events += journal.pop().map_or(0, |it| it.events);
    }
    if events > 0 {
        repairs.push(Repair::Lost { path: path.to_owned(), events });
    }
    repairs.extend(damaged.into_iter().map(|(_, at)| Repair::Damaged { path: path.to_owned(), at }));
    Ok(())
}
