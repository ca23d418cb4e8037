//! Skeletons that are alike become one template: Drain, over skeletons instead of messages.
//!
//! The method is that of He, Zhu, Zheng and Lyu, *Drain: An Online Log Parsing Approach with Fixed Depth Tree* (ICWS
//! 2017): messages of equal length are compared word by word with the templates so far, and the most similar one takes
//! them in, if it is similar enough. Four things are otherwise here. The compared are distinct skeletons, the most
//! frequent first, so the order of the messages and the number of threads cannot show. What fixes the branch of the
//! tree is the form, that is punctuation, keys and levels of severity, not the length and the first words. Words that
//! are marks on both sides say nothing about similarity: an event of many ids is not alike to all others. And what is
//! alike is parted again by words of which there are but a few (`variants.rs`).

use std::collections::BTreeMap;

use crate::form::form;
use crate::kind::Kind;
use crate::tally::Tally;
use crate::token::{Role, Token, readable, tokens};
use crate::values::Values;
use crate::variants::{MOST_VARIANTS, parted};

/// Skeletons that are one template.
pub(crate) struct Cluster {
    /// Its text, with marks where messages differ.
    pub(crate) text: String,
    /// What is known of its messages, the values of its marks included.
    pub(crate) tally: Tally,
}

/// How many templates a form may have. Beyond, a skeleton joins the most similar one, however little that is, so that
/// the work grows with the skeletons and not with their square. They come by their frequency: only rare ones are lumped.
const MOST_TEMPLATES: usize = 500;

/// The clusters that skeletons fall into, in no order that is to be relied on.
pub(crate) fn clusters(mut skeletons: Vec<(String, Tally)>) -> Vec<Cluster> {
    skeletons.sort_unstable_by(|left, right| right.1.seen.cmp(&left.1.seen).then_with(|| left.0.cmp(&right.0)));
    let mut by_form: BTreeMap<String, Vec<Group>> = BTreeMap::new();
    for (text, tally) in skeletons {
        let tokens = tokens(&text);
        let groups = by_form.entry(form(&text, &tokens)).or_default();
        let one = Growing::new(text, tokens, tally);
        let mut best: Option<(usize, Likeness)> = None;
        for (place, it) in groups.iter().enumerate() {
            let likeness = it.likeness(&one);
            if best.is_none_or(|(_, other)| likeness.is_more_than(other)) {
                best = Some((place, likeness));
            }
        }
        match best {
            Some((place, likeness)) if likeness.is_enough() || groups.len() >= MOST_TEMPLATES => {
                groups[place].take_in(one);
            }
            _ => groups.push(Group::of(one)),
        }
    }
    // Templates that grew into the same text are the same.
    let mut found: BTreeMap<String, Tally> = BTreeMap::new();
    for groups in by_form.into_values() {
        // However they are parted, there are no more than a form may have.
        let parts = if groups.len() <= MOST_TEMPLATES / MOST_VARIANTS { parted } else { |members| vec![members] };
        for part in groups.into_iter().flat_map(|it| parts(it.members)) {
            let grown = part.into_iter().reduce(Growing::with).map(Growing::grown);
            grown.into_iter().for_each(|it| found.entry(it.text).or_default().merge(it.tally));
        }
    }
    found.into_iter().map(|(text, tally)| Cluster { text, tally }).collect()
}

/// Skeletons that are alike.
struct Group {
    members: Vec<Growing>,
    /// What stands in the place of each token: a mark where they differ.
    texts: Vec<Box<str>>,
}

/// A template on its way, from a skeleton on.
pub(crate) struct Growing {
    /// The first of its skeletons: what stands between its tokens is the same in all of them.
    text: String,
    pub(crate) tokens: Vec<Token>,
    /// What stands in the place of each token.
    pub(crate) slots: Vec<Slot>,
    /// What is known of its messages, but for the values, which the slots have.
    pub(crate) tally: Tally,
}

/// A place of a form.
#[derive(Default)]
pub(crate) struct Slot {
    /// What stands there: a word, with marks in it, perhaps, or a mark alone.
    pub(crate) text: Box<str>,
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
        // One in which no word tells anything is wholly alike.
        let share = |it: Likeness| if it.different == 0 { (1, 1) } else { (it.equal, it.equal + it.different) };
        let ((own, of), (others, of_others)) = (share(self), share(other));
        own * of_others > others * of
    }
}

impl Group {
    fn of(first: Growing) -> Group {
        let texts = first.slots.iter().map(|it| it.text.clone()).collect();
        Group { members: vec![first], texts }
    }

    fn likeness(&self, other: &Growing) -> Likeness {
        let mut it = Likeness { equal: 0, different: 0 };
        for ((token, own), other) in self.members[0].tokens.iter().zip(&self.texts).zip(&other.slots) {
            match *own == other.text {
                _ if token.is_datum || token.role == Role::Form => {}
                true if is_mark(own) => {}
                true => it.equal += 1,
                false => it.different += 1,
            }
        }
        it
    }

    fn take_in(&mut self, other: Growing) {
        for (own, other) in self.texts.iter_mut().zip(&other.slots) {
            if *own != other.text {
                *own = Kind::Token.mark().to_string().into();
            }
        }
        self.members.push(other);
    }
}

impl Growing {
    fn new(text: String, tokens: Vec<Token>, mut tally: Tally) -> Growing {
        let mut values = std::mem::take(&mut tally.values).into_iter();
        let slot = |token: &Token| {
            let text = &text[token.begin..token.end];
            let marks = text.chars().filter(|it| Kind::of_mark(*it).is_some()).count();
            Slot { text: text.into(), values: values.by_ref().take(marks).collect() }
        };
        let slots = tokens.iter().map(slot).collect();
        Growing { text, tokens, slots, tally }
    }

    fn with(mut self, other: Growing) -> Growing {
        let seen = (self.tally.seen, other.tally.seen);
        for (own, other) in self.slots.iter_mut().zip(other.slots) {
            if own.text == other.text {
                own.values.iter_mut().zip(other.values).for_each(|(own, other)| own.merge(other));
                continue;
            }
            let mut values = std::mem::take(own).varying(seen.0);
            values.merge(other.varying(seen.1));
            *own = Slot { text: Kind::Token.mark().to_string().into(), values: vec![values] };
        }
        self.tally.merge_counts(other.tally);
        self
    }

    fn grown(mut self) -> Cluster {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (token, slot) in self.tokens.iter().zip(&self.slots) {
            text.push_str(&self.text[at..token.begin]);
            text.push_str(&slot.text);
            at = token.end;
        }
        text.push_str(&self.text[at..]);
        self.tally.values = self.slots.into_iter().flat_map(|it| it.values).collect();
        Cluster { text, tally: self.tally }
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
                assert_eq!(it.tally.values.len(), marks, "{}", readable(&it.text));
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

    #[test]
    fn values_stay_with_their_marks_though_keys_hold_some() {
        let long = "k".repeat(201);
        let (one, other) = (format!("{long}=5 end 50 of it"), format!("{long}=6 end 51 of it"));
        let cases = [
            (
                "x1234=7 user ann logged in after 900 ms",
                "x1234=8 user bob logged in after 950 ms",
                "x1234; 7 8; ann bob; 900 950",
            ),
            (
                r#"{"shard00012":"ann","count":5,"took":500}"#,
                r#"{"shard00034":"bob","count":6,"took":501}"#,
                "shard00012 shard00034; ann bob; 5 6; 500 501",
            ),
            (&one, &other, &format!("{}; 5 6; 50 51", &long[..48])),
        ];
        for (first, second, expected) in cases {
            let mut skeletons: BTreeMap<String, Tally> = BTreeMap::new();
            for message in [first, second] {
                let mut it = Skeleton::default();
                it.read(message);
                let tally = skeletons.entry(it.text).or_default();
                tally.count(message, None, Part::Current);
                tally.take_values(it.values.iter().map(|(begin, end)| Some(&message[*begin..*end])));
            }
            let found = clusters(skeletons.into_iter().collect());
            assert_eq!(found.len(), 1);
            let values = |it: &Values| it.counted().iter().map(|it| it.0).collect::<Vec<_>>().join(" ");
            let told: Vec<String> = found[0].tally.values.iter().map(values).collect();
            assert_eq!(told.join("; "), expected, "{}", readable(&found[0].text));
        }
    }

    #[test]
    fn many_templates_of_a_form_are_found_in_little_time() {
        let mut state = 1_u64;
        let mut word = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ["alpha", "beta", "gamma", "delta", "omega"][(state >> 33) as usize % 5]
        };
        let mut skeletons = BTreeMap::new();
        for _ in 0..16_000 {
            let text = (0..12).map(|_| word()).collect::<Vec<_>>().join(" ");
            skeletons.insert(text, Tally { seen: 1, ..Tally::default() });
        }
        let found = clusters(skeletons.into_iter().collect());
        assert!(found.len() <= MOST_TEMPLATES, "{}", found.len());
        assert_eq!(found.iter().map(|it| it.tally.seen).sum::<u64>(), 16_000);
    }
}
