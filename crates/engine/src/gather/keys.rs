//! Group keys as small numbers: each distinct value of a key has a code, each distinct row of keys a group.

use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashTable};
use std::hash::BuildHasher;
use value::{Batch, Column, Value, order};

/// The groups of a `stats`: rows with equal keys. Grows with the number of groups.
#[derive(Clone)]
pub struct Keys {
    /// The distinct values of each key.
    values: Vec<Codes>,
    /// For the second key and each behind it: the distinct pairs of what stands before it and its own code.
    pairs: Vec<Pairs>,
}

/// The distinct values of one key: those that print the same are one.
#[derive(Clone, Default)]
struct Codes {
    /// The value of each code: of those that print the same, the first in order.
    values: Vec<Option<Value>>,
    absent: Option<u32>,
    /// The codes of the numbers, times and truth values met so far, by kind and bits.
    fixed: HashMap<(u8, u64), u32, FixedState>,
    /// Hashes of what values print as, with their codes.
    texts: HashTable<(u64, u32)>,
    /// How many bytes the texts have that are among the values.
    text_bytes: usize,
}

/// Distinct pairs of codes.
#[derive(Clone, Default)]
struct Pairs {
    codes: HashMap<u64, u32, FixedState>,
    /// The pair of each code.
    list: Vec<(u32, u32)>,
}

/// What a value takes beside its text, with its places in lists and tables that are half full.
const VALUE: usize = 2 * (size_of::<Option<Value>>() + size_of::<(u64, u32)>() + 1);
/// The same of a number, a time or a truth value more.
const FIXED: usize = 2 * (size_of::<((u8, u64), u32)>() + 1);
/// The same of a pair.
const PAIR: usize = 2 * (size_of::<(u64, u32)>() + size_of::<(u32, u32)>() + 1);

impl Keys {
    /// No group yet, of so many keys.
    pub fn new(count: usize) -> Keys {
        Keys {
            values: (0..count).map(|_| Codes::default()).collect(),
            pairs: (1..count).map(|_| Pairs::default()).collect(),
        }
    }

    /// How many groups there are; without keys there is one, even if no row came.
    pub fn count(&self) -> usize {
        match (self.pairs.last(), self.values.first()) {
            (Some(pairs), _) => pairs.list.len(),
            (None, Some(codes)) => codes.values.len(),
            (None, None) => 1,
        }
    }

    /// About how much memory they take.
    pub fn bytes(&self) -> usize {
        let values = self.values.iter().map(|it| it.text_bytes + it.values.len() * VALUE + it.fixed.len() * FIXED);
        let pairs = self.pairs.iter().map(|it| it.list.len() * PAIR);
        values.chain(pairs).sum()
    }

    /// The group of each row, given the columns of the keys.
    pub fn groups(&mut self, columns: &[Column], height: usize) -> Vec<u32> {
        let mut coded = self.values.iter_mut().zip(columns).map(|(codes, column)| codes.of_column(column));
        let Some(mut groups) = coded.next() else { return vec![0; height] };
        for (pairs, codes) in self.pairs.iter_mut().zip(coded) {
            let mut last = (u64::MAX, 0);
            for (group, code) in groups.iter_mut().zip(codes) {
                let pair = u64::from(*group) << 32 | u64::from(code);
                // Neighbouring events are often alike.
                if last.0 != pair {
                    last = (pair, pairs.of(*group, code));
                }
                *group = last.1;
            }
        }
        groups
    }

    /// The group here of each group there.
    pub fn merge(&mut self, other: Keys) -> Vec<u32> {
        let mut coded = self
            .values
            .iter_mut()
            .zip(other.values)
            .map(|(codes, other)| other.values.into_iter().map(|it| codes.of_value(it)).collect::<Vec<u32>>());
        let Some(mut groups) = coded.next() else { return vec![0] };
        for ((pairs, other), codes) in self.pairs.iter_mut().zip(other.pairs).zip(coded) {
            let here = |codes: &[u32], code: u32| codes.get(code as usize).copied().unwrap_or_default();
            groups =
                other.list.iter().map(|(left, right)| pairs.of(here(&groups, *left), here(&codes, *right))).collect();
        }
        groups
    }

    /// The value of each key in each group, as columns.
    pub fn columns(self) -> Vec<Column> {
        let count = self.count();
        let mut groups: Vec<u32> = (0..count as u32).collect();
        let mut columns = Vec::new();
        for (codes, pairs) in self.values.iter().skip(1).zip(&self.pairs).rev() {
            let pair = |group: &u32| pairs.list.get(*group as usize).copied().unwrap_or_default();
            columns.push(codes.column(groups.iter().map(|it| pair(it).1)));
            groups = groups.iter().map(|it| pair(it).0).collect();
        }
        columns.extend(self.values.first().map(|codes| codes.column(groups.into_iter())));
        columns.reverse();
        columns
    }
}

impl Pairs {
    fn of(&mut self, left: u32, right: u32) -> u32 {
        let next = self.list.len() as u32;
        let code = *self.codes.entry(u64::from(left) << 32 | u64::from(right)).or_insert(next);
        if code == next {
            self.list.push((left, right));
        }
        code
    }
}

impl Codes {
    fn of_column(&mut self, column: &Column) -> Vec<u32> {
        let rows = 0..column.len();
        match column {
            // No row, no group.
            Column::Same(_, 0) => Vec::new(),
            Column::Same(value, height) => vec![self.of_value(value.clone()); *height],
            Column::Number(_) => {
                let cells = column.numbers();
                let code = |row| match cells.get(row) {
                    Some(it) => self.of_fixed(Value::Number(it)),
                    None => self.none(),
                };
                rows.map(code).collect()
            }
            Column::Time(_) => {
                let cells = column.times();
                let mut last = None;
                let code = |row| match (cells.get(row), last) {
                    (Some(time), Some((before, code))) if time == before => code,
                    (Some(time), _) => {
                        let code = self.of_fixed(Value::Time(time));
                        last = Some((time, code));
                        code
                    }
                    (None, _) => self.none(),
                };
                rows.map(code).collect()
            }
            Column::Text(_) => {
                let cells = column.texts();
                let code = |row| match cells.get(row) {
                    Some(it) => self.of_text(it),
                    None => self.none(),
                };
                rows.map(code).collect()
            }
            _ => rows.map(|row| self.of_value(column.value(row))).collect(),
        }
    }

    fn of_value(&mut self, value: Option<Value>) -> u32 {
        match value {
            None => self.none(),
            Some(Value::Text(text)) => self.of_text(&text),
            Some(it @ (Value::Number(_) | Value::Time(_) | Value::Bool(_))) => self.of_fixed(it),
            Some(other) => self.of_text(&other.to_text()),
        }
    }

    fn none(&mut self) -> u32 {
        let next = self.values.len() as u32;
        let code = *self.absent.get_or_insert(next);
        if code == next {
            self.values.push(None);
        }
        code
    }

    fn of_fixed(&mut self, value: Value) -> u32 {
        let key = match &value {
            Value::Number(it) => (0, it.to_bits()),
            Value::Time(it) => (1, it.cast_unsigned()),
            other => (2, u64::from(other.to_truth())),
        };
        if let Some(code) = self.fixed.get(&key) {
            return *code;
        }
        let code = self.of_printed(&value.to_text(), || value.clone());
        self.fixed.insert(key, code);
        if self.values[code as usize].as_ref().is_some_and(|it| stands_before(&value, it)) {
            self.values[code as usize] = Some(value);
        }
        code
    }

    fn of_text(&mut self, text: &str) -> u32 {
        let code = self.of_printed(text, || Value::text(text));
        // Another text that prints the same is the same text.
        if let Some(Some(Value::Number(_) | Value::Time(_) | Value::Bool(_))) = self.values.get(code as usize) {
            let text = Value::text(text);
            if self.values[code as usize].as_ref().is_some_and(|it| stands_before(&text, it)) {
                self.values[code as usize] = Some(text);
            }
        }
        code
    }

    /// The code of the values that print as this; where there is none, `value` gives the first.
    fn of_printed(&mut self, text: &str, value: impl Fn() -> Value) -> u32 {
        let hash = FixedState::default().hash_one(text);
        let values = &self.values;
        let is = |(other, code): &(u64, u32)| {
            *other == hash
                && match &values[*code as usize] {
                    Some(Value::Text(it)) => **it == *text,
                    Some(it) => it.to_text() == text,
                    None => false,
                }
        };
        if let Some((_, code)) = self.texts.find(hash, is) {
            return *code;
        }
        let code = self.values.len() as u32;
        let value = value();
        if let Value::Text(it) = &value {
            self.text_bytes += it.len();
        }
        self.values.push(Some(value));
        self.texts.insert_unique(hash, (hash, code), |(hash, _)| *hash);
        code
    }

    fn column(&self, codes: impl Iterator<Item = u32>) -> Column {
        Column::from_values(codes.map(|code| self.values.get(code as usize).cloned().flatten()).collect())
    }
}

/// Whether of two values that print the same this one stands for both: the least, of equal ones a text, then a number.
fn stands_before(value: &Value, other: &Value) -> bool {
    let rank = |it: &Value| match it {
        Value::Text(_) => 0,
        Value::Number(it) if it.is_sign_negative() => 1,
        Value::Number(_) => 2,
        _ => 3,
    };
    order::compare(Some(value), Some(other)).then(rank(value).cmp(&rank(other))).is_lt()
}

/// Rows as the values of some expressions, for telling them apart: what `dedup` needs. They are numbered as they come.
pub fn distinct(columns: &[Column], batch: &Batch) -> Vec<u32> {
    Keys::new(columns.len()).groups(columns, batch.height)
}
