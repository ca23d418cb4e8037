//! A form: what messages have in common but for their words, and the skeletons of it that there were.
//!
//! A place in which too many distinct words stood varies, and a mark takes the place of its words. How many are too
//! many hangs on how many skeletons the form has and how many forms there are. Both only grow, and so do the places
//! that vary: what a form comes to is the same whatever the order of the messages.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::distinct::Distinct;
use crate::kind::Kind;
use crate::tally::Tally;
use crate::token::{Role, Token, readable, tokens};
use crate::values::Values;

/// How many skeletons may be kept, of all forms.
pub(crate) const MOST_SKELETONS: u64 = 64_000;
/// How many distinct words a place may have: many while its form has few skeletons, and none but one beyond the last.
const MOST_WORDS: [usize; 3] = [100, 20, 5];
/// By how much more skeletons each of the steps above begins.
const STEP: u64 = 4;

/// The skeletons of a form.
#[derive(Clone, Default)]
pub(crate) struct Form {
    /// How many skeletons there were before places varied.
    distinct: Distinct,
    /// What stood in each place that may vary.
    places: Vec<Words>,
    /// Which tally a skeleton has.
    numbers: HashMap<Box<str>, usize, FixedState>,
    /// What is known of the messages of each skeleton.
    tallies: Vec<(Box<str>, Tally)>,
}

/// The words of a place.
#[derive(Clone)]
enum Words {
    Few(BTreeSet<Box<str>>),
    /// Too many: it varies.
    Many,
}

/// A skeleton that its form has made more general, and where the values of its marks come from.
pub(crate) struct General {
    pub(crate) text: String,
    pub(crate) values: Vec<Origin>,
}

/// Where the values of a mark come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// From the mark of this number, before.
    Mark(usize),
    /// It was this word.
    Word(Box<str>),
    /// It is what was cut, and nobody looks at it.
    Cut,
}

/// Whether a form looks as it did before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    None,
    /// More of its places vary.
    General,
}

/// What the skeletons of one form have in common: all but their words, for each of which there is a mark.
pub(crate) fn form(text: &str, tokens: &[Token]) -> String {
    let mut form = String::with_capacity(text.len());
    let mut at = 0;
    for token in tokens.iter().filter(|it| it.role != Role::Form) {
        form.push_str(&text[at..token.begin]);
        form.push(Kind::Token.mark());
        at = token.end;
    }
    form.push_str(&text[at..]);
    form
}

impl Form {
    /// Counts a skeleton as one of its own, by its hash.
    pub(crate) fn count(&mut self, hash: u64) {
        self.distinct.add(hash);
    }

    /// Learns which words stand in its places.
    pub(crate) fn learn(&mut self, text: &str, tokens: &[Token]) {
        let slots = tokens.iter().filter(|it| it.role != Role::Form);
        self.places.resize_with(slots.clone().count(), || Words::Few(BTreeSet::new()));
        for (place, token) in self.places.iter_mut().zip(slots) {
            if let Words::Few(words) = place {
                let word = &text[token.begin..token.end];
                if !words.contains(word) {
                    words.insert(word.into());
                }
            }
        }
    }

    /// The skeleton as general as the form is.
    pub(crate) fn general(&self, text: &str, tokens: &[Token]) -> General {
        let mut it = General { text: String::with_capacity(text.len()), values: Vec::new() };
        let (mut at, mut marks) = (0, 0);
        let mut places = self.places.iter();
        for token in tokens {
            it.text.push_str(&text[at..token.begin]);
            at = token.end;
            let word = &text[token.begin..token.end];
            let inside = word.chars().filter(|it| Kind::of_mark(*it).is_some()).count();
            let varies = token.role != Role::Form && matches!(places.next(), Some(Words::Many));
            match token.role {
                Role::Mark(Kind::Rest) => {
                    it.text.push_str(word);
                    it.values.push(Origin::Cut);
                }
                Role::Mark(_) if varies => {
                    it.text.push(Kind::Token.mark());
                    it.values.push(Origin::Mark(marks));
                }
                Role::Word | Role::Datum if varies => {
                    it.text.push(Kind::Token.mark());
                    it.values.push(Origin::Word(readable(word).into()));
                }
                _ => {
                    it.text.push_str(word);
                    it.values.extend((marks..marks + inside).map(Origin::Mark));
                }
            }
            marks += inside;
        }
        it.text.push_str(&text[at..]);
        it
    }

    /// The number of the tally of a skeleton, as general as the form is.
    pub(crate) fn number(&mut self, text: &str) -> usize {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.tallies.len();
        self.numbers.insert(text.into(), number);
        self.tallies.push((text.into(), Tally::default()));
        number
    }

    /// A tally, by its number.
    pub(crate) fn tally(&mut self, number: usize) -> Option<&mut Tally> {
        self.tallies.get_mut(number).map(|it| &mut it.1)
    }

    /// Takes in the same form of another part.
    pub(crate) fn merge(&mut self, other: Form) {
        self.distinct.merge(other.distinct);
        if self.places.is_empty() {
            self.places = other.places;
        } else {
            for (own, other) in self.places.iter_mut().zip(other.places) {
                match (&mut *own, other) {
                    (Words::Few(own), Words::Few(other)) => own.extend(other),
                    _ => *own = Words::Many,
                }
            }
        }
        let own = std::mem::take(&mut self.tallies);
        self.numbers.clear();
        own.into_iter().chain(other.tallies).for_each(|(text, tally)| self.take_in(&text, tally));
    }

    /// How many distinct words a place may have, among so many forms.
    pub(crate) fn most_words(&self, forms: usize) -> usize {
        let mut room = (MOST_SKELETONS / STEP.pow(2) / forms.max(1) as u64).max(1);
        let skeletons = self.distinct.estimate();
        for most in MOST_WORDS {
            if skeletons <= room {
                return most;
            }
            room *= STEP;
        }
        1
    }

    /// Finds out which places vary: those of more distinct words than so many.
    pub(crate) fn settle(&mut self, most: usize) -> Change {
        let mut change = Change::None;
        for place in &mut self.places {
            if matches!(place, Words::Few(words) if words.len() > most) {
                *place = Words::Many;
                change = Change::General;
            }
        }
        if change == Change::General {
            self.numbers.clear();
            std::mem::take(&mut self.tallies).into_iter().for_each(|(text, tally)| self.take_in(&text, tally));
        }
        change
    }

    /// How many skeletons there are, as general as the form is.
    pub(crate) fn count_skeletons(&self) -> usize {
        self.tallies.len()
    }

    /// The skeletons, with what is known of their messages.
    pub(crate) fn into_skeletons(self) -> Vec<(Box<str>, Tally)> {
        self.tallies
    }

    /// Takes in what is known of a skeleton of this form.
    pub(crate) fn take_in(&mut self, text: &str, mut tally: Tally) {
        let general = self.general(text, &tokens(text));
        let before = std::mem::take(&mut tally.values);
        let values = general.values.iter().map(|it| match it {
            Origin::Mark(number) => before.get(*number).cloned().unwrap_or_default(),
            Origin::Word(word) => Values::of(word, tally.seen),
            Origin::Cut => Values::unknown(),
        });
        tally.values = values.collect();
        let number = self.number(&general.text);
        if let Some(own) = self.tally(number) {
            own.merge(tally);
        }
    }
}
