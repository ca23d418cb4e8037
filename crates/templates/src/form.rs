//! A form: what messages have in common but for their words, and the skeletons of it that there were.
//!
//! A place in which too many distinct words stood varies, and a mark takes the place of its words. How many are too
//! many hangs on how many skeletons and forms there are. These only grow, and so do the places that vary: what a form
//! comes to is the same whatever the order of the messages.

use std::collections::BTreeSet;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::distinct::Distinct;
use crate::kind::Kind;
use crate::tally::{MOST_PLACES, Tally};
use crate::token::{Role, Token, readable, tokens};
use crate::values::{Values, hash};

/// How many skeletons may be kept, of all forms.
const MOST_SKELETONS: u64 = 16_000;
/// How many distinct words a place may have: many while its form has few skeletons, and none but one beyond the last.
const MOST_WORDS: [usize; 3] = [100, 20, 5];
/// By how much more skeletons each of the steps above begins.
const STEP: u64 = 4;

/// The skeletons of a form.
#[derive(Clone, Default)]
pub(crate) struct Form {
    /// How many skeletons there were before places varied.
    skeletons: Distinct,
    /// The same, with all data taken out.
    statements: Distinct,
    /// What stood in each place that may vary.
    places: Vec<Place>,
    /// Which tally a skeleton has.
    numbers: HashMap<Box<str>, usize, FixedState>,
    /// What is known of the messages of each skeleton.
    tallies: Vec<(Box<str>, Tally)>,
}

/// How many skeletons there are, of a form or of all.
#[derive(Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Of all forms: how many forms there are.
    pub(crate) forms: u64,
    /// How many skeletons.
    pub(crate) skeletons: u64,
    /// How many are left when all data are taken out.
    pub(crate) statements: u64,
}

/// How many distinct words a place may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// A place of data.
    data: usize,
    /// A place of words: by how many statements its form has, where there are too many of all forms.
    words: Words,
}

/// How a place of words is limited.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// By this number.
    Most(usize),
    /// By the share that its form has of the room: the more statements, the fewer words.
    Share(u64),
}

/// A place that may vary.
#[derive(Clone)]
struct Place {
    is_datum: bool,
    seen: Seen,
}

/// What stood in a place.
#[derive(Clone)]
enum Seen {
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

impl Limits {
    /// Of shorter skeletons, a place has one word or varies.
    pub(crate) const OF_SHORTER: Limits = Limits { data: 1, words: Words::Most(1) };

    /// While there are few skeletons, all are kept; then data go first.
    pub(crate) fn of(all: Counts) -> Limits {
        let [many, ..] = MOST_WORDS;
        let room = (MOST_SKELETONS / STEP.pow(2) / all.forms.max(1)).max(1);
        let words = if all.statements <= MOST_SKELETONS { Words::Most(many) } else { Words::Share(room) };
        Limits { data: if all.skeletons <= MOST_SKELETONS { many } else { 1 }, words }
    }
}

impl Form {
    /// Counts a skeleton as one of its own.
    pub(crate) fn count(&mut self, text: &str, tokens: &[Token]) {
        self.skeletons.add(hash(text.as_bytes()));
        let mut statement = text.to_owned();
        for token in tokens.iter().rev().filter(|it| it.is_datum) {
            statement.replace_range(token.begin..token.end, "");
        }
        self.statements.add(hash(statement.as_bytes()));
    }

    /// How many skeletons there were.
    pub(crate) fn counts(&self) -> Counts {
        Counts { forms: 1, skeletons: self.skeletons.estimate(), statements: self.statements.estimate() }
    }

    /// Learns which words stand in its places.
    pub(crate) fn learn(&mut self, text: &str, tokens: &[Token]) {
        let slots = tokens.iter().filter(|it| it.role != Role::Form);
        if self.places.is_empty() {
            let place = |it: &Token| Place { is_datum: it.is_datum, seen: Seen::Few(BTreeSet::new()) };
            self.places = slots.clone().map(place).collect();
        }
        for (place, token) in self.places.iter_mut().zip(slots) {
            if let Seen::Few(words) = &mut place.seen {
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
            let varies = token.role != Role::Form && matches!(places.next(), Some(Place { seen: Seen::Many, .. }));
            match token.role {
                Role::Mark(Kind::Rest) => {
                    it.text.push_str(word);
                    it.values.push(Origin::Cut);
                }
                Role::Mark(_) if varies => {
                    it.text.push(Kind::Token.mark());
                    it.values.push(Origin::Mark(marks));
                }
                Role::Word if varies => {
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
        self.skeletons.merge(other.skeletons);
        self.statements.merge(other.statements);
        if self.places.is_empty() {
            self.places = other.places;
        } else {
            for (own, other) in self.places.iter_mut().zip(other.places) {
                match (&mut own.seen, other.seen) {
                    (Seen::Few(own), Seen::Few(other)) => own.extend(other),
                    _ => own.seen = Seen::Many,
                }
            }
        }
        let own = std::mem::take(&mut self.tallies);
        self.numbers.clear();
        own.into_iter().chain(other.tallies).for_each(|(text, tally)| self.take_in(&text, tally));
    }

    /// How many distinct words a place of this form may have.
    fn most_words(&self, limits: Limits) -> usize {
        let mut room = match limits.words {
            Words::Most(most) => return most,
            Words::Share(room) => room,
        };
        let statements = self.statements.estimate();
        for most in MOST_WORDS {
            if statements <= room {
                return most;
            }
            room *= STEP;
        }
        1
    }

    /// Finds out which places vary: those of more distinct words than they may have.
    pub(crate) fn settle(&mut self, limits: Limits) -> Change {
        let words_at_most = self.most_words(limits);
        let mut change = Change::None;
        for place in &mut self.places {
            let most = if place.is_datum { limits.data } else { words_at_most };
            if matches!(&place.seen, Seen::Few(words) if words.len() > most) {
                place.seen = Seen::Many;
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
        // A mark's number only grows as a form becomes more general, so what is not kept is never missed.
        let forgotten = std::iter::repeat_with(Values::unknown);
        tally.values = values.take(MOST_PLACES).chain(forgotten).take(general.values.len()).collect();
        let number = self.number(&general.text);
        if let Some(own) = self.tally(number) {
            own.merge(tally);
        }
    }
}
