//! One event with all its fields, found again by its place.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, PoisonError};

use plan::Scan;

use crate::block::Block;
use crate::discover;
use crate::error::Error;
use crate::{Source, Watch};

/// The names and texts of all fields of the event at a place, those that every event has first; times are in epoch
/// milliseconds. `None` where no event is there.
///
/// # Errors
/// Where the scan gives one.
pub fn record(source: &dyn Source, place: u64, watch: &Watch) -> Result<Option<Vec<(String, String)>>, Error> {
    let found = Mutex::new(None);
    // Once it is found, the rest need not be read.
    let own = Watch::default();
    source.scan(&Scan { place: Some(place), ..Scan::default() }, &own, &|block| {
        if watch.is_cancelled() {
            own.cancelled.store(true, Relaxed);
            return;
        }
        if let Some(row) = (0..block.len()).find(|row| block.place(*row) == place) {
            *found.lock().unwrap_or_else(PoisonError::into_inner) = Some(all(block, row));
            own.cancelled.store(true, Relaxed);
        }
    })?;
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}

fn all(block: &Block<'_>, row: usize) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut tell = |name: &str, text: &str| fields.push((name.to_owned(), text.to_owned()));
    tell("@log", &block.origin(row).log);
    block.stream(row).into_iter().for_each(|it| tell("@logStream", it));
    block.time(row).into_iter().for_each(|it| tell("@timestamp", &it.to_string()));
    block.ingested(row).into_iter().for_each(|it| tell("@ingestionTime", &it.to_string()));
    tell("@message", block.message(row));
    discover::all(block, row, &mut tell);
    fields
}
