//! The search: in rounds over the archive, each for the ids that the last one revealed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use plan::{Range, Scan};
use source::{Block, Error, Source, Watch};

use crate::entry::{Entry, Event};
use crate::identifier::{Identifier, Link, carries, core, is_id, is_telling, stands_in};
use crate::invocation::Invocation;
use crate::story::Story;

/// The most entries of a story; of more, the oldest are kept, so that memory stays bounded.
pub const MOST_ENTRIES: usize = 10_000;

/// The most ids that a round reveals and that are followed. Beyond it is not one request any more: an invocation that
/// worked off a batch, or a trace of a whole night.
pub const MOST_LINKS: usize = 20;

/// What is asked: which request, and how far its links lead.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// An id of the request.
    pub id: String,
    /// Fields that carry ids, beside those that are known to.
    pub fields: Vec<String>,
    /// How many links away an entry may be.
    pub links: usize,
    /// The time range, where one was asked for.
    pub range: Option<Range>,
}

impl Question {
    /// The question for an id, links followed three steps far: gateway, function, what that one calls.
    pub fn of(id: &str) -> Question {
        Question { id: id.to_owned(), fields: Vec::new(), links: 3, range: None }
    }
}

/// Where an event stands in a story: in the order of time, and of the archive where times are the same.
type Position = (i64, u64);

/// Searches the entries of a request, and of what they reveal.
///
/// # Errors
/// As [`Source::scan`].
pub fn search(source: &dyn Source, question: &Question, watch: &Watch) -> Result<Story, Error> {
    let mut story = Story::default();
    let mut events: BTreeMap<Position, Event> = BTreeMap::new();
    let mut round = vec![Identifier { id: core(&question.id).to_owned(), link: None }];
    for step in 0.. {
        let scan = Scan {
            alternatives: round.iter().map(|it| it.id.clone()).collect(),
            range: question.range,
            ..Scan::default()
        };
        let found = Mutex::new(std::mem::take(&mut events));
        story.report = source.scan(&scan, watch, &|block| collect(block, &round, &question.fields, &found))?;
        events = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        story.ids.append(&mut round);
        let revealed = revealed(&events, &story.ids, &question.fields);
        let is_end = revealed.is_empty() || watch.is_cancelled();
        if is_end || step == question.links || revealed.len() > MOST_LINKS {
            story.unfollowed = revealed.into_iter().map(|it| it.id).collect();
            break;
        }
        round = revealed;
    }
    story.is_cut = events.len() > MOST_ENTRIES;
    story.entries = events.into_values().take(MOST_ENTRIES).map(Entry::of).collect();
    story.invocations = story.entries.iter().filter_map(Invocation::of).collect();
    Ok(story)
}

/// Adds the events of a block that are about one of these ids.
fn collect(block: &Block<'_>, ids: &[Identifier], named: &[String], found: &Mutex<BTreeMap<Position, Event>>) {
    for row in 0..block.len() {
        let message = block.message(row);
        // All fields of an event are much work, and few events are of the request. An id may be written with escapes,
        // or stand beside the message.
        let may_be = |it: &Identifier| message.contains(&it.id);
        if !(ids.iter().any(may_be) || message.contains("\\u") || block.brings_fields()) {
            continue;
        }
        let fields = fields(block, row);
        if !ids.iter().any(|it| is_about(message, &fields, &it.id, named)) {
            continue;
        }
        let time = block.time(row);
        let event = Event {
            time,
            group: block.group(row).to_owned(),
            stream: block.stream(row).map(str::to_owned),
            message: message.to_owned(),
            fields,
        };
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert((time.unwrap_or(i64::MAX), block.place(row)), event);
        // One more than is told, so that it is known that there are more.
        if found.len() > MOST_ENTRIES + 1 {
            found.pop_last();
        }
    }
}

/// The fields of an event, each once.
fn fields(block: &Block<'_>, row: usize) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    block.tell_fields(row, &mut |name, text| match places.get(name) {
        Some(place) => fields[*place].1 = text.to_owned(),
        None => {
            places.insert(name.to_owned(), fields.len());
            fields.push((name.to_owned(), text.to_owned()));
        }
    });
    fields
}

/// Whether an event is about an id: a field that carries ids has it or, where it is no short word, it stands anywhere.
fn is_about(message: &str, fields: &[(String, String)], id: &str, named: &[String]) -> bool {
    let carried = |(name, text): &(String, String)| carries(name, named) && core(text) == id;
    if fields.iter().any(carried) {
        return true;
    }
    is_telling(id) && (stands_in(message, id) || fields.iter().any(|it| stands_in(&it.1, id)))
}

/// The ids that events name and that are not known yet, in the order in which they are named.
fn revealed(events: &BTreeMap<Position, Event>, known: &[Identifier], named: &[String]) -> Vec<Identifier> {
    let mut revealed: Vec<Identifier> = Vec::new();
    for event in events.values() {
        for (name, text) in event.fields.iter().filter(|it| carries(&it.0, named)) {
            let id = core(text);
            if is_id(id) && !known.iter().chain(&revealed).any(|it| it.id == id) {
                let link = Link { field: name.clone(), group: event.group.clone() };
                revealed.push(Identifier { id: id.to_owned(), link: Some(link) });
            }
        }
    }
    revealed
}
