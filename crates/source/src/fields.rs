//! Which fields an archive's messages have: for `gw fields`, and to suggest names.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use plan::Scan;

use crate::block::Block;
use crate::discover;
use crate::error::Error;
use crate::watch::Watch;
use crate::{DataSource, Report, Source};

/// The fields that all events have, and that may tell them apart.
pub const EVERY_EVENT: [&str; 3] = ["@message", "@logStream", "@log"];

/// A field that messages have.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldFound {
    /// Its flat name, as a query writes it (without backticks).
    pub name: String,
    /// How many of the events looked at have it.
    pub events: u64,
    /// The value it has in the earliest of them in the order of the archive.
    pub sample: String,
}

/// The fields of an archive, or of a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldsFound {
    /// The fields, the most frequent first, then by name.
    pub fields: Vec<FieldFound>,
    /// How many events were looked at.
    pub events: u64,
    /// What reading told.
    pub report: Report,
}

/// Looks at the events of a scan and tells which fields they have; with `most`, at about so many events and no more.
///
/// Fields that every event has (`@timestamp`, `@message`, …) are not among them.
///
/// # Errors
/// Where the scan gives one.
pub fn fields(source: &dyn Source, scan: &Scan, watch: &Watch, most: Option<u64>) -> Result<FieldsFound, Error> {
    look(source, scan, watch, most, None)
}

/// The same of all events of a data source.
///
/// # Errors
/// Where the scan gives one.
pub fn fields_of(source: &dyn Source, scan: &Scan, watch: &Watch, of: &DataSource) -> Result<FieldsFound, Error> {
    look(source, scan, watch, None, Some(of))
}

fn look(
    source: &dyn Source,
    scan: &Scan,
    watch: &Watch,
    most: Option<u64>,
    of: Option<&DataSource>,
) -> Result<FieldsFound, Error> {
    let known: Mutex<HashMap<String, Known>> = Mutex::default();
    let seen = AtomicU64::new(0);
    // A sample ends its own scan, not that of whoever watches.
    let own = Watch::default();
    let report = source.scan(scan, if most.is_some() { &own } else { watch }, &|block| {
        let before = seen.fetch_add(block.len() as u64, Ordering::Relaxed);
        if watch.is_cancelled() || most.is_some_and(|it| before >= it) {
            seen.fetch_sub(block.len() as u64, Ordering::Relaxed);
            own.cancelled.store(true, Ordering::Relaxed);
            return;
        }
        let rows: Vec<usize> = (0..block.len()).filter(|row| of.is_none_or(|of| is_of(block, *row, of))).collect();
        seen.fetch_sub((block.len() - rows.len()) as u64, Ordering::Relaxed);
        let found = of_block(block, &rows);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, it) in found {
            match known.get_mut(&name) {
                Some(known) => known.merge(it),
                None => {
                    known.insert(name, it);
                }
            }
        }
    })?;
    let known = known.into_inner().unwrap_or_else(PoisonError::into_inner);
    let each = known.into_iter().map(|(name, it)| FieldFound { name, events: it.events, sample: it.sample });
    let mut fields: Vec<FieldFound> = each.collect();
    fields.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    Ok(FieldsFound { fields, events: seen.into_inner(), report })
}

/// The fields of an archive, where a query may look at them without naming them: those that all events have, and the
/// most frequent of those that messages yield, as many as the service discovers in an event. All events are read for it.
///
/// # Errors
/// Where the scan gives one.
pub fn field_names(query: &str, source: &dyn Source, watch: &Watch) -> Result<Option<Vec<String>>, Error> {
    may_look_at_all(query).then(|| all_field_names(source, watch)).transpose()
}

/// Whether a query may look at fields without naming them.
pub fn may_look_at_all(query: &str) -> bool {
    query.to_ascii_lowercase().contains("relevantfields")
}

/// The fields of an archive that a query may look at without naming them, as of [`field_names`].
///
/// # Errors
/// Where the scan gives one.
pub fn all_field_names(source: &dyn Source, watch: &Watch) -> Result<Vec<String>, Error> {
    let found = fields(source, &Scan::default(), watch, None)?.fields.into_iter().map(|it| it.name);
    Ok(EVERY_EVENT.iter().map(|it| (*it).to_owned()).chain(found.take(plan::MOST_FIELDS)).collect())
}

/// What is known of a field.
struct Known {
    events: u64,
    /// The place of the event that the sample is from.
    place: u64,
    sample: String,
    /// The place of the event that was last seen to have it.
    last: u64,
}

impl Known {
    fn merge(&mut self, other: Known) {
        self.events += other.events;
        if other.place < self.place {
            self.place = other.place;
            self.sample = other.sample;
        }
    }
}

/// Whether an event is of this data source.
fn is_of(block: &Block<'_>, row: usize, of: &DataSource) -> bool {
    let (mut name, mut kind) = (false, false);
    discover::all(block, row, &mut |field, text| match field {
        "@data_source_name" => name = text == of.name,
        "@data_source_type" => kind = text == of.kind,
        _ => {}
    });
    name && kind
}

fn of_block(block: &Block<'_>, rows: &[usize]) -> HashMap<String, Known> {
    let mut found: HashMap<String, Known> = HashMap::new();
    for &row in rows {
        let place = block.place(row);
        discover::all(block, row, &mut |name, text| match found.get_mut(name) {
            // An event has a field once, even where two ways lead to it: the last counts.
            Some(known) if known.last == place => {
                if known.place == place {
                    known.sample = text.to_owned();
                }
            }
            Some(known) => {
                known.events += 1;
                known.last = place;
            }
            None => {
                found.insert(name.to_owned(), Known { events: 1, place, sample: text.to_owned(), last: place });
            }
        });
    }
    found
}
