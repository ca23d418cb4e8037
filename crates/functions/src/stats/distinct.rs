//! Values told apart by what they print as: what `count_distinct`, `values` and `topk` share.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use value::{number, order};

use crate::prelude::*;
use crate::state::{each_number, each_present};

/// Gives what each value of an argument prints as, with its group, to `take`.
#[inline]
pub fn each_text(groups: &[u32], args: &Columns, index: usize, mut take: impl FnMut(usize, &str)) {
    match args.columns.get(index) {
        Some(Column::Text(_) | Column::Json(_)) => {
            let texts = args.texts(index);
            for (row, group) in groups.iter().enumerate() {
                if let Some(text) = texts.get(row) {
                    take(*group as usize, text);
                }
            }
        }
        Some(Column::Number(_)) => {
            let mut text = String::new();
            each_number(groups, &args.numbers(index), |group, it| {
                text.clear();
                number::write(it, &mut text);
                take(group, &text);
            });
        }
        Some(column) => each_present(groups, args, index, |group, row| {
            if let Some(it) = column.value(row) {
                take(group, &it.to_text());
            }
        }),
        None => {}
    }
}

/// Different texts.
#[derive(Clone, Default)]
pub struct Texts {
    kept: HashSet<Box<str>, FixedState>,
    /// How many bytes they have.
    bytes: usize,
}

impl Texts {
    /// Takes in a text.
    #[inline]
    pub fn add(&mut self, text: &str) {
        self.kept.get_or_insert_with(text, |it| {
            self.bytes += it.len();
            it.into()
        });
    }

    /// Takes in those of another.
    pub fn merge(&mut self, mut other: Texts) {
        if self.kept.len() < other.kept.len() {
            std::mem::swap(self, &mut other);
        }
        for text in other.kept {
            let bytes = text.len();
            self.bytes += if self.kept.insert(text) { bytes } else { 0 };
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.kept.len()
    }

    /// They, in the order of `sort`.
    pub fn sorted(self) -> Vec<Box<str>> {
        let mut texts: Vec<Box<str>> = self.kept.into_iter().collect();
        texts.sort_unstable_by(|a, b| order::compare_texts(a, b));
        texts
    }

    /// About how much memory they take.
    pub fn heap(&self) -> usize {
        self.bytes + self.kept.capacity() * ENTRY
    }
}

/// What a text takes beside its bytes, in a table that is partly empty.
pub const ENTRY: usize = size_of::<Box<str>>() + 16;

/// What the values of an argument print as, each once, in the order of `sort`.
pub fn sorted(rows: &[Args], index: usize) -> Vec<String> {
    let texts: BTreeSet<String> = rows.iter().filter_map(|it| it.any(index)).map(Value::to_text).collect();
    let mut texts: Vec<String> = texts.into_iter().collect();
    texts.sort_by(|a, b| order::compare_texts(a, b));
    texts
}

/// A list of texts.
pub fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Value {
    let texts: Vec<Value> = texts.into_iter().map(|it| Value::text(it.as_ref())).collect();
    Value::Json(value::Json::list(texts.iter().map(Some)))
}
