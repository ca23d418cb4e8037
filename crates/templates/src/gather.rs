//! Messages, gathered by their skeletons: a partial result over those so far, merged in any order.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::cluster::clusters;
use crate::coarse::{COARSEST, coarse};
use crate::form::{Change, Counts, Form, Limits, Origin, form};
use crate::skeleton::Skeleton;
use crate::tally::Part;
use crate::template::{Learned, learned};
use crate::token::tokens;

/// How many forms are kept before shorter ones take their place.
const MOST_FORMS: usize = 2000;
/// How many skeletons are remembered with the place of their tally.
const MOST_REMEMBERED: usize = 4096;

/// The skeletons of the messages so far.
///
/// It grows to 16,000 of them and no further: `form.rs` and `coarse.rs` say how. One takes a few hundred bytes while it
/// has few messages, and at most some 35 kilobytes: the values of 24 places, three samples, the counts over time.
#[derive(Clone, Default)]
pub struct Templates {
    level: u32,
    numbers: HashMap<Box<str>, usize, FixedState>,
    forms: Vec<Form>,
    /// How many skeletons they had, before places varied.
    counts: Counts,
    /// Skeletons seen before, so that most messages need no second look.
    remembered: HashMap<Box<str>, Remembered, FixedState>,
    reading: Skeleton,
}

/// Where the messages of a skeleton are counted.
#[derive(Clone)]
struct Remembered {
    form: usize,
    tally: usize,
    values: Vec<Origin>,
}

impl Templates {
    /// Takes in a message, logged at `time` in epoch milliseconds, where that is known.
    pub fn add(&mut self, message: &str, time: Option<i64>, part: Part) {
        self.reading.read(message);
        if !self.remembered.contains_key(self.reading.text.as_str()) {
            self.learn();
        }
        let Some(it) = self.remembered.get(self.reading.text.as_str()) else { return };
        if let Some(tally) = self.forms.get_mut(it.form).and_then(|form| form.tally(it.tally)) {
            tally.count(message, time, part);
            tally.take_values(it.values.iter().map(|origin| match origin {
                Origin::Mark(number) => self.reading.values.get(*number).map(|(begin, end)| &message[*begin..*end]),
                Origin::Word(word) => Some(&**word),
                Origin::Cut => None,
            }));
        }
    }

    /// How many skeletons there are.
    pub fn count(&self) -> usize {
        self.forms.iter().map(Form::count_skeletons).sum()
    }

    /// Takes in the messages of another part.
    pub fn merge(&mut self, mut other: Templates) {
        while self.level < other.level {
            self.coarsen();
        }
        while other.level < self.level {
            other.coarsen();
        }
        self.remembered.clear();
        let mut forms: Vec<Option<Form>> = other.forms.into_iter().map(Some).collect();
        for (text, number) in other.numbers {
            if let Some(form) = forms.get_mut(number).and_then(Option::take) {
                let own = self.number(&text);
                self.forms[own].merge(form);
            }
        }
        self.settle();
    }

    /// The templates that the messages were made of.
    pub fn finish(mut self) -> Learned {
        self.settle();
        let skeletons = self.forms.into_iter().flat_map(Form::into_skeletons);
        learned(clusters(skeletons.map(|(text, tally)| (text.into_string(), tally)).collect()))
    }

    /// Learns the skeleton that was read, and remembers where its messages are counted.
    fn learn(&mut self) {
        let read = self.reading.text.clone();
        loop {
            let text = (1..=self.level).fold(read.clone(), |text, level| coarse(&text, level));
            let tokens = tokens(&text);
            let (limits, level) = (self.limits(), self.level);
            let number = self.number(&form(&text, &tokens));
            let before = self.forms[number].counts();
            self.forms[number].count(&text, &tokens);
            self.forms[number].learn(&text, &tokens);
            let after = self.forms[number].counts();
            self.counts.forms = self.forms.len() as u64;
            self.counts.skeletons += after.skeletons - before.skeletons;
            self.counts.statements += after.statements - before.statements;
            let change = if self.limits() != limits || self.forms.len() > MOST_FORMS {
                self.settle();
                Change::General
            } else {
                self.forms[number].settle(limits)
            };
            if self.level > level {
                continue;
            }
            if change == Change::General || self.remembered.len() >= MOST_REMEMBERED {
                self.remembered.clear();
            }
            let general = self.forms[number].general(&text, &tokens);
            let tally = self.forms[number].number(&general.text);
            self.remembered.insert(read.into(), Remembered { form: number, tally, values: general.values });
            return;
        }
    }

    /// The number of a form.
    fn number(&mut self, form: &str) -> usize {
        if let Some(number) = self.numbers.get(form) {
            return *number;
        }
        self.numbers.insert(form.into(), self.forms.len());
        self.forms.push(Form::default());
        self.forms.len() - 1
    }

    fn settle(&mut self) {
        while self.forms.len() > MOST_FORMS && self.level < COARSEST {
            self.coarsen();
        }
        self.counts = Counts::default();
        for form in &self.forms {
            let own = form.counts();
            self.counts.forms += own.forms;
            self.counts.skeletons += own.skeletons;
            self.counts.statements += own.statements;
        }
        let limits = self.limits();
        for form in &mut self.forms {
            form.settle(limits);
        }
    }

    /// How many distinct words a place may have.
    fn limits(&self) -> Limits {
        if self.level == 0 { Limits::of(self.counts) } else { Limits::OF_SHORTER }
    }

    /// Makes all skeletons shorter.
    fn coarsen(&mut self) {
        self.level += 1;
        self.remembered.clear();
        self.numbers.clear();
        for before in std::mem::take(&mut self.forms) {
            for (text, tally) in before.into_skeletons() {
                let text = coarse(&text, self.level);
                let tokens = tokens(&text);
                let number = self.number(&form(&text, &tokens));
                self.forms[number].learn(&text, &tokens);
                self.forms[number].take_in(&text, tally);
            }
        }
    }
}
