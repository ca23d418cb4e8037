//! Regular expressions of the service's dialect: like RE2, in linear time, `\w`, `\d`, `\s` and `\b` in ASCII.

mod class;
mod translate;

use std::fmt;
use std::sync::Arc;

use memchr::memmem::Finder;
use regex::{CaptureLocations, Regex, RegexBuilder};

use translate::Translation;

/// `/regex/`, compiled; clones share it.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Compiled>);

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadPattern {
    /// Where in the pattern, in bytes.
    pub offset: usize,
    /// What is wrong there: lower case, no full stop.
    pub message: String,
}

#[derive(Debug)]
struct Compiled {
    source: Box<str>,
    regex: Regex,
    names: Vec<(usize, Box<str>)>,
    /// What the pattern looks for, where that is plain text.
    literal: Option<Finder<'static>>,
}

/// What one compiled pattern may take, in bytes: refuses `/a{1000000}/`, and lets pass what people write.
const SIZE_LIMIT: usize = 10 << 20;
/// How deep groups may be nested.
const NESTING_LIMIT: u32 = 100;

impl Pattern {
    /// Compiles the text between the slashes.
    ///
    /// A brace that is no quantifier stands for itself, so does a bracket within brackets; groups may have any name, of
    /// which the regular expression knows nothing: see [`Pattern::names`]. Look-around, back-references and possessive
    /// quantifiers are errors.
    pub fn new(source: &str) -> Result<Pattern, BadPattern> {
        let translation = translate::translate(source)?;
        let regex = RegexBuilder::new(&translation.text)
            .size_limit(SIZE_LIMIT)
            .nest_limit(NESTING_LIMIT)
            .build()
            .map_err(|it| bad_pattern(&it, &translation))?;
        let literal = translation.literal.map(|it| Finder::new(&it).into_owned());
        Ok(Pattern(Arc::new(Compiled { source: source.into(), regex, names: translation.names, literal })))
    }

    /// The text between the slashes.
    pub fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether the pattern occurs in a text.
    #[inline]
    pub fn is_match(&self, text: &str) -> bool {
        match &self.0.literal {
            Some(literal) => literal.find(text.as_bytes()).is_some(),
            None => self.0.regex.is_match(text),
        }
    }

    /// What the pattern looks for, where it is plain text without any special character.
    pub fn literal(&self) -> Option<&str> {
        let literal = self.0.literal.as_ref()?;
        std::str::from_utf8(literal.needle()).ok()
    }

    /// The groups that have a name, in order: their number, which counts from 1, and their name.
    pub fn names(&self) -> &[(usize, Box<str>)] {
        &self.0.names
    }

    /// How many groups there are, named or not, the whole match not counted.
    pub fn groups(&self) -> usize {
        self.0.regex.captures_len() - 1
    }

    /// The regular expression itself, without names.
    pub fn regex(&self) -> &Regex {
        &self.0.regex
    }

    /// Room for what [`Pattern::captures`] finds, to be used for many texts.
    pub fn locations(&self) -> CaptureLocations {
        self.0.regex.capture_locations()
    }

    /// Whether the pattern occurs in a text; if so, `locations` holds where each group lies in its first occurrence.
    #[inline]
    pub fn captures(&self, text: &str, locations: &mut CaptureLocations) -> bool {
        self.0.regex.captures_read(locations, text).is_some()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.0.source == other.0.source
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("/")?;
        let mut is_escaped = false;
        for char in self.0.source.chars() {
            if char == '/' && !is_escaped {
                out.write_str("\\")?;
            }
            is_escaped = char == '\\' && !is_escaped;
            write!(out, "{char}")?;
        }
        out.write_str("/")
    }
}

impl fmt::Display for BadPattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)
    }
}

impl std::error::Error for BadPattern {}

/// What the library found wrong with a translated pattern, at its place in the original.
fn bad_pattern(error: &regex::Error, translation: &Translation) -> BadPattern {
    let text = match error {
        regex::Error::Syntax(text) => text,
        _ => return BadPattern { offset: 0, message: String::from("the pattern is too large") },
    };
    // The library draws the pattern, marks below it, and ends with a line that begins with `error: `.
    let message = text.lines().filter_map(|it| it.strip_prefix("error: ")).next_back();
    let message = message.unwrap_or("the pattern cannot be read").to_owned();
    let marks = text.lines().find(|it| it.contains('^') && it.trim_matches([' ', '^']).is_empty());
    let column = marks.and_then(|it| it.find('^')).unwrap_or_default().saturating_sub(INDENT);
    let byte = translation.text.char_indices().nth(column).map_or(translation.text.len(), |(byte, _)| byte);
    BadPattern { offset: translation.origin(byte), message }
}

/// How far the library indents the pattern it draws.
const INDENT: usize = 4;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap_or_else(|it| panic!("{pattern}: {it}")).is_match(text)
    }

    fn error(pattern: &str) -> (usize, String) {
        let Err(error) = Pattern::new(pattern) else { panic!("{pattern} compiles") };
        (error.offset, error.message)
    }

    #[test]
    fn classes_are_ascii() {
        for (pattern, text) in [(r"^\w$", "é"), (r"^\d$", "٣"), (r"^\s$", "\u{a0}"), (r"(?i)^\w$", "ſ"), (r"\bé", "é")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            (r"^\W$", "é"),
            (r"^\D$", "٣"),
            (r"^\S$", "\u{a0}"),
            (r"^[\W]$", "é"),
            (r"^[^\w]$", "é"),
            (r"^\w\d\s$", "a1\t"),
            (r"^.$", "é"),
            (r"\Bé", "é"),
            (r"^[\d\s-]+$", "1- 2"),
            (r"^\w+$", "aZ_09"),
            (r"\bcat\b", "a cat."),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        assert!(!matches("a.b", "a\nb"));
    }

    #[test]
    fn braces_that_are_no_quantifiers_stand_for_themselves() {
        for (pattern, text) in [
            ("{foo=(?<a>\\d+)}", "{foo=7}"),
            ("a{,2}", "a{,2}"),
            ("^x{2}$", "xx"),
            ("^x{2,}$", "xxx"),
            ("^x{1,2}?$", "xx"),
            ("{\"a\":{", "{\"a\":{"),
            ("a{b", "a{b"),
            ("a{", "a{"),
            ("}{", "}{"),
            (r"\{\}", "{}"),
            ("x{2", "x{2"),
        ] {
            assert!(matches(pattern, text), "{pattern}");
        }
    }

    #[test]
    fn brackets_hold_what_they_hold_elsewhere() {
        for (pattern, text) in [
            ("^[[]$", "["),
            ("^[^[]$", "a"),
            ("^[]]$", "]"),
            ("^[^]]$", "a"),
            ("^[[:alpha:]]+$", "ab"),
            ("^[[:^alpha:]]$", "1"),
            (r"^[\w.-]+$", "a.b-c"),
            (r"^[\w-.]+$", "a-b.c"),
            ("^[a-c-]+$", "b-"),
            ("^[-a]+$", "-a"),
            ("^[&&]+$", "&"),
            ("^[a~~b]+$", "~"),
            ("^[+--]+$", ",-+"),
            ("^[--/]+$", ".-/"),
            (r"^[\[\]]+$", "[]"),
            (r"^[\/\\]+$", r"\/"),
            ("^[{}]+$", "{}"),
            ("^[a^]+$", "^a"),
            (r"^[\x41-\x43]$", "B"),
            (r#"^["']$"#, "'"),
            ("^[<>]$", "<"),
            ("^[a-]]$", "a]"),
        ] {
            assert!(matches(pattern, text), "{pattern}");
        }
        assert!(!matches("^[[:alpha:]]$", "é"));
    }

    #[test]
    fn other_spellings_of_the_dialect_are_understood() {
        for (pattern, text) in [
            (r"\<b\>", "<b>"),
            (r"\/a\/", "/a/"),
            (r#"\"x\""#, "\"x\""),
            (r"\Qa.b*\E+", "a.b**"),
            (r"\Q[", "["),
            (r"^\x{e9}$", "é"),
            (r"^\pL$", "é"),
            (r"^\p{Greek}\P{Greek}$", "αa"),
            (r"^(?i)ERROR", "error"),
            (r"a(?i:B)c", "abc"),
            (r"\é", "é"),
            (r"\_\-\ \#", "_- #"),
            (r"\Aab\z", "ab"),
            (r"(?s)a.b", "a\nb"),
            (r"(?m)^b$", "a\nb"),
            (r"\a|\f|\t|\n|\r|\v", "\t"),
            (r"^\07$", "\u{7}"),
            ("a\nb", "a\nb"),
            ("(?P<x>a)", "a"),
            ("a|", ""),
            ("a??", ""),
            ("", "x"),
        ] {
            assert!(matches(pattern, text), "{pattern}");
        }
    }

    #[test]
    fn groups_have_any_name() {
        let pattern = Pattern::new(r"(?<@id>\d+)(x)(?:y)(?P<a.b-c>z)?(?<1st>w)(?<name>v)").unwrap();
        let names: Vec<(usize, &str)> = pattern.names().iter().map(|(at, name)| (*at, &**name)).collect();
        assert_eq!(names, [(1, "@id"), (3, "a.b-c"), (4, "1st"), (5, "name")]);
        assert_eq!(pattern.groups(), 5);
        let mut locations = pattern.locations();
        assert!(pattern.captures("..17xywv", &mut locations));
        assert_eq!(locations.get(1), Some((2, 4)));
        assert_eq!(locations.get(3), None);
        assert!(!pattern.captures("17xyw", &mut locations));
    }

    #[test]
    fn what_takes_more_than_linear_time_is_refused_with_its_place() {
        for (pattern, offset, word) in [
            ("é(?=b)", 2, "look-ahead"),
            ("a(?!b)", 1, "look-ahead"),
            ("(?<=a)b", 0, "look-behind"),
            ("x(?<!a)b", 1, "look-behind"),
            (r"(a)\1", 3, "back-reference"),
            (r"(?<n>a)\k<n>", 7, "back-reference"),
            ("(?P=n)", 0, "back-reference"),
            ("a++", 1, "possessive"),
            ("xa*+", 2, "possessive"),
            ("a?+", 1, "possessive"),
            ("a{2}+", 1, "possessive"),
            ("(?>a)", 0, "atomic"),
        ] {
            let (place, message) = error(pattern);
            assert_eq!(place, offset, "{pattern}: {message}");
            assert!(message.contains(word), "{pattern}: {message}");
        }
    }

    #[test]
    fn mistakes_have_a_place() {
        for (pattern, offset) in [
            ("a(b", 1),
            ("ab)c", 2),
            ("é[a", 2),
            ("a|*b", 2),
            (r"\d\h", 2),
            ("ab{3,2}", 2),
            ("x[z-a]", 2),
            (r"ab\", 2),
            (r"\p{Nonsense}", 0),
            ("(?<a>x)(?<a>y)", 7),
            ("(?<>x)", 0),
            ("(?<a", 0),
            ("(?y)", 2),
            (r"\Ca", 0),
            (r"[\b]", 1),
            ("a\n(b", 2),
            ("{é}(?y)", 6),
        ] {
            let (place, message) = error(pattern);
            assert_eq!(place, offset, "{pattern}: {message}");
            assert!(!message.is_empty() && !message.contains('\n'), "{message}");
        }
    }

    #[test]
    fn patterns_too_large_are_refused() {
        for pattern in [
            "a{1000000}",
            "(a{1000}){1000}",
            &"(".repeat(100_000),
            &format!("{}{}", "(".repeat(5_000), ")".repeat(5_000)),
        ] {
            assert!(Pattern::new(pattern).is_err());
        }
    }

    #[test]
    fn plain_text_is_known_as_such() {
        for (pattern, literal) in [
            ("ERROR", "ERROR"),
            (r"a\.b\/c", "a.b/c"),
            ("{x}", "{x}"),
            ("é ü", "é ü"),
            (r"\Qa+\E", "a+"),
            (r"\n", "\n"),
        ] {
            assert_eq!(Pattern::new(pattern).unwrap().literal(), Some(literal));
            assert!(matches(pattern, &format!("..{literal}..")));
        }
        for pattern in ["", "a.b", "a|b", "^a", "(a)", "a*", "[a]", r"\d", "(?i)a", "a$", r"a\b", "a{2}", "a?"] {
            assert_eq!(Pattern::new(pattern).unwrap().literal(), None, "{pattern}");
        }
    }

    #[test]
    fn it_prints_as_a_query_has_it() {
        assert_eq!(Pattern::new(r"a\/b").unwrap().to_string(), r"/a\/b/");
        assert_eq!(Pattern::new("a/b").unwrap().to_string(), r"/a\/b/");
        assert_eq!(Pattern::new("a").unwrap(), Pattern::new("a").unwrap());
    }
}
