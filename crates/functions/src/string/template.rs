//! What `regexReplace` puts in the place of a match: text, and what groups matched.

use regex::Captures;
use value::Pattern;

/// A replacement, read for one pattern.
pub struct Template(Vec<Piece>);

enum Piece {
    Text(String),
    /// What the group of this number matched.
    Group(usize),
}

impl Template {
    /// Reads a replacement: `$1`, `${name}` and `\$`; any other dollar sign stands for itself.
    pub fn read(text: &str, pattern: &Pattern) -> Template {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('$') {
            let (before, sign) = rest.split_at(at);
            rest = &sign[1..];
            if let Some(before) = before.strip_suffix('\\') {
                plain.push_str(before);
                plain.push('$');
                continue;
            }
            plain.push_str(before);
            match group(rest, pattern) {
                Some((number, length)) => {
                    pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    pieces.push(Piece::Group(number));
                    rest = &rest[length..];
                }
                None => plain.push('$'),
            }
        }
        plain.push_str(rest);
        pieces.push(Piece::Text(plain));
        Template(pieces)
    }

    /// The replacement, if it is the same for all matches.
    pub fn plain(&self) -> Option<&str> {
        match self.0.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// Appends the replacement of a match; a group that took no part is empty.
    pub fn write(&self, found: &Captures, result: &mut String) {
        for piece in &self.0 {
            result.push_str(match piece {
                Piece::Text(text) => text,
                Piece::Group(number) => found.get(*number).map_or("", |it| it.as_str()),
            });
        }
    }
}

/// The group that the text behind a dollar sign names, and how long its name is.
fn group(text: &str, pattern: &Pattern) -> Option<(usize, usize)> {
    if let Some(name) = text.strip_prefix('{') {
        let name = name.split_once('}')?.0;
        let (number, _) = pattern.names().iter().find(|(_, it)| **it == *name)?;
        return Some((*number, name.len() + 2));
    }
    // As many digits as still name a group: with nine groups, `$10` is the first and a zero.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=digits.min(3)).rev().find_map(|length| {
        let number: usize = text[..length].parse().ok()?;
        (number <= pattern.groups()).then_some((number, length))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn replaced(pattern: &str, with: &str, text: &str) -> String {
        let pattern = Pattern::new(pattern).unwrap();
        let mut result = String::new();
        Template::read(with, &pattern).write(&pattern.regex().captures(text).unwrap(), &mut result);
        result
    }

    #[test]
    fn groups_stand_for_what_they_matched() {
        assert_eq!(replaced("(a)(b)?", "[$2$1$0]", "a"), "[aa]");
        assert_eq!(replaced("(?<first>a)", "${first}$1", "a"), "aa");
        assert_eq!(replaced("(a)", "$10", "a"), "a0");
        assert_eq!(replaced("(a)", "$000", "a"), "a");
    }

    #[test]
    fn other_dollar_signs_stand_for_themselves() {
        assert_eq!(replaced("a", "$", "a"), "$");
        assert_eq!(replaced("a", "$7 ${b} ${", "a"), "$7 ${b} ${");
        assert_eq!(replaced("(a)", r"\$1", "a"), "$1");
        assert_eq!(replaced("a", "é$é", "a"), "é$é");
        assert_eq!(replaced("a", "$$", "a"), "$$");
    }
}
