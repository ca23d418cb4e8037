//! Gathering steps: a partial result over the rows so far, merged in any order, finished into rows.

mod groups;
mod keys;
mod patterns;
mod relevant;
mod top;

pub use groups::{Groups, in_order};
pub use keys::distinct;
use patterns::Patterns;
use relevant::Relevant;
pub use top::{Ordering, PLACE, Top};

use plan::Step;
use value::Batch;

use crate::Compared;
use crate::rows::Rows;

/// A partial result.
pub enum Gathered<'p> {
    /// Of a `stats`.
    Groups(Groups<'p>),
    /// Of a `pattern`.
    Patterns(Box<Patterns<'p>>),
    /// Of a `relevantfields`.
    Relevant(Relevant<'p>),
    /// Of the `sort`, `dedup` and `limit` of an answer.
    Top(Top<'p>),
}

impl<'p> Gathered<'p> {
    /// The partial result over no rows yet, and how many steps it stands for. No gathering step: all rows, in order.
    pub fn start(steps: &'p [Step]) -> (Gathered<'p>, usize) {
        match steps.first() {
            Some(Step::Stats(it)) => (Gathered::Groups(Groups::new(it)), 1),
            Some(Step::Pattern(it)) => (Gathered::Patterns(Box::new(Patterns::new(it))), 1),
            Some(Step::RelevantFields(it)) => (Gathered::Relevant(Relevant::new(it)), 1),
            _ => {
                let ordering = Ordering::of(steps);
                let length = ordering.steps;
                (Gathered::Top(Top::new(ordering)), length)
            }
        }
    }

    /// The same over rows that are in an order already: what is equal stays in it.
    pub fn go_on(steps: &'p [Step]) -> (Gathered<'p>, usize) {
        let (mut gathered, length) = Gathered::start(steps);
        if let Gathered::Top(it) = &mut gathered {
            it.keep_order();
        }
        (gathered, length)
    }

    /// Takes in rows, for which all columns that it reads are there.
    pub fn add(&mut self, rows: &Batch) {
        match self {
            Gathered::Groups(it) => it.add(rows),
            Gathered::Patterns(it) => it.add(rows),
            Gathered::Relevant(it) => it.add(rows),
            Gathered::Top(it) => it.add(rows.clone()),
        }
    }

    /// Takes in another partial result of the same steps.
    pub fn merge(&mut self, other: Gathered<'p>) {
        match (self, other) {
            (Gathered::Groups(it), Gathered::Groups(other)) => it.merge(other),
            (Gathered::Patterns(it), Gathered::Patterns(other)) => it.merge(*other),
            (Gathered::Relevant(it), Gathered::Relevant(other)) => it.merge(other),
            (Gathered::Top(it), Gathered::Top(other)) => it.merge(other),
            _ => {}
        }
    }

    /// How many rows or groups it holds.
    pub fn rows(&self) -> usize {
        match self {
            Gathered::Groups(it) => it.count(),
            Gathered::Patterns(it) => it.count(),
            Gathered::Relevant(it) => it.count(),
            Gathered::Top(it) => it.height(),
        }
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        match self {
            Gathered::Groups(it) => it.bytes(),
            Gathered::Patterns(it) => it.bytes(),
            Gathered::Relevant(it) => it.bytes(),
            Gathered::Top(it) => it.bytes(),
        }
    }

    /// The same once more, for a look at what there is so far.
    pub fn copy(&self) -> Gathered<'p> {
        match self {
            Gathered::Groups(it) => Gathered::Groups(it.copy()),
            Gathered::Patterns(it) => Gathered::Patterns(it.clone()),
            Gathered::Relevant(it) => Gathered::Relevant(it.copy()),
            Gathered::Top(it) => Gathered::Top(it.clone()),
        }
    }

    /// The rows.
    pub fn finish(self) -> Batch {
        match self {
            Gathered::Groups(it) => it.finish(),
            Gathered::Patterns(it) => it.finish(),
            Gathered::Relevant(it) => it.finish(),
            Gathered::Top(it) => it.finish(),
        }
    }
}

impl Gathered<'_> {
    /// No event older than this can still count.
    pub fn floor(&self) -> Option<i64> {
        match self {
            Gathered::Top(it) => it.floor(),
            _ => None,
        }
    }

    /// How many texts there were in each of two periods, where those are compared.
    pub fn compared(&self) -> Option<Compared> {
        match self {
            Gathered::Patterns(it) => it.compared(),
            _ => None,
        }
    }

    /// Of these rows, those that may still be among the answer's; the others are dropped before more is read of them.
    pub fn choose(&mut self, rows: &mut Rows) {
        if let Gathered::Top(it) = self {
            it.choose(rows);
        }
    }
}
