//! Words that tell statements apart, though all else is alike: `accepted` and `declined`, not `ann`, `bob` and `cid`.
//!
//! A place that takes values has ever more of them, the longer one looks; a place of words has the same few. So a place
//! is the statement's own if plain words stand there, few of them, and the chance that the next message brings another
//! is small. That chance is, by Good and Turing, the share of the messages whose word was seen but once (Good, *The
//! Population Frequencies of Species and the Estimation of Population Parameters*, Biometrika 1953).

use std::collections::BTreeMap;

use crate::cluster::Growing;
use crate::token::Role;

/// How many statements may be alike: more are shown as one, with values.
pub(crate) const MOST_VARIANTS: usize = 4;
/// How many messages there must be for each statement, in the mean.
const FEWEST_MESSAGES: u64 = 5;
/// Of how many messages at most one may be the only one of its statement.
const ONE_OF: u64 = 20;

/// Parts skeletons that are alike by the words that tell them apart, one place after the other while they remain few.
pub(crate) fn parted(members: Vec<Growing>) -> Vec<Vec<Growing>> {
    let Some(first) = members.first() else { return Vec::new() };
    let mut telling: Vec<usize> = Vec::new();
    for place in 0..first.slots.len() {
        let is_plain = |it: &Growing| {
            let (token, text) = (it.tokens[place], &it.slots[place].text);
            token.role == Role::Word && !token.is_datum && text.chars().all(char::is_alphabetic)
        };
        let varies = || members.iter().any(|it| it.slots[place].text != first.slots[place].text);
        if members.iter().all(is_plain) && varies() {
            telling.push(place);
            if !are_few(&members, &telling) {
                telling.pop();
            }
        }
    }
    let mut parts: BTreeMap<Vec<Box<str>>, Vec<Growing>> = BTreeMap::new();
    for it in members {
        let words = telling.iter().map(|place| it.slots[*place].text.clone()).collect();
        parts.entry(words).or_default().push(it);
    }
    parts.into_values().collect()
}

/// Whether the words in these places make few statements, and there is no sign that there are more.
fn are_few(members: &[Growing], places: &[usize]) -> bool {
    let mut counts: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    for it in members {
        *counts.entry(places.iter().map(|place| &*it.slots[*place].text).collect()).or_default() += it.tally.seen;
        if counts.len() > MOST_VARIANTS {
            return false;
        }
    }
    let all: u64 = counts.values().sum();
    let single = counts.values().filter(|it| **it == 1).count() as u64;
    all >= FEWEST_MESSAGES * counts.len() as u64 && all >= ONE_OF * single
}

#[cfg(test)]
mod tests {
    use crate::gather::Templates;
    use crate::tally::Part;

    /// The templates of messages, each with how many there are of it.
    fn found(messages: &[(&str, u64)]) -> Vec<String> {
        let mut it = Templates::default();
        for (message, count) in messages {
            (0..*count).for_each(|_| it.add(message, None, Part::Current));
        }
        it.finish().templates.iter().map(|it| format!("{} {}", it.count, it.text)).collect()
    }

    #[test]
    fn few_words_that_recur_are_no_values() {
        let (accepted, declined) = ("payment 5 was accepted in the end", "payment 7 was declined in the end");
        let apart = ["10 payment <Number-1> was accepted in the end", "2 payment <Number-1> was declined in the end"];
        assert_eq!(found(&[(accepted, 10), (declined, 2)]), apart);
        // Once among many is enough, and once among few may be one of many.
        assert_eq!(found(&[(accepted, 19), (declined, 1)]).len(), 2);
        assert_eq!(found(&[(accepted, 18), (declined, 1)]), ["19 payment <Number-1> was <Token-2> in the end"]);
        // Twice each, it may be anything.
        assert_eq!(found(&[(accepted, 2), (declined, 2)]), ["4 payment <Number-1> was <Token-2> in the end"]);
    }

    #[test]
    fn many_words_and_names_are_values() {
        let users = ["ann", "bob", "cid", "dan", "eve"].map(|it| format!("user {it} logged in"));
        let counted = |kept: usize| users[..kept].iter().map(|it| (&**it, 50)).collect::<Vec<_>>();
        assert_eq!(found(&counted(5)), ["250 user <Token-1> logged in"]);
        assert_eq!(found(&counted(4)).len(), 4);
        let hosts = [("connection to db-main is lost", 50), ("connection to db-copy is lost", 50)];
        assert_eq!(found(&hosts), ["100 connection to <Token-1> is lost"]);
        let data = [("login of user=ann is done", 50), ("login of user=bob is done", 50)];
        assert_eq!(found(&data), ["100 login of user=<Token-1> is done"]);
    }

    #[test]
    fn a_place_that_makes_too_many_is_left_alone() {
        let mut messages = Vec::new();
        for door in ["opened", "closed"] {
            for user in ["ann", "bob", "cid"] {
                messages.push(format!("door was {door} at last by user {user}"));
            }
        }
        let counted: Vec<(&str, u64)> = messages.iter().map(|it| (&**it, 30)).collect();
        let expected = ["90 door was closed at last by user <Token-1>", "90 door was opened at last by user <Token-1>"];
        assert_eq!(found(&counted), expected);
    }
}
