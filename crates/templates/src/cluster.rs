//! Skeletons that are alike become one template: Drain, over skeletons instead of messages.
//!
//! The method is that of He, Zhu, Zheng and Lyu, *Drain: An Online Log Parsing Approach with Fixed Depth Tree* (ICWS
//! 2017): messages of equal length are compared word by word with the templates so far, and the most similar one takes
//! them in, if it is similar enough. Three things are otherwise here. The compared are distinct skeletons, the most
//! frequent first, so the order of the messages and the number of threads cannot show. What fixes the branch of the
//! tree is the form, that is punctuation, keys and levels of severity, not the length and the first words. And words
//! that are marks on both sides say nothing about similarity: an event of many ids is not alike to all others.

use std::collections::BTreeMap;

use crate::form::form;
use crate::kind::Kind;
use crate::tally::Tally;
use crate::token::{Role, Token, readable, tokens};
use crate::values::Values;

/// Skeletons that are one template.
pub(crate) struct Cluster {
    /// Its text, with marks where messages differ.
    pub(crate) text: String,
    /// What is known of its messages, the values of its marks included.
    pub(crate) tally: Tally,
}

/// The clusters that skeletons fall into, in no order that is to be relied on.
pub(crate) fn clusters(mut skeletons: Vec<(String, Tally)>) -> Vec<Cluster> {
    skeletons.sort_unstable_by(|left, right| right.1.seen.cmp(&left.1.seen).then_with(|| left.0.cmp(&right.0)));
    let mut by_form: BTreeMap<String, Vec<Growing>> = BTreeMap::new();
    for (text, tally) in skeletons {
        let tokens = tokens(&text);
        let growing = by_form.entry(form(&text, &tokens)).or_default();
        let one = Growing::new(&text, &tokens, tally);
        let mut best: Option<(usize, Likeness)> = None;
        for (place, it) in growing.iter().enumerate() {
            let likeness = it.likeness(&one);
            if likeness.is_enough() && best.is_none_or(|(_, other)| likeness.is_more_than(other)) {
                best = Some((place, likeness));
            }
        }
        match best {
            Some((place, _)) => growing[place].take_in(one),
            None => growing.push(one),
        }
    }
    // Templates that grew into the same text are the same.
    let mut found: BTreeMap<String, Tally> = BTreeMap::new();
    for (form, growing) in by_form {
        for it in growing {
            let it = it.grown(&form);
            found.entry(it.text).or_default().merge(it.tally);
        }
    }
    found.into_iter().map(|(text, tally)| Cluster { text, tally }).collect()
}

/// A template on its way.
struct Growing {
    slots: Vec<Slot>,
    /// What is known of its messages, but for the values, which the slots have.
    tally: Tally,
}

/// A place of a form.
struct Slot {
    /// What stands there: a word, with marks in it, perhaps, or a mark alone.
    text: Box<str>,
    role: Role,
    /// The values of its marks.
    values: Vec<Values>,
}

/// How alike two are: how many of their words are equal, of those that tell.
#[derive(Clone, Copy)]
struct Likeness {
    equal: usize,
    different: usize,
}

impl Likeness {
    /// More words are equal than not, or none differs. With as many, `cache hit` and `cache miss` would be one.
    fn is_enough(self) -> bool {
        self.equal > self.different || self.different == 0
    }

    fn is_more_than(self, other: Likeness) -> bool {
        self.equal * (other.equal + other.different) > other.equal * (self.equal + self.different)
    }
}

impl Growing {
    fn new(text: &str, tokens: &[Token], mut tally: Tally) -> Growing {
        let mut values = std::mem::take(&mut tally.values).into_iter();
        let mut slots = Vec::new();
        for token in tokens.iter().filter(|it| it.role != Role::Form) {
            let text = &text[token.begin..token.end];
            let marks = text.chars().filter(|it| Kind::of_mark(*it).is_some()).count();
            slots.push(Slot { text: text.into(), role: token.role, values: values.by_ref().take(marks).collect() });
        }
        Growing { slots, tally }
    }

    fn likeness(&self, other: &Growing) -> Likeness {
        let mut it = Likeness { equal: 0, different: 0 };
        for (own, other) in self.slots.iter().zip(&other.slots) {
            match (own.text == other.text, own.role) {
                (_, Role::Datum) | (true, Role::Mark(_)) => {}
                (true, _) => it.equal += 1,
                (false, _) => it.different += 1,
            }
        }
        it
    }

    fn take_in(&mut self, other: Growing) {
        let seen = (self.tally.seen, other.tally.seen);
        for (own, other) in self.slots.iter_mut().zip(other.slots) {
            if own.text == other.text {
                own.values.iter_mut().zip(other.values).for_each(|(own, other)| own.merge(other));
                continue;
            }
            // What was a datum stays one.
            let role = if own.role == Role::Datum { Role::Datum } else { Role::Mark(Kind::Token) };
            let mut values = std::mem::take(own).varying(seen.0);
            values.merge(other.varying(seen.1));
            *own = Slot { text: Kind::Token.mark().to_string().into(), role, values: vec![values] };
        }
        self.tally.merge_counts(other.tally);
    }

    fn grown(mut self, form: &str) -> Cluster {
        let mut slots = self.slots.iter();
        let mut text = String::with_capacity(form.len());
        for it in form.chars() {
            match slots.as_slice().first() {
                Some(slot) if it == Kind::Token.mark() => {
                    text.push_str(&slot.text);
                    slots.next();
                }
                _ => text.push(it),
            }
        }
        self.tally.values = self.slots.into_iter().flat_map(|it| it.values).collect();
        Cluster { text, tally: self.tally }
    }
}

impl Default for Slot {
    fn default() -> Slot {
        Slot { text: Box::default(), role: Role::Word, values: Vec::new() }
    }
}

impl Slot {
    /// Its values, where it becomes one that varies.
    fn varying(self, seen: u64) -> Values {
        match self.values.into_iter().next() {
            Some(values) if is_mark(&self.text) => values,
            _ => Values::of(&readable(&self.text), seen),
        }
    }
}

/// Whether a text is a mark alone.
fn is_mark(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|it| Kind::of_mark(it).is_some()) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skeleton::Skeleton;
    use crate::tally::Part;

    fn found(messages: &[&str]) -> Vec<String> {
        let mut skeletons: BTreeMap<String, Tally> = BTreeMap::new();
        for message in messages {
            let mut it = Skeleton::default();
            it.read(message);
            let tally = skeletons.entry(it.text).or_default();
            tally.count(message, None, Part::Current);
            tally.take_values(it.values.iter().map(|(begin, end)| Some(&message[*begin..*end])));
        }
        let mut found: Vec<String> = clusters(skeletons.into_iter().collect())
            .iter()
            .map(|it| {
                let marks = it.text.chars().filter(|it| Kind::of_mark(*it).is_some()).count();
                assert_eq!(it.tally.values.len(), marks);
                format!("{} {}", it.tally.seen, readable(&it.text))
            })
            .collect();
        found.sort();
        found
    }

    #[test]
    fn words_that_vary_become_marks() {
        assert_eq!(
            found(&["user ann logged in", "user bob logged in", "user cid logged in", "cache hit", "cache miss"]),
            ["1 cache hit", "1 cache miss", "3 user <Token> logged in"]
        );
    }

    #[test]
    fn levels_and_keys_are_never_taken_for_values() {
        assert_eq!(
            found(&["ERROR could not reach the host a", "INFO could not reach the host a"]),
            ["1 ERROR could not reach the host a", "1 INFO could not reach the host a"]
        );
        assert_eq!(
            found(&[r#"{"a":"x","b":"p q"}"#, r#"{"a":"y","b":"r"}"#, r#"{"z":"x"}"#]),
            [r#"1 {"z":"x"}"#, r#"2 {"a":"<Token>","b":"<Token>"}"#]
        );
        assert_eq!(
            found(&[r#"{"a":"x","message":"one thing"}"#, r#"{"a":"x","message":"other matter"}"#]),
            [r#"1 {"a":"x","message":"one thing"}"#, r#"1 {"a":"x","message":"other matter"}"#]
        );
    }

    #[test]
    fn different_kinds_in_a_place_are_a_token() {
        assert_eq!(found(&["set a value of x to 5", "set a value of x to ab12345"]), ["2 set a value of x to <Token>"]);
    }

    #[test]
    fn many_equal_ids_make_nothing_alike() {
        let ids = "id=17 request=deadbeef01 trace=deadbeef02";
        assert_eq!(
            found(&[&format!("{ids} order placed"), &format!("{ids} payment declined")]),
            [
                "1 id=<Number> request=<ID> trace=<ID> order placed",
                "1 id=<Number> request=<ID> trace=<ID> payment declined"
            ]
        );
    }
}
