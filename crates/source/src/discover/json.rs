//! JSON in a message: its scalars are fields, by their flat names.

use crate::block::{Block, Rows, Spelled};
use crate::discover::{Field, LogType, Tell};
use crate::json::walk::Walk;
use crate::json::{Paths, Plain, document, flatten};

/// `request.headers.0`
pub static JSON: LogType = LogType {
    name: "json",
    doc: "The first JSON object in a message, or a message that is an array: nested keys and 0-based indices joined \
          by dots, `@` in front of a name that begins with `@`. `true` is 1 and `false` is 0, numbers keep their \
          text; `null`, empty objects and empty arrays are no fields, nor are the parents of others.",
    gives: |name| flat_name(name).is_some(),
    is_of: None,
    fields,
    all: |block, row, tell| all(block.message(row), tell),
};

/// A document with more fields than the service discovers, 200, is no shorter: `"a":1,` for each.
const MANY_FIELDS: usize = 1200;

/// The name in the document of the field that a query calls so; `None` for a name that no such field has.
pub(super) fn flat_name(name: &str) -> Option<&str> {
    match name.strip_prefix('@') {
        Some(rest) if rest.starts_with('@') => Some(rest),
        Some(_) => None,
        None => Some(name),
    }
}

fn fields(block: &Block<'_>, rows: Rows<'_>, fields: &mut [Field<'_>]) {
    let paths = Paths::new(fields.iter().map(|it| flat_name(it.name).unwrap_or(it.name)));
    let mut walk = Walk::new(&paths);
    for row in rows.each() {
        let message = match block.spelled(row) {
            Spelled::Plain(it) => it,
            Spelled::Quoted(it) if it.len() < MANY_FIELDS && walk.quoted(it.as_bytes()) => {
                push(fields, &walk, it);
                continue;
            }
            Spelled::Quoted(_) => block.message(row),
        };
        // Counting is slow, and few events are so large.
        if message.len() >= MANY_FIELDS && (block.most_fields().is_some() || block.widest() == 0) {
            let count = walk.counted(message.as_bytes(), block.most_fields().unwrap_or(usize::MAX));
            block.saw_fields(count);
        } else {
            walk.message(message.as_bytes());
        }
        push(fields, &walk, message);
    }
}

/// Adds what was found in a message.
#[inline]
fn push(fields: &mut [Field<'_>], walk: &Walk<'_>, message: &str) {
    for (field, raw) in fields.iter_mut().zip(&walk.found) {
        let scalar = raw.scalar(message);
        field.cells.iter_mut().for_each(|it| it.push(scalar));
    }
}

fn all(message: &str, tell: Tell<'_>) {
    let found = document::<Plain>(message.as_bytes()).and_then(|it| flatten::flatten(message.as_bytes(), it));
    let mut whole = String::new();
    for (name, raw) in found.map(|it| it.0).unwrap_or_default() {
        let Some(text) = raw.scalar(message).text() else { continue };
        let name = if name.starts_with('@') {
            whole.clear();
            whole.push('@');
            whole.push_str(&name);
            &whole
        } else {
            &name
        };
        tell(name, &text);
    }
}
