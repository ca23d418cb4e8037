//! Messages of words with blanks between them, of which each is a field by its place.

use crate::block::{Block, Rows};
use crate::discover::{Field, Tell};

/// The words of a message.
pub(super) fn of(message: &str) -> impl Iterator<Item = &str> {
    message.trim_ascii_end().split(' ')
}

/// How many words a message has.
pub(super) fn count(message: &str) -> usize {
    memchr::memchr_iter(b' ', message.trim_ascii_end().as_bytes()).count() + 1
}

/// Adds a cell to each field for each of the rows: the word at the field's place.
pub(super) fn push_words(
    block: &Block<'_>,
    rows: Rows<'_>,
    fields: &mut [Field<'_>],
    place: impl Fn(&str) -> Option<usize>,
) {
    let places: Vec<Option<usize>> = fields.iter().map(|it| place(it.name)).collect();
    let mut words: Vec<&str> = Vec::new();
    for row in rows.each() {
        words.clear();
        words.extend(of(block.message(row)));
        for (field, place) in fields.iter_mut().zip(&places) {
            let word = place.and_then(|it| words.get(it).copied()).filter(|it| is_value(it));
            field.cells.iter_mut().for_each(|it| it.push_text(word));
        }
    }
}

/// Tells each word of a message as the field of these names that it is.
pub(super) fn tell(message: &str, names: impl Iterator<Item = &'static str>, tell: Tell<'_>) {
    for (name, word) in names.zip(of(message)).filter(|it| is_value(it.1)) {
        tell(name, word);
    }
}

fn is_value(word: &str) -> bool {
    !matches!(word, "-" | "")
}
