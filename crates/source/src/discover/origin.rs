//! The data source of events: what the caller says of their file, else what their messages tell.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use plan::Form;
use value::{Column, Value};

use crate::block::{Block, Rows};
use crate::cells::in_form;
use crate::discover::{Tell, flow};
use crate::json::Paths;
use crate::json::scalar::Raw;
use crate::json::walk::Walk;

/// What a data source has where nobody knows it.
const UNKNOWN: &str = "Unknown";

/// The keys that tell JSON of a known data source apart.
static PATHS: LazyLock<Paths> = LazyLock::new(|| {
    Paths::new(["eventVersion", "eventSource", "eventCategory", "query_timestamp", "query_name", "rcode"])
});

/// One of these is in all such JSON, and hardly in any other.
static SIGNS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [Finder::new("\"eventVersion\""), Finder::new("\"query_timestamp\"")]);

/// A data source that messages tell: its name and its type.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Told(&'static str, &'static str);

/// The column of `@data_source_name`, `@data_source_type` or `@data_format`; `None` for any other name.
pub(crate) fn column(block: &Block<'_>, name: &str, form: Form, rows: Rows<'_>) -> Option<Column> {
    if !is_of_source(name) {
        return None;
    }
    let column = match block.data_source() {
        Some(source) => Column::Same(Some(Value::text(part(name, &source.name, &source.kind))), rows.len()),
        None => {
            let mut walk = Walk::new(&PATHS);
            let told = |row| told(block, block.message(row), &mut walk);
            Column::from_texts(rows.each().map(told).map(|it| Some(it.map_or(UNKNOWN, |it| part(name, it.0, it.1)))))
        }
    };
    Some(in_form(column, form))
}

/// Tells the data source of a message, where it is known.
pub(crate) fn all(block: &Block<'_>, row: usize, tell: Tell<'_>) {
    let (source, kind) = match block.data_source() {
        Some(source) => (source.name.as_str(), source.kind.as_str()),
        None => match told(block, block.message(row), &mut Walk::new(&PATHS)) {
            Some(it) => (it.0, it.1),
            None => return,
        },
    };
    for name in ["@data_source_name", "@data_source_type", "@data_format"] {
        tell(name, part(name, source, kind));
    }
}

/// Whether a field is of the data source.
fn is_of_source(name: &str) -> bool {
    matches!(name, "@data_source_name" | "@data_source_type" | "@data_format")
}

fn part<'s>(name: &str, source: &'s str, kind: &'s str) -> &'s str {
    match name {
        "@data_source_name" => source,
        "@data_source_type" => kind,
        _ => "Default",
    }
}

fn told(block: &Block<'_>, message: &str, walk: &mut Walk<'_>) -> Option<Told> {
    if flow::is_flow(block, message) {
        return Some(Told("amazon_vpc", "flow"));
    }
    if !message.starts_with('{') || SIGNS.iter().all(|it| it.find(message.as_bytes()).is_none()) {
        return None;
    }
    walk.message(message.as_bytes());
    let [version, source, category, queried, query, answer] = walk.found.as_slice() else { return None };
    let has = |it: &Raw| it.scalar(message).is_present();
    if has(version) && has(source) {
        return match category.scalar(message).text().as_deref() {
            None | Some("Management") => Some(Told("aws_cloudtrail", "management")),
            Some("Data") => Some(Told("aws_cloudtrail", "data")),
            Some(_) => None,
        };
    }
    (has(queried) && has(query) && has(answer)).then_some(Told("amazon_route53", "resolver_query"))
}
