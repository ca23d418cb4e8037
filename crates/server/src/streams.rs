//! The log streams of a log group: of the archive, found by a pass over its events once, and of the store.
//!
//! To the service each event is of a log stream. Those of an archive that names none, as files of CloudTrail are, share one.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use plan::{Groups, Scan, Which};
use source::{Block, Group, Watch};

use crate::Error;
use crate::error::Kind;
use crate::service::{Archive, Service};

/// A log stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// When it was created, where that is known, in epoch milliseconds.
    pub created: Option<i64>,
    /// When its oldest event happened.
    pub first: Option<i64>,
    /// When its newest event happened.
    pub last: Option<i64>,
    /// When the last of its events was received.
    pub received: Option<i64>,
}

/// Log streams by their names.
pub type Streams = BTreeMap<String, Stream>;

/// The streams of the archive's log groups, as far as anybody has asked.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<Key, Arc<Streams>>>);

/// The name of a log group, and its account where that is known.
type Key = (String, Option<String>);

/// The stream of the events that no other is named of. One of that very name is the same.
const NAMELESS: &str = "-";

/// The stream of an event.
pub fn name<'b>(block: &'b Block<'_>, row: usize) -> &'b str {
    // No call can name a stream of an empty name.
    block.stream(row).filter(|it| !it.is_empty()).unwrap_or(NAMELESS)
}

/// The streams of a log group.
///
/// # Errors
/// The archive cannot be read.
pub fn of(service: &Service, group: &Group) -> Result<Streams, Error> {
    let mut streams = (*archived(service, group)?).clone();
    let written = service.store.iter().filter_map(|it| it.streams(&group.name).ok()).flatten();
    for it in written {
        let times = Stream {
            // One of the archive was there before something was written to it.
            created: Some(it.created).filter(|_| !streams.contains_key(&it.name)),
            first: it.times.map(|it| it.0),
            last: it.times.map(|it| it.1),
            received: it.received,
        };
        streams.entry(it.name).or_default().learn(&times);
    }
    Ok(streams)
}

/// The streams of a log group that are in the archive, which is only read.
///
/// # Errors
/// The archive cannot be read.
pub fn archived(service: &Service, group: &Group) -> Result<Arc<Streams>, Error> {
    let known = service.archived().iter().find(|it| it.name == group.name && it.account == group.account);
    known.map_or_else(|| Ok(Arc::default()), |it| service.streams.of(&service.files, it))
}

/// Whether a log group has this stream.
///
/// # Errors
/// The archive cannot be read.
pub fn has(service: &Service, group: &Group, stream: &str) -> Result<bool, Error> {
    let is_written = service.store.as_ref().is_some_and(|it| it.has_stream(&group.name, stream));
    Ok(is_written || archived(service, group)?.contains_key(stream))
}

/// Which log group a scan is to read.
pub fn named(group: &Group) -> Groups {
    let name = match &group.account {
        Some(account) => format!("{account}:{}", group.name),
        None => group.name.clone(),
    };
    Groups { which: Which::Named(name), range: None }
}

impl Known {
    fn of(&self, files: &Archive, group: &Group) -> Result<Arc<Streams>, Error> {
        let key = (group.name.clone(), group.account.clone());
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let found = Arc::new(find(files, group)?);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, found.clone());
        Ok(found)
    }
}

fn find(files: &Archive, group: &Group) -> Result<Streams, Error> {
    // Whoever asks for the streams is mostly after their events.
    let scan = Scan { groups: vec![named(group)], walks: true, ..Scan::default() };
    let found: Mutex<Streams> = Mutex::default();
    let scanned = files.scan(&scan, &Watch::default(), &|block| {
        let mut here: BTreeMap<&str, Stream> = BTreeMap::new();
        for row in 0..block.len() {
            let time = block.time(row);
            let event = Stream { created: None, first: time, last: time, received: block.ingested(row) };
            here.entry(name(block, row)).or_default().learn(&event);
        }
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, stream) in here {
            match found.get_mut(name) {
                Some(known) => known.learn(&stream),
                None => drop(found.insert(name.to_owned(), stream)),
            }
        }
    });
    scanned.map_err(|error| Error::new(Kind::ServiceUnavailable, error.to_string()))?;
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

impl Stream {
    fn learn(&mut self, other: &Stream) {
        let earlier = |one: Option<i64>, two: Option<i64>| one.into_iter().chain(two).min();
        self.created = earlier(self.created, other.created);
        self.first = earlier(self.first, other.first);
        self.last = self.last.max(other.last);
        self.received = self.received.max(other.received);
    }
}
