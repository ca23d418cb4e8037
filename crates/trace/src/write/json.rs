//! A story as JSON, for programs.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::entry::{Entry, Level};
use crate::story::Story;
use crate::timeline::Timeline;
use crate::{Format, Look};

/// `{"ids": […], "entries": […], …}`
pub static JSON: Format = Format {
    name: "json",
    doc: "An object with the ids and what led to them, the entries with all their fields, invocations and errors.",
    write,
};

fn write(story: &Story, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let ids = story.ids.iter().map(|it| {
        let link = it.link.as_ref();
        object([
            ("id", json!(it.id)),
            ("field", json!(link.map(|it| &it.field))),
            ("logGroup", json!(link.map(|it| &it.group))),
        ])
    });
    let gaps = story.gaps();
    let entries = story.entries.iter().zip(gaps).map(|(entry, gap)| of_entry(entry, gap, look));
    let errors = story.failures().into_iter().filter_map(|entry| {
        let failure = entry.failure.as_ref()?;
        Some(object([
            ("timestamp", json!(entry.time.map(|it| look.zone.print(it)))),
            ("service", json!(entry.service)),
            ("error", json!(failure.error)),
            ("stack", json!(failure.stack)),
        ]))
    });
    let invocations = story.invocations.iter().map(|it| {
        object([
            ("service", json!(it.service)),
            ("requestId", json!(it.id)),
            ("durationMs", json!(it.duration)),
            ("billedMs", json!(it.billed)),
            ("coldStartMs", json!(it.cold_start)),
            ("memoryBytes", json!(it.memory)),
            ("usedBytes", json!(it.used)),
            ("status", json!(it.status)),
        ])
    });
    let story = object([
        ("ids", ids.collect()),
        ("start", json!(story.start().map(|it| look.zone.print(it as i64)))),
        ("timeZone", json!(look.zone.name())),
        ("durationMs", json!(Timeline::of(story).and(story.duration()))),
        ("status", json!(story.status())),
        ("logGroups", json!(story.groups())),
        ("entries", entries.collect()),
        ("invocations", invocations.collect()),
        ("errors", errors.collect()),
        ("notFollowed", json!(story.unfollowed)),
    ]);
    serde_json::to_writer_pretty(&mut *out, &story)?;
    writeln!(out)
}

fn of_entry(entry: &Entry, gap: Option<i64>, look: &Look) -> Value {
    let spans = entry.spans.iter().map(|it| {
        let start = look.zone.print(it.start() as i64);
        json!({"name": it.name, "durationMs": it.milliseconds, "start": start})
    });
    let fields: Map<String, Value> = entry.fields.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
    object([
        ("timestamp", json!(entry.time.map(|it| look.zone.print(it)))),
        ("afterMs", json!(gap)),
        ("logGroup", json!(entry.group)),
        ("logStream", json!(entry.stream)),
        ("service", json!(entry.service)),
        ("operation", json!(entry.operation)),
        ("level", json!(entry.level.map(Level::name))),
        ("told", json!(entry.told())),
        ("status", json!(entry.status)),
        ("spans", spans.collect()),
        ("error", json!(entry.failure.as_ref().map(|it| &it.error))),
        ("stack", json!(entry.failure.as_ref().and_then(|it| it.stack.as_ref()))),
        ("fields", Value::Object(fields)),
        ("message", json!(entry.message)),
    ])
}

/// An object of what is there: a key without a value is left out.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    let there = entries.into_iter().filter(|it| !it.1.is_null());
    Value::Object(there.map(|(key, value)| (key.to_owned(), value)).collect())
}
