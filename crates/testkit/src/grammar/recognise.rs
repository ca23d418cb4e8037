//! Whether a text is a sentence of a grammar.
//!
//! Each part of the grammar, tried at a place of the text, gives the set of places where it may end. The sets are
//! remembered, so an ambiguous grammar costs time but not sense.

use std::collections::HashMap;
use std::rc::Rc;

use super::{Grammar, Node, NodeId, is_word};

struct Recogniser<'a> {
    grammar: &'a Grammar,
    text: &'a str,
    /// What is known: a node, a place, whether it is part of a token, and where it may end, ascending.
    known: HashMap<(NodeId, usize, Place), Rc<Vec<usize>>>,
    /// The furthest place where something was tried.
    furthest: usize,
}

/// What may stand in front of a part.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// Blanks and comments: it is a part of syntax.
    Between,
    /// Nothing: it is a part of a token.
    Within,
}

pub(super) fn whole(grammar: &Grammar, text: &str) -> Result<(), usize> {
    let Some(first) = grammar.productions.first() else { return Err(0) };
    let place = if first.is_token() { Place::Within } else { Place::Between };
    let mut recogniser = Recogniser { grammar, text, known: HashMap::new(), furthest: 0 };
    let ends = recogniser.ends(first.body, 0, place);
    let behind = |end: usize| if place == Place::Between { blank(text, end) } else { end };
    if ends.iter().any(|end| behind(*end) == text.len()) { Ok(()) } else { Err(recogniser.furthest) }
}

/// The length of the longest token that this part of one may be at the beginning of the text.
pub(super) fn longest_token(grammar: &Grammar, node: NodeId, text: &str) -> Option<usize> {
    let mut recogniser = Recogniser { grammar, text, known: HashMap::new(), furthest: 0 };
    recogniser.ends(node, 0, Place::Within).last().copied()
}

/// The first place from `at` on that is neither a blank nor in a comment.
pub(super) fn blank(text: &str, at: usize) -> usize {
    let mut rest = &text[at..];
    loop {
        rest = rest.trim_start();
        match rest.strip_prefix('#') {
            Some(comment) => rest = &comment[comment.find('\n').unwrap_or(comment.len())..],
            None => return text.len() - rest.len(),
        }
    }
}

impl Recogniser<'_> {
    fn ends(&mut self, node: NodeId, at: usize, place: Place) -> Rc<Vec<usize>> {
        if let Some(ends) = self.known.get(&(node, at, place)) {
            return Rc::clone(ends);
        }
        let mut ends = self.find_ends(node, at, place);
        ends.sort_unstable();
        ends.dedup();
        let ends = Rc::new(ends);
        self.known.insert((node, at, place), Rc::clone(&ends));
        ends
    }

    fn find_ends(&mut self, node: NodeId, at: usize, place: Place) -> Vec<usize> {
        let grammar = self.grammar;
        match &grammar.nodes[node] {
            Node::Literal(literal) => {
                let Some(at) = self.begin(at, place) else { return Vec::new() };
                let end = at + literal.len();
                let same = self.text.get(at..end).is_some_and(|it| it.eq_ignore_ascii_case(literal));
                if same { vec![end] } else { Vec::new() }
            }
            Node::Class { negated, ranges } => {
                let Some(at) = self.begin(at, place) else { return Vec::new() };
                let Some(char) = self.text[at..].chars().next() else { return Vec::new() };
                let within = ranges.iter().any(|(first, last)| (*first..=*last).contains(&char));
                if within != *negated { vec![at + char.len_utf8()] } else { Vec::new() }
            }
            Node::Name(name) => {
                let production = &grammar.productions[*name];
                match (place, production.is_token()) {
                    (Place::Between, true) => match self.begin(at, place) {
                        Some(at) => self.ends(production.body, at, Place::Within).to_vec(),
                        None => Vec::new(),
                    },
                    _ => self.ends(production.body, at, place).to_vec(),
                }
            }
            Node::Sequence(parts) => {
                let mut ends = vec![at];
                for part in parts {
                    ends = self.ends_of_all(*part, &ends, place);
                }
                ends
            }
            Node::Choice(choices) => choices.iter().flat_map(|it| self.ends(*it, at, place).to_vec()).collect(),
            Node::Repeat { inner, least, many } => self.repeated(*inner, *least, *many, at, place),
            Node::Except(inner, without) => {
                let without = self.ends(*without, at, place);
                let ends = self.ends(*inner, at, place);
                ends.iter().copied().filter(|it| !without.contains(it)).collect()
            }
        }
    }

    /// Where a terminal that is tried here begins; nothing, if it would grow together with the word in front of it.
    fn begin(&mut self, at: usize, place: Place) -> Option<usize> {
        let start = if place == Place::Between { blank(self.text, at) } else { at };
        self.furthest = self.furthest.max(start);
        let grown = start == at
            && place == Place::Between
            && self.text[..at].chars().next_back().is_some_and(is_word)
            && self.text[at..].chars().next().is_some_and(is_word);
        if grown { None } else { Some(start) }
    }

    fn ends_of_all(&mut self, node: NodeId, starts: &[usize], place: Place) -> Vec<usize> {
        let mut ends: Vec<usize> = starts.iter().flat_map(|it| self.ends(node, *it, place).to_vec()).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    fn repeated(&mut self, inner: NodeId, least: usize, many: bool, at: usize, place: Place) -> Vec<usize> {
        let mut found = if least == 0 { vec![at] } else { Vec::new() };
        let mut open = vec![at];
        while !open.is_empty() {
            open = self.ends_of_all(inner, &open, place);
            open.retain(|it| !found.contains(it));
            found.extend(&open);
            if !many {
                break;
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LISTS: &str = "list ::= 'fields' item ( ',' item )* ( 'by' NAME )?
        item ::= sum ( 'as' NAME )?
        sum ::= part ( ( '+' | '-' ) part )*
        part ::= NAME | NUMBER | '(' sum ')' | 'not' part | TEXT
        NAME ::= ( [@A-Za-z_] [@A-Za-z0-9_]* ) - WORD
        WORD ::= 'by' | 'as' | 'not'
        NUMBER ::= [0-9]+ ( '.' [0-9]+ )?
        TEXT ::= \"'\" [^']* \"'\"";

    #[test]
    fn accepts_sentences() {
        let grammar = Grammar::read(LISTS).unwrap();
        for text in [
            "fields a",
            " FIELDS @a1,b + 2.5 As c by d # end",
            "fields # x, (\n a # y\n,(b)-(not(a)) by\nc",
            "fields asx, notb, not b",
            "fields '# no comment'as x",
        ] {
            assert_eq!(grammar.recognise(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_none_and_says_where() {
        let grammar = Grammar::read(LISTS).unwrap();
        for (text, at) in [
            ("", 0),
            ("field a", 0),
            ("fieldsa", 6),
            ("fields a b", 9),
            ("fields a,", 9),
            ("fields as", 9),
            ("fields 2 .5", 9),
            ("fields a asb", 11),
            ("fields (a", 9),
            ("fields 'a", 9),
            ("fields é", 7),
        ] {
            assert_eq!(grammar.recognise(text), Err(at), "{text}");
        }
    }

    #[test]
    fn ambiguity_is_harmless() {
        let grammar = Grammar::read("A ::= ( 'a'* 'a'* ( 'a' | 'aa' )* )* 'b'?").unwrap();
        assert_eq!(grammar.recognise(&"a".repeat(200)), Ok(()));
        assert!(grammar.recognise(&format!("{}c", "a".repeat(200))).is_err());
    }
}
