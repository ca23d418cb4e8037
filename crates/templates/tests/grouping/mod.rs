//! Grouping accuracy: the share of messages whose template holds all messages of their label and no others.
//!
//! The measure is that of Zhu and others, *Tools and Benchmarks for Automated Log Parsing* (ICSE-SEIP 2019). It is strict: a
//! label of which one message is elsewhere counts for nothing, and neither does one that shares its template.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use templates::{Learned, Part, Templates};

/// A message, and which statement is known to have written it.
pub struct Labelled {
    /// The name of the statement.
    pub label: String,
    /// What was logged.
    pub message: String,
}

/// What was found in messages whose statements are known.
pub struct Grouping {
    /// How many messages there were.
    pub messages: u64,
    /// How many of them stand in a template that is their label's.
    pub grouped: u64,
    /// How many labels there were.
    pub labels: usize,
    /// How many templates were found.
    pub found: usize,
    /// The labels that are no template.
    pub wrong: Vec<Wrong>,
}

/// A label whose messages are no template.
pub struct Wrong {
    /// Its name.
    label: String,
    /// How many messages it has.
    messages: u64,
    /// The text of each template they fell into, with how many of them and how many others there are.
    templates: Vec<(String, u64, u64)>,
}

impl Grouping {
    /// The share of messages that stand in a template that is their label's; of no message, all of it.
    pub fn accuracy(&self) -> f64 {
        if self.messages == 0 { 1.0 } else { self.grouped as f64 / self.messages as f64 }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.messages, self.label)?;
        for (text, own, others) in &self.templates {
            write!(out, "\n  {own} with {others} others: {text}")?;
        }
        Ok(())
    }
}

/// Learns the templates of messages, and compares them with the labels.
///
/// What a template does not tell is which messages are in it, but it does tell how many there are of the current period
/// and how many earlier ones. So the labels are numbered, and the messages learned once for each binary digit of the
/// numbers, as current ones where it is set: what is found is the same each time, and a template is of one label if each
/// digit is set for all of its messages or for none.
pub fn grouping(messages: &[Labelled]) -> Grouping {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    messages.iter().for_each(|it| *counts.entry(&it.label).or_default() += 1);
    let numbers: BTreeMap<&str, usize> = counts.keys().enumerate().map(|(number, label)| (*label, number)).collect();
    let digits = usize::BITS - counts.len().saturating_sub(1).leading_zeros();
    // How many messages each template has, and the number of its label, while there is but one.
    let mut found: BTreeMap<String, (u64, Option<usize>)> = BTreeMap::new();
    for digit in 0..digits.max(1) {
        for it in learn(messages, |label| numbers[label] >> digit & 1 == 1).templates {
            let label = &mut found.entry(it.text).or_insert((it.count + it.earlier, Some(0))).1;
            *label = match (it.count, it.earlier) {
                (_, 0) => label.map(|it| it | 1 << digit),
                (0, _) => *label,
                _ => None,
            };
        }
    }
    let right: BTreeSet<(u64, usize)> = found.values().filter_map(|(count, label)| Some((*count, (*label)?))).collect();
    let mut it = Grouping {
        messages: messages.len() as u64,
        grouped: 0,
        labels: counts.len(),
        found: found.len(),
        wrong: Vec::new(),
    };
    for (label, count) in counts {
        if right.contains(&(count, numbers[label])) {
            it.grouped += count;
        } else {
            it.wrong.push(wrong(messages, label, count));
        }
    }
    it
}

fn wrong(messages: &[Labelled], label: &str, count: u64) -> Wrong {
    let templates = learn(messages, |it| it == label).templates.into_iter().filter(|it| it.count > 0);
    let templates = templates.map(|it| (it.text, it.count, it.earlier)).collect();
    Wrong { label: label.to_owned(), messages: count, templates }
}

fn learn(messages: &[Labelled], is_current: impl Fn(&str) -> bool) -> Learned {
    let mut learning = Templates::default();
    for it in messages {
        let part = if is_current(&it.label) { Part::Current } else { Part::Earlier };
        learning.add(&it.message, None, part);
    }
    learning.finish()
}
