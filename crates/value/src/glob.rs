//! The pattern of `parse "…*…"`: text with stars that stand for any text.

use std::fmt;

use memchr::memmem::Finder;

/// `"[*] * The error was: *"`, ready to match.
///
/// It may begin anywhere in a text. Each star takes as little as it can, over line ends too, a star at the end takes the
/// rest; text behind the last star need only occur. There is no escape for a star.
#[derive(Clone, Debug)]
pub struct Glob {
    source: Box<str>,
    /// What stands in front of the first star, and behind each.
    pieces: Box<[Finder<'static>]>,
}

impl Glob {
    /// The pattern of a text.
    pub fn new(source: &str) -> Glob {
        let pieces = source.split('*').map(|it| Finder::new(it).into_owned()).collect();
        Glob { source: source.into(), pieces }
    }

    /// The text of the pattern.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The longest text that stands in every match; empty for nothing but stars.
    pub fn required(&self) -> &str {
        self.source.split('*').max_by_key(|it| it.len()).unwrap_or_default()
    }

    /// How many stars there are.
    pub fn stars(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }

    /// What each star stands for in a text, in order; `None` if the text does not match.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut captures = Vec::with_capacity(self.stars());
        self.captures_into(text, &mut captures).then_some(captures)
    }

    /// Whether a text matches; puts what each star stands for into `captures`, in place of what was there.
    pub fn captures_into<'t>(&self, text: &'t str, captures: &mut Vec<&'t str>) -> bool {
        captures.clear();
        let Some((first, others)) = self.pieces.split_first() else { return false };
        let Some(start) = first.find(text.as_bytes()) else { return false };
        let mut at = start + first.needle().len();
        for (index, piece) in others.iter().enumerate() {
            let length = match piece.needle().is_empty() && index + 1 == others.len() {
                true => text.len() - at,
                false => match piece.find(&text.as_bytes()[at..]) {
                    Some(length) => length,
                    None => return false,
                },
            };
            captures.push(&text[at..at + length]);
            at += length + piece.needle().len();
        }
        true
    }
}

impl PartialEq for Glob {
    fn eq(&self, other: &Glob) -> bool {
        self.source == other.source
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captures<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
        Glob::new(pattern).captures(text)
    }

    #[test]
    fn stars_take_the_text_between_literals() {
        let line = "25 May 2019 10:24:39,474 [ERROR] {foo=2, bar=data} The error was: DataIntegrityException";
        let expected = vec!["ERROR", "{foo=2, bar=data}", "DataIntegrityException"];
        assert_eq!(captures("[*] * The error was: *", line), Some(expected));
    }

    #[test]
    fn a_star_takes_as_little_as_it_can() {
        assert_eq!(captures("a=*;", "a=1;b=2;"), Some(vec!["1"]));
        assert_eq!(captures("*/*/*/*", "prod/api/7/x/y"), Some(vec!["prod", "api", "7", "x/y"]));
        assert_eq!(captures("a**b", "xa12b"), Some(vec!["", "12"]));
    }

    #[test]
    fn the_last_star_takes_the_rest_over_line_ends() {
        assert_eq!(captures("error: *", "x\nerror: a\nb\n"), Some(vec!["a\nb\n"]));
        assert_eq!(captures("*", ""), Some(vec![""]));
        assert_eq!(captures("a*", "a"), Some(vec![""]));
    }

    #[test]
    fn text_behind_the_last_star_must_occur() {
        assert_eq!(captures("code: *;", "code: 7; more"), Some(vec!["7"]));
        assert_eq!(captures("code: *;", "code: 7"), None);
        assert_eq!(captures("code: *", "status: 7"), None);
    }

    #[test]
    fn literals_of_several_bytes_cut_no_character() {
        assert_eq!(captures("→*←", "a→ü←b"), Some(vec!["ü"]));
    }

    #[test]
    fn a_pattern_without_stars_only_matches() {
        assert_eq!(captures("abc", "xabcx"), Some(vec![]));
        assert_eq!(captures("", "anything"), Some(vec![]));
        assert_eq!(Glob::new("a*b*").stars(), 2);
    }
}
