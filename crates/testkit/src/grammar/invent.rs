//! Random sentences of a grammar.

use super::{Grammar, Node, NodeId, is_word, recognise};
use crate::random::Random;

/// Characters for classes that say what is not in them.
const ANY: &[char] = &[
    'a', 'b', 'Z', '0', '9', '_', ' ', '.', ',', '*', '+', '-', '=', '<', '(', ')', '[', ']', '{', '}', '|', '#', '/',
    '\\', '"', '\'', '`', '@', '$', '^', '\t', '\n', 'é', '日', '👩', '\u{301}',
];

/// How deep a node goes that does not end.
const ENDLESS: usize = usize::MAX / 2;

struct Inventor<'a> {
    grammar: &'a Grammar,
    random: &'a mut Random,
    /// How many productions deep each production must go at least.
    depths: Vec<usize>,
    text: String,
    /// The last token and where it begins, if the last terminal was one.
    last: Option<(NodeId, usize)>,
}

pub(super) fn sentence(grammar: &Grammar, random: &mut Random, depth: usize) -> String {
    let depths = depths(grammar);
    let mut inventor = Inventor { grammar, random, depths, text: String::new(), last: None };
    if let Some(first) = grammar.productions.first() {
        if first.is_token() {
            inventor.text = inventor.token(first.body, depth);
        } else {
            inventor.syntax(first.body, depth);
        }
    }
    inventor.text
}

impl Inventor<'_> {
    /// Adds what a part of syntax may be.
    fn syntax(&mut self, node: NodeId, depth: usize) {
        let grammar = self.grammar;
        match &grammar.nodes[node] {
            Node::Literal(literal) => {
                let literal = self.in_some_case(literal);
                self.add(&literal);
                self.last = None;
            }
            Node::Name(name) if !grammar.productions[*name].is_token() => {
                self.syntax(grammar.productions[*name].body, depth.saturating_sub(1));
            }
            Node::Class { .. } | Node::Name(_) | Node::Except(..) => {
                let token = self.token(node, depth);
                self.add(&token);
                self.last = Some((node, self.text.len() - token.len()));
            }
            Node::Sequence(parts) => parts.iter().for_each(|it| self.syntax(*it, depth)),
            Node::Choice(choices) => {
                let choice = self.choose(choices, depth);
                self.syntax(choice, depth);
            }
            Node::Repeat { inner, least, many } => {
                for _ in 0..self.times(*inner, *least, *many, depth) {
                    self.syntax(*inner, depth);
                }
            }
        }
    }

    /// What a part of a token may be.
    fn token(&mut self, node: NodeId, depth: usize) -> String {
        let grammar = self.grammar;
        match &grammar.nodes[node] {
            Node::Literal(literal) => literal.clone(),
            Node::Class { negated, ranges } => self.character(*negated, ranges).to_string(),
            Node::Name(name) => self.token(grammar.productions[*name].body, depth.saturating_sub(1)),
            Node::Sequence(parts) => parts.iter().map(|it| self.token(*it, depth)).collect(),
            Node::Choice(choices) => {
                let choice = self.choose(choices, depth);
                self.token(choice, depth)
            }
            Node::Repeat { inner, least, many } => {
                (0..self.times(*inner, *least, *many, depth)).map(|_| self.token(*inner, depth)).collect()
            }
            Node::Except(inner, without) => {
                let mut token = self.token(*inner, depth);
                for _ in 0..50 {
                    if recognise::longest_token(grammar, *without, &token) != Some(token.len()) {
                        break;
                    }
                    token = self.token(*inner, depth);
                }
                token
            }
        }
    }

    /// One of the choices that fit into the depth; if none does, the flattest.
    fn choose(&mut self, choices: &[NodeId], depth: usize) -> NodeId {
        let fitting: Vec<NodeId> = choices.iter().copied().filter(|it| self.depth(*it) <= depth).collect();
        match fitting.is_empty() {
            true => choices.iter().copied().min_by_key(|it| self.depth(*it)).unwrap_or_default(),
            false => *self.random.pick(&fitting),
        }
    }

    fn times(&mut self, inner: NodeId, least: usize, many: bool, depth: usize) -> usize {
        let most = match many {
            _ if self.depth(inner) > depth => least,
            true => least + self.random.pick(&[0, 1, 1, 2, 3]),
            false => 1,
        };
        self.random.between(least as i64, most as i64) as usize
    }

    fn depth(&self, node: NodeId) -> usize {
        node_depth(self.grammar, node, &self.depths)
    }

    fn character(&mut self, negated: bool, ranges: &[(char, char)]) -> char {
        if !negated {
            let (first, last) = *self.random.pick(ranges);
            return char::from_u32(self.random.between(first as i64, last as i64) as u32).unwrap_or(first);
        }
        let others = |it: &char| !ranges.iter().any(|(first, last)| (*first..=*last).contains(it));
        let others: Vec<char> = ANY.iter().copied().filter(others).collect();
        if others.is_empty() { '\u{2603}' } else { *self.random.pick(&others) }
    }

    fn in_some_case(&mut self, literal: &str) -> String {
        match self.random.below(8) {
            0 => literal.to_ascii_uppercase(),
            1 => literal.chars().map(|it| if self.random.one_in(2) { it.to_ascii_uppercase() } else { it }).collect(),
            _ => literal.to_string(),
        }
    }

    /// Adds a terminal, with blanks or a comment in front of it, or nothing where that keeps it apart.
    fn add(&mut self, terminal: &str) {
        let grown = (self.text.ends_with(is_word) && terminal.starts_with(is_word)) || self.would_go_on(terminal);
        let gap = match self.random.below(20) {
            0 => "\n",
            1 => "\n\t ",
            2 => " # a | comment, 'open\n",
            3..=8 if !grown => "",
            _ => " ",
        };
        self.text.push_str(gap);
        self.text.push_str(terminal);
    }

    /// Whether the last token would be longer with the beginning of this terminal.
    fn would_go_on(&self, terminal: &str) -> bool {
        let Some((node, start)) = self.last else { return false };
        let text = format!("{}{terminal}", &self.text[start..]);
        recognise::longest_token(self.grammar, node, &text).is_some_and(|it| it > self.text.len() - start)
    }
}

/// How many productions deep each production must go at least.
fn depths(grammar: &Grammar) -> Vec<usize> {
    let mut depths = vec![ENDLESS; grammar.productions.len()];
    loop {
        let next: Vec<usize> = grammar.productions.iter().map(|it| node_depth(grammar, it.body, &depths)).collect();
        if next == depths {
            return depths;
        }
        depths = next;
    }
}

fn node_depth(grammar: &Grammar, node: NodeId, depths: &[usize]) -> usize {
    let of = |it: &NodeId| node_depth(grammar, *it, depths);
    match &grammar.nodes[node] {
        Node::Literal(_) | Node::Class { .. } => 0,
        Node::Name(name) => depths[*name].saturating_add(1).min(ENDLESS),
        Node::Sequence(parts) => parts.iter().map(of).max().unwrap_or_default(),
        Node::Choice(parts) => parts.iter().map(of).min().unwrap_or_default(),
        Node::Repeat { least: 0, .. } => 0,
        Node::Repeat { inner, .. } | Node::Except(inner, _) => of(inner),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SUMS: &str = "sum ::= part ( '+' part )*
        part ::= NAME | '(' sum ')' | 'not' part | TEXT | '[' ( sum ( ',' sum )* )? ']'
        NAME ::= [a-z]+ - ( 'not' | 'a' )
        TEXT ::= '\"' [^\"(]* '\"'";

    #[test]
    fn sentences_are_recognised() {
        let grammar = Grammar::read(SUMS).unwrap();
        let mut random = Random::new(11);
        for _ in 0..500 {
            let sentence = grammar.sentence(&mut random, 8);
            assert_eq!(grammar.recognise(&sentence), Ok(()), "{sentence}");
        }
    }

    #[test]
    fn a_token_does_not_swallow_what_follows() {
        let grammar = Grammar::read("list ::= PATH '-x' ',' PATH\nPATH ::= [a-z/-]+").unwrap();
        let mut random = Random::new(13);
        let mut without_blank = 0;
        for _ in 0..200 {
            let sentence = grammar.sentence(&mut random, 5);
            let lines: Vec<&str> = sentence.lines().flat_map(|it| it.split('#').next()).collect();
            let words = lines.join(" ").replace(',', " ").split_whitespace().count();
            assert_eq!(words, 3, "{sentence}");
            without_blank += usize::from(sentence.to_lowercase().contains("-x,"));
        }
        assert!(without_blank > 10, "a comma needs no blank");
    }

    #[test]
    fn depth_is_bounded() {
        let grammar = Grammar::read(SUMS).unwrap();
        let mut random = Random::new(12);
        let deepest = |depth: usize, random: &mut Random| {
            (0..300).map(|_| grammar.sentence(random, depth).matches('(').count()).max().unwrap()
        };
        assert_eq!(deepest(0, &mut random), 0);
        assert!(deepest(9, &mut random) > 2);
    }

    #[test]
    fn the_same_seed_the_same_sentence() {
        let grammar = Grammar::read(SUMS).unwrap();
        let made = |seed| grammar.sentence(&mut Random::new(seed), 9);
        assert_eq!(made(1), made(1));
        assert!((0..20).any(|seed| made(seed) != made(1)));
    }
}
