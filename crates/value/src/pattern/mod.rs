//! Regular expressions of the service's dialect: like RE2, in linear time, `\w`, `\d`, `\s` and `\b` in ASCII.

mod class;
mod escape;
mod required;
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
    /// A text in every match.
    required: Option<Box<str>>,
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
        let required = required::required(&translation.text).map(String::into_boxed_str);
        let literal = translation.literal.map(|it| Finder::new(&it).into_owned());
        Ok(Pattern(Arc::new(Compiled { source: source.into(), regex, names: translation.names, literal, required })))
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

    /// A text that stands in every match, where there is one: for a pattern without any special character, all of it.
    pub fn required(&self) -> Option<&str> {
        self.0.required.as_deref()
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
mod tests;
