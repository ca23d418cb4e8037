//! `relevantfields`: how the values of fields differ between the rows that meet a condition and the others.
//!
//! Of each field it keeps at most [`MOST_VALUES`] distinct values, those of the smallest hashes, with their counts; and
//! of its numbers what `pct` keeps. So it grows with the number of fields, and with that of distinct numbers.

use std::collections::BTreeMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use functions::state::State;
use functions::{Columns, stats};
use plan::step::RelevantFields;
use value::{Batch, Column, Value};

use crate::expr::eval;
use crate::gather::PLACE;

/// How many distinct values of a field are kept.
const MOST_VALUES: usize = 1000;
/// What a value takes: they are cut short.
const VALUE: usize = 128;
/// How many values are told as those that make the most of a score.
const MOST_CONTRIBUTORS: usize = 5;

/// The values so far.
pub struct Relevant<'p> {
    relevant: &'p RelevantFields,
    fields: Vec<Values>,
}

/// The values of a field.
struct Values {
    counts: BTreeMap<(u64, Option<Box<str>>), Counts>,
    /// The medians, of the rows that meet the condition and of the others.
    medians: Box<dyn State>,
    /// How many numbers each of them is of.
    numbers: [u64; 2],
}

/// How many rows have a value.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// Of those that meet the condition.
    met: u64,
    /// Of the others.
    others: u64,
}

/// What is told of a field.
struct Told<'a> {
    name: &'a str,
    score: f64,
    /// The score less what chance alone makes of it: by this, the fields come.
    beyond_chance: f64,
    contributors: String,
    medians: [Option<Value>; 2],
}

impl<'p> Relevant<'p> {
    /// No row yet.
    pub fn new(relevant: &'p RelevantFields) -> Relevant<'p> {
        let values = |_| Values { counts: BTreeMap::new(), medians: (stats::PCT.state)(), numbers: [0, 0] };
        Relevant { relevant, fields: relevant.looked.iter().map(values).collect() }
    }

    /// Takes in rows.
    pub fn add(&mut self, rows: &Batch) {
        let condition = eval(&self.relevant.condition, rows);
        let met = condition.bools();
        let met: Vec<bool> = (0..rows.height).map(|row| met.get(row) == Some(true)).collect();
        let groups: Vec<u32> = met.iter().map(|met| u32::from(!met)).collect();
        for (looked, values) in self.relevant.looked.iter().zip(&mut self.fields) {
            let column = eval(&looked.text, rows).to_texts();
            let texts = column.texts();
            for (row, met) in met.iter().enumerate() {
                let one = Counts { met: u64::from(*met), others: u64::from(!met) };
                values.take(texts.get(row).map(|it| RelevantFields::counted(it).into()), one);
            }
            let numbers = eval(&looked.number, rows);
            let cells = numbers.numbers();
            let has_number = |it: &(usize, &u32)| cells.get(it.0).is_some();
            groups.iter().enumerate().filter(has_number).for_each(|(_, group)| values.numbers[*group as usize] += 1);
            let args = [numbers.clone(), Column::Same(Some(Value::Number(50.0)), rows.height)];
            values.medians.add(&groups, 2, &Columns { columns: &args, height: rows.height });
        }
    }

    /// How many values it holds.
    pub fn count(&self) -> usize {
        self.fields.iter().map(|it| it.counts.len()).sum()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.fields.iter().map(|it| it.counts.len() * VALUE + it.medians.bytes()).sum()
    }

    /// The same once more.
    pub fn copy(&self) -> Relevant<'p> {
        let copy = |it: &Values| Values { counts: it.counts.clone(), medians: it.medians.copy(), numbers: it.numbers };
        Relevant { relevant: self.relevant, fields: self.fields.iter().map(copy).collect() }
    }

    /// Takes in the rows of another part.
    pub fn merge(&mut self, other: Relevant<'p>) {
        for (own, other) in self.fields.iter_mut().zip(other.fields) {
            own.medians.merge(other.medians, &[0, 1], 2);
            own.numbers = [own.numbers[0] + other.numbers[0], own.numbers[1] + other.numbers[1]];
            other.counts.into_iter().for_each(|((_, text), counts)| own.take(text, counts));
        }
    }

    /// A row for each field, the one whose score is furthest beyond chance first.
    pub fn finish(self) -> Batch {
        let fields = self.relevant.looked.iter().zip(self.fields);
        let mut told: Vec<Told> = fields.map(|(looked, values)| values.told(&looked.name)).collect();
        told.sort_by(|left, right| {
            right.beyond_chance.total_cmp(&left.beyond_chance).then_with(|| left.name.cmp(right.name))
        });
        let [name, score, contributors, met, others] = RelevantFields::COLUMNS;
        let mut rows = Batch::of_height(told.len());
        rows.set(name, Column::from_texts(told.iter().map(|it| Some(it.name))));
        rows.set(score, Column::from_numbers(told.iter().map(|it| Some(it.score))));
        rows.set(contributors, Column::from_texts(told.iter().map(|it| Some(&it.contributors))));
        rows.set(met, Column::from_values(told.iter().map(|it| it.medians[0].clone()).collect()));
        rows.set(others, Column::from_values(told.iter().map(|it| it.medians[1].clone()).collect()));
        rows.set(PLACE, Column::from_places((0..told.len() as u64).collect()));
        rows
    }
}

impl Values {
    fn take(&mut self, text: Option<Box<str>>, counts: Counts) {
        let hash = FixedState::with_seed(0).hash_one(&text);
        let is_full = self.counts.len() >= MOST_VALUES;
        if is_full && self.counts.last_key_value().is_some_and(|(last, _)| last.0 < hash) {
            return;
        }
        let own = self.counts.entry((hash, text)).or_default();
        own.met += counts.met;
        own.others += counts.others;
        if self.counts.len() > MOST_VALUES {
            self.counts.pop_last();
        }
    }

    fn told(self, name: &str) -> Told<'_> {
        let met: u64 = self.counts.values().map(|it| it.met).sum();
        let others: u64 = self.counts.values().map(|it| it.others).sum();
        // Of no numbers `pct` is 0, and there is no median.
        let medians = self.medians.finish(2);
        let medians = [0, 1].map(|group| medians.value(group).filter(|_| self.numbers[group] > 0));
        let mut shares: Vec<(f64, f64, f64, Option<Box<str>>)> = Vec::new();
        for ((_, text), counts) in self.counts {
            let (here, there) = (share(counts.met, met), share(counts.others, others));
            shares.push((divergence(here, there), here, there, text));
        }
        // Summed in an order that does not hang on hashes.
        shares.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.3.cmp(&right.3)));
        let score =
            if met == 0 || others == 0 { 0.0 } else { shares.iter().map(|it| it.0).sum::<f64>().clamp(0.0, 1.0) };
        let beyond_chance = rounded(score - chance(shares.len(), met, others));
        let most = shares.iter().filter(|it| it.1 > it.2).take(MOST_CONTRIBUTORS);
        let contributors = most.map(|(_, here, there, text)| {
            serde_json::json!({"value": text.as_deref(), "conditional": rounded(*here), "baseline": rounded(*there)})
        });
        let contributors = serde_json::Value::Array(contributors.collect()).to_string();
        Told { name, score: rounded(score), beyond_chance, contributors, medians }
    }
}

/// What a value adds to the Jensen-Shannon divergence of two distributions in which it has these shares, in bits.
fn divergence(here: f64, there: f64) -> f64 {
    let middle = (here + there) / 2.0;
    let part = |share: f64| if share > 0.0 { share * (share / middle).log2() } else { 0.0 };
    (part(here) + part(there)) / 2.0
}

/// The divergence, in bits, that so many values come to where they have nothing to do with the condition: its leading
/// term for samples of these sizes (after Grosse and others, *Analysis of Symbolic Sequences Using the Jensen-Shannon
/// Divergence*, 2002).
fn chance(values: usize, met: u64, others: u64) -> f64 {
    if met == 0 || others == 0 {
        return 0.0;
    }
    let sizes = 1.0 / met as f64 + 1.0 / others as f64;
    (values.saturating_sub(1) as f64 * sizes / (8.0 * std::f64::consts::LN_2)).min(1.0)
}

fn share(count: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { count as f64 / all as f64 }
}

/// To four places: more would be noise.
fn rounded(it: f64) -> f64 {
    (it * 10_000.0).round() / 10_000.0
}
