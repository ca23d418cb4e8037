//! EBNF to grammar.

use std::collections::HashMap;

use super::notation::{Token, tokens};
use super::{Grammar, Node, NodeId, Production};

struct Reader {
    /// The words with their lines, the next one last.
    tokens: Vec<(Token, usize)>,
    names: HashMap<String, usize>,
    nodes: Vec<Node>,
    line: usize,
}

pub(super) fn grammar(text: &str) -> Result<Grammar, String> {
    let mut tokens = tokens(text)?;
    let mut names = HashMap::new();
    for (token, line) in &tokens {
        if let Token::Head(name) = token {
            let place = names.len();
            if names.insert(name.clone(), place).is_some() {
                return Err(format!("line {line}: `{name}` is defined twice"));
            }
        }
    }
    tokens.reverse();
    let mut reader = Reader { tokens, names, nodes: Vec::new(), line: 1 };
    let mut productions = Vec::new();
    while let Some(token) = reader.take() {
        let Token::Head(name) = token else {
            return Err(format!("line {}: a production begins with its name and `::=`", reader.line));
        };
        let line = reader.line;
        let first = reader.nodes.len();
        let body = reader.choice()?;
        let production = Production { name, line, body };
        if production.is_token() {
            reader.only_tokens(first, &production)?;
        }
        productions.push(production);
    }
    let grammar = Grammar { productions, nodes: reader.nodes };
    match left_recursive(&grammar) {
        _ if grammar.productions.is_empty() => Err("line 1: a grammar has at least one production".to_string()),
        Some(it) => Err(format!("line {}: `{}` begins with itself", it.line, it.name)),
        None => Ok(grammar),
    }
}

impl Reader {
    fn take(&mut self) -> Option<Token> {
        let (token, line) = self.tokens.pop()?;
        self.line = line;
        Some(token)
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let next = self.tokens.last().is_some_and(|(it, _)| *it == Token::Sign(sign));
        next && self.take().is_some()
    }

    fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// `A | B`
    fn choice(&mut self) -> Result<NodeId, String> {
        let mut choices = vec![self.difference()?];
        while self.take_sign('|') {
            choices.push(self.difference()?);
        }
        Ok(if choices.len() == 1 { choices[0] } else { self.add(Node::Choice(choices)) })
    }

    /// `A - B`
    fn difference(&mut self) -> Result<NodeId, String> {
        let part = self.sequence()?;
        if !self.take_sign('-') {
            return Ok(part);
        }
        let without = self.sequence()?;
        Ok(self.add(Node::Except(part, without)))
    }

    /// `A B`
    fn sequence(&mut self) -> Result<NodeId, String> {
        let mut parts = Vec::new();
        while let Some((Token::Name(_) | Token::Literal(_) | Token::Class { .. } | Token::Sign('('), _)) =
            self.tokens.last()
        {
            parts.push(self.repeated()?);
        }
        match parts.len() {
            0 => Err(format!("line {}: something must stand here", self.line)),
            1 => Ok(parts[0]),
            _ => Ok(self.add(Node::Sequence(parts))),
        }
    }

    /// `A?`, `A*`, `A+`
    fn repeated(&mut self) -> Result<NodeId, String> {
        let mut node = self.primary()?;
        for (sign, least, many) in [('?', 0, false), ('*', 0, true), ('+', 1, true)] {
            if self.take_sign(sign) {
                node = self.add(Node::Repeat { inner: node, least, many });
            }
        }
        Ok(node)
    }

    fn primary(&mut self) -> Result<NodeId, String> {
        match self.take() {
            Some(Token::Name(name)) => match self.names.get(&name) {
                Some(place) => Ok(self.add(Node::Name(*place))),
                None => Err(format!("line {}: there is no production `{name}`", self.line)),
            },
            Some(Token::Literal(text)) => Ok(self.add(Node::Literal(text))),
            Some(Token::Class { negated, ranges }) => Ok(self.add(Node::Class { negated, ranges })),
            Some(Token::Sign('(')) => {
                let inner = self.choice()?;
                if self.take_sign(')') { Ok(inner) } else { Err(format!("line {}: a `)` is missing", self.line)) }
            }
            _ => Err(format!("line {}: a name, a literal, a class or `(` must stand here", self.line)),
        }
    }

    /// The nodes from `first` on are those of a token: they must name tokens only.
    fn only_tokens(&self, first: NodeId, token: &Production) -> Result<(), String> {
        let lower = |place: usize| self.names.iter().find(|(_, it)| **it == place).map(|(name, _)| name);
        for node in &self.nodes[first..] {
            let Node::Name(place) = node else { continue };
            if let Some(name) = lower(*place).filter(|it| !it.starts_with(|it: char| it.is_ascii_uppercase())) {
                return Err(format!(
                    "line {}: the token `{}` is made of `{name}`, which is none",
                    token.line, token.name
                ));
            }
        }
        Ok(())
    }
}

/// A production that may stand at the beginning of itself.
fn left_recursive(grammar: &Grammar) -> Option<&Production> {
    let mut empty = vec![false; grammar.productions.len()];
    loop {
        let next: Vec<bool> = grammar.productions.iter().map(|it| may_be_empty(grammar, it.body, &empty)).collect();
        if next == empty {
            break;
        }
        empty = next;
    }
    let mut first: Vec<Vec<usize>> = Vec::new();
    for production in &grammar.productions {
        let mut names = Vec::new();
        beginnings(grammar, production.body, &empty, &mut names);
        first.push(names);
    }
    grammar.productions.iter().enumerate().find(|(place, _)| reaches(&first, *place)).map(|(_, it)| it)
}

fn may_be_empty(grammar: &Grammar, node: NodeId, empty: &[bool]) -> bool {
    match &grammar.nodes[node] {
        Node::Literal(_) | Node::Class { .. } => false,
        Node::Name(place) => empty[*place],
        Node::Sequence(parts) => parts.iter().all(|it| may_be_empty(grammar, *it, empty)),
        Node::Choice(parts) => parts.iter().any(|it| may_be_empty(grammar, *it, empty)),
        Node::Repeat { inner, least, .. } => *least == 0 || may_be_empty(grammar, *inner, empty),
        Node::Except(inner, _) => may_be_empty(grammar, *inner, empty),
    }
}

/// The productions that may stand at the beginning of a node.
fn beginnings(grammar: &Grammar, node: NodeId, empty: &[bool], names: &mut Vec<usize>) {
    match &grammar.nodes[node] {
        Node::Literal(_) | Node::Class { .. } => {}
        Node::Name(place) => names.push(*place),
        Node::Choice(parts) => parts.iter().for_each(|it| beginnings(grammar, *it, empty, names)),
        Node::Repeat { inner, .. } => beginnings(grammar, *inner, empty, names),
        Node::Sequence(parts) => {
            for part in parts {
                beginnings(grammar, *part, empty, names);
                if !may_be_empty(grammar, *part, empty) {
                    break;
                }
            }
        }
        Node::Except(inner, without) => {
            beginnings(grammar, *inner, empty, names);
            beginnings(grammar, *without, empty, names);
        }
    }
}

fn reaches(first: &[Vec<usize>], start: usize) -> bool {
    let mut seen = vec![false; first.len()];
    let mut open = first[start].clone();
    while let Some(place) = open.pop() {
        if place == start {
            return true;
        }
        if !std::mem::replace(&mut seen[place], true) {
            open.extend(&first[place]);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_every_sign() {
        let text = "/* one */ a ::= B ( 'x' | \"'\" )* - C? B+\nB ::= [a-c#x5D_-] #x9\nC ::= [^'\\] - [0-9]";
        let grammar = Grammar::read(text).unwrap();
        let names: Vec<_> = grammar.productions().iter().map(|it| (it.name.as_str(), it.line, it.is_token())).collect();
        assert_eq!(names, [("a", 1, false), ("B", 2, true), ("C", 3, true)]);
        assert_eq!(grammar.words(), ["x"]);
        let ranges = vec![('a', 'c'), (']', ']'), ('_', '_'), ('-', '-')];
        assert!(grammar.nodes.contains(&Node::Class { negated: false, ranges }));
        assert!(grammar.nodes.contains(&Node::Class { negated: true, ranges: vec![('\'', '\''), ('\\', '\\')] }));
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        for (text, says) in [
            ("", "line 1: a grammar has"),
            ("a ::= 'x'\nb ::= c", "line 2: there is no production `c`"),
            ("a ::= 'x'\na ::= 'y'", "line 2: `a` is defined twice"),
            ("a ::= 'x' 'y", "line 1: the literal"),
            ("a ::= ( 'x'", "line 1: a `)` is missing"),
            ("a ::= 'x' |\nb ::= 'y'", "line 1: something must stand here"),
            ("a ::= [ab", "line 1: the class has no end"),
            ("a ::= $", "line 1: `$` means nothing"),
            ("'x' ::= 'y'", "line 1: a name must stand"),
            ("a ::= 'x' /* b", "line 1: the comment"),
            ("A ::= b\nb ::= 'x'", "line 1: the token `A` is made of `b`"),
            ("a ::= b\nb ::= 'x'? ( 'y' | a )", "line 1: `a` begins with itself"),
            ("a ::= 'x' )", "line 1: a production begins"),
        ] {
            let fault = Grammar::read(text).unwrap_err();
            assert!(fault.starts_with(says), "{text}: {fault}");
        }
    }
}
