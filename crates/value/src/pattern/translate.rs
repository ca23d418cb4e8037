//! From the service's dialect to that of the library: what the two spell differently, and what only one has.

use super::BadPattern;
use super::class;
use super::escape::Escape;

/// A pattern as the library reads it.
pub struct Translation {
    /// The pattern.
    pub text: String,
    /// The groups that have a name, by number.
    pub names: Vec<(usize, Box<str>)>,
    /// The text it looks for, if it is plain.
    pub literal: Option<String>,
    /// Where parts of the text come from: bytes of it, and bytes of the original, both ascending.
    origins: Vec<(usize, usize)>,
}

impl Translation {
    /// The place in the original of a byte of the text.
    pub fn origin(&self, byte: usize) -> usize {
        let after = self.origins.partition_point(|(it, _)| *it <= byte);
        after.checked_sub(1).map_or(0, |it| self.origins[it].1)
    }
}

/// Translates a pattern, and refuses what the dialect lacks.
pub fn translate(source: &str) -> Result<Translation, BadPattern> {
    let mut scan = Scan { source, at: 0, text: String::new(), literal: Some(String::new()), origins: Vec::new() };
    let mut names: Vec<(usize, Box<str>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut groups = 0;
    // Where the last quantifier began, if it ended just here; and whether anything stands here that one can apply to.
    let mut quantifier = None;
    let mut is_repeatable = false;
    while let Some(char) = scan.peek() {
        let start = scan.at;
        scan.origins.push((scan.text.len(), start));
        let before = quantifier.take();
        let was_repeatable = std::mem::replace(&mut is_repeatable, true);
        match char {
            '\\' => scan.escape()?,
            '[' => {
                scan.literal = None;
                class::translate(&mut scan)?;
            }
            '(' => {
                scan.literal = None;
                open.push(start);
                is_repeatable = false;
                match group(&scan)? {
                    Group::Plain => {
                        groups += 1;
                        scan.copy(1);
                    }
                    Group::Named(name, length) => {
                        groups += 1;
                        if names.iter().any(|(_, it)| **it == *name) {
                            return Err(bad(start, format!("two groups are called `{name}`")));
                        }
                        names.push((groups, name.into()));
                        scan.replace(length, "(");
                    }
                    Group::Flags => {
                        scan.copy(2);
                        // The flags, up to the end of the group's head, are for the library to check.
                        while let Some(flag) = scan.peek().filter(|it| !matches!(it, ':' | ')' | '(')) {
                            scan.origins.push((scan.text.len(), scan.at));
                            scan.copy(flag.len_utf8());
                        }
                        if scan.peek() == Some(':') {
                            scan.copy(1);
                        }
                    }
                }
            }
            ')' => {
                scan.literal = None;
                if open.pop().is_none() {
                    return Err(bad(start, "this parenthesis was never opened"));
                }
                scan.copy(1);
            }
            '*' | '+' | '?' => {
                scan.literal = None;
                match before {
                    Some(place) if char == '+' => {
                        return Err(bad(
                            place,
                            "there are no possessive quantifiers: matching never takes back a step",
                        ));
                    }
                    Some(_) if char == '?' => {}
                    _ if !was_repeatable => return Err(bad(start, "there is nothing here to repeat")),
                    _ => quantifier = Some(start),
                }
                scan.copy(1);
            }
            '{' => match quantifier_length(scan.rest()) {
                Some(_) if !was_repeatable => return Err(bad(start, "there is nothing here to repeat")),
                Some(length) => {
                    scan.literal = None;
                    quantifier = Some(start);
                    scan.copy(length);
                }
                None => scan.plain('{', 1),
            },
            '^' | '|' | '$' | '.' => {
                scan.literal = None;
                is_repeatable = char != '|';
                scan.copy(1);
            }
            _ => scan.plain(char, char.len_utf8()),
        }
    }
    if let Some(start) = open.pop() {
        return Err(bad(start, "this parenthesis is never closed"));
    }
    let literal = scan.literal.filter(|it| !it.is_empty());
    Ok(Translation { text: scan.text, names, literal, origins: scan.origins })
}

/// A pattern on its way from one dialect to the other.
pub struct Scan<'a> {
    pub source: &'a str,
    /// How far it is read.
    pub at: usize,
    /// What is written.
    pub text: String,
    /// The plain text it looks for, as long as nothing special was met.
    pub literal: Option<String>,
    origins: Vec<(usize, usize)>,
}

impl<'a> Scan<'a> {
    pub fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes so many bytes over as they are.
    pub fn copy(&mut self, length: usize) {
        self.replace(length, &self.source[self.at..self.at + length]);
    }

    /// Reads so many bytes, and writes something else.
    pub fn replace(&mut self, length: usize, text: &str) {
        self.text.push_str(text);
        self.at += length;
    }

    /// Reads so many bytes that stand for a character, and writes it so that it has no other meaning.
    pub fn plain(&mut self, char: char, length: usize) {
        self.at += length;
        write_plain(char, &mut self.text);
        if let Some(it) = &mut self.literal {
            it.push(char);
        }
    }

    /// An escape outside of brackets.
    fn escape(&mut self) -> Result<(), BadPattern> {
        let escape = Escape::read(self.rest(), self.at)?;
        match escape {
            Escape::Char(char, length) => self.plain(char, length),
            Escape::Quoted(text, length) => {
                self.at += length;
                for char in text.chars() {
                    self.plain(char, 0);
                }
            }
            // Flags must not widen an ASCII class to what only folds to it.
            Escape::Class(inside, is_negated) => {
                let caret = if is_negated { "^" } else { "" };
                self.special(2, &format!("(?-i:[{caret}{inside}])"));
            }
            Escape::Boundary(letter) => self.special(2, if letter == 'b' { r"(?-u:\b)" } else { r"(?-u:\B)" }),
            Escape::Passed(length) => {
                let text = &self.rest()[..length];
                self.special(length, text);
            }
        }
        Ok(())
    }

    fn special(&mut self, length: usize, text: &str) {
        self.literal = None;
        self.replace(length, text);
    }
}

pub fn bad(offset: usize, message: impl Into<String>) -> BadPattern {
    BadPattern { offset, message: message.into() }
}

/// Writes a character so that it has no other meaning, in brackets or out of them.
pub fn write_plain(char: char, text: &mut String) {
    match char {
        // Also keeps the drawing of an error on one line.
        '\n' => text.push_str(r"\n"),
        '\r' => text.push_str(r"\r"),
        // The library gives a meaning to the escapes of these two.
        '<' | '>' => text.push(char),
        it if it.is_ascii_punctuation() || it == ' ' => {
            text.push('\\');
            text.push(it);
        }
        it => text.push(it),
    }
}

enum Group<'a> {
    Plain,
    /// `(?<name>`, and how long that is.
    Named(&'a str, usize),
    /// `(?i)`, `(?:`
    Flags,
}

/// The head of a group.
fn group<'a>(scan: &Scan<'a>) -> Result<Group<'a>, BadPattern> {
    let Some(head) = scan.rest().strip_prefix("(?") else { return Ok(Group::Plain) };
    let refused = [
        ("=", "there is no look-ahead: it takes more than linear time"),
        ("!", "there is no look-ahead: it takes more than linear time"),
        ("<=", "there is no look-behind: it takes more than linear time"),
        ("<!", "there is no look-behind: it takes more than linear time"),
        (">", "there are no atomic groups: matching never takes back a step"),
        ("P=", "there are no back-references: they take more than linear time"),
    ];
    if let Some((_, message)) = refused.iter().find(|(it, _)| head.starts_with(it)) {
        return Err(bad(scan.at, *message));
    }
    let Some(name) = head.strip_prefix("P<").or_else(|| head.strip_prefix('<')) else { return Ok(Group::Flags) };
    match name.find('>') {
        Some(0) => Err(bad(scan.at, "this group has an empty name")),
        Some(end) => Ok(Group::Named(&name[..end], scan.rest().len() - name.len() + end + 1)),
        None => Err(bad(scan.at, "the name of this group never ends")),
    }
}

/// The length of `{2}`, `{2,}` or `{2,3}` at the head of a text; other braces are text.
fn quantifier_length(text: &str) -> Option<usize> {
    let inside = text.get(1..text.find('}')?)?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let are_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    (!least.is_empty() && are_digits(least) && are_digits(most)).then_some(inside.len() + 2)
}
