//! A grammar in W3C notation: read from its text, it recognises sentences and makes up new ones.
//!
//! ```ebnf
//! /* A list of names; names are words, blanks and comments may stand between the parts of a list. */
//! list ::= 'fields' NAME ( ',' NAME )*
//! NAME ::= [A-Za-z_] [A-Za-z0-9_]*
//! ```
//!
//! * `name ::= …` is a production; the first is the whole language.
//! * `'text'` and `"text"` stand for themselves, in any case of ASCII letters.
//! * `[a-z_]` is one character of these, `[^a-z]` one that is none of them, `#x5D` the character of that number, also
//!   within brackets. A backslash is a backslash.
//! * `A B` is one behind the other, `A | B` one of the two, `A - B` what `A` is and `B` is not; `( )` keeps together.
//!   `A B - C D | E` is `( ( A B ) - ( C D ) ) | E`.
//! * `A?` at most one, `A*` any number, `A+` at least one.
//! * Lower-case productions are syntax: blanks, line ends and comments (`#` to the end of the line) may stand between
//!   their parts, and must where two words would become one. Upper-case productions are tokens: nothing may.

mod invent;
mod notation;
mod read;
mod recognise;

use crate::random::Random;

/// A grammar, read.
#[derive(Clone, PartialEq, Debug)]
pub struct Grammar {
    productions: Vec<Production>,
    /// Every expression of every production; they refer to one another by their places here.
    nodes: Vec<Node>,
}

/// `name ::= …`
#[derive(Clone, PartialEq, Debug)]
pub struct Production {
    /// The name on its left.
    pub name: String,
    /// The line it begins on, from one.
    pub line: usize,
    body: NodeId,
}

type NodeId = usize;

/// A part of a production.
#[derive(Clone, PartialEq, Debug)]
enum Node {
    /// `'by'`
    Literal(String),
    /// `[a-z]`, `[^a-z]`, `#x5D`
    Class { negated: bool, ranges: Vec<(char, char)> },
    /// `expr`: the place of a production
    Name(usize),
    /// `A B C`
    Sequence(Vec<NodeId>),
    /// `A | B | C`
    Choice(Vec<NodeId>),
    /// `A?`, `A*`, `A+`: the least number, and whether there may be more than one
    Repeat { inner: NodeId, least: usize, many: bool },
    /// `A - B`
    Except(NodeId, NodeId),
}

impl Grammar {
    /// Reads a grammar.
    ///
    /// # Errors
    /// The line and what is wrong there: a character that means nothing, a name without a production, one that is
    /// defined twice, a token made of syntax, a production that begins with itself.
    pub fn read(text: &str) -> Result<Grammar, String> {
        read::grammar(text)
    }

    /// All productions, in the order they were written.
    pub fn productions(&self) -> &[Production] {
        &self.productions
    }

    /// The literals that are words, as written, sorted, each once.
    pub fn words(&self) -> Vec<&str> {
        let literals = self.nodes.iter().filter_map(|it| match it {
            Node::Literal(text) if text.starts_with(is_word) => Some(text.as_str()),
            _ => None,
        });
        let mut words: Vec<&str> = literals.collect();
        words.sort();
        words.dedup();
        words
    }

    /// Whether the text is a sentence of the first production.
    ///
    /// # Errors
    /// The furthest byte up to which it could have been one.
    pub fn recognise(&self, text: &str) -> Result<(), usize> {
        recognise::whole(self, text)
    }

    /// A random sentence of the first production, nested at most `depth` productions deep where that is possible.
    pub fn sentence(&self, random: &mut Random, depth: usize) -> String {
        invent::sentence(self, random, depth)
    }
}

impl Production {
    /// Whether it is a token: an upper-case name.
    pub fn is_token(&self) -> bool {
        self.name.starts_with(|it: char| it.is_ascii_uppercase())
    }
}

/// Whether a character next to another such one belongs to the same word.
fn is_word(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '_' | '@')
}
