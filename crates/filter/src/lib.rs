//! The filter patterns of `FilterLogEvents`, live tail and metric filters: text to a matcher of messages.
//!
//! A pattern is a list of terms, a regular expression, a condition on JSON, or a list of the fields of a line. It is
//! another language than that of Logs Insights, and has nothing in common with it.
//!
//! ```
//! use filter::Pattern;
//!
//! let pattern = Pattern::parse(r#"{ $.status >= 500 && $.path != "/health*" }"#).unwrap();
//! assert!(pattern.matches(r#"{"status": 503, "path": "/orders"}"#));
//! assert!(!pattern.matches(r#"{"status": 503, "path": "/healthz"}"#));
//!
//! let error = Pattern::parse("user.id").unwrap_err();
//! assert_eq!(error.message, "invalid character `.` in the term `user.id`");
//! assert_eq!(error.hint.as_deref(), Some("write it in quotes: `\"user.id\"`"));
//! ```

mod comparison;
mod delimited;
mod error;
mod expression;
mod glob;
mod json;
mod number;
mod selector;
mod terms;
mod token;

pub use error::Error;

use delimited::Line;
use expression::Expression;
use json::Condition;
use terms::Terms;

/// The longest pattern, in characters: the service's model of `FilterPattern` says so.
pub const LONGEST: usize = 1024;

/// How many regular expressions a pattern of JSON or of a line may hold.
pub const MOST_EXPRESSIONS: usize = 2;

/// How many selectors of a pattern of JSON may hold a `*`.
pub const MOST_WILDCARDS: usize = 3;

/// A filter pattern, ready to be held against messages.
#[derive(Debug)]
pub struct Pattern(Kind);

#[derive(Debug)]
enum Kind {
    /// An empty pattern.
    Everything,
    /// `ERROR -"not found"`
    Terms(Terms),
    /// `%5\d\d%`
    Expression(Expression),
    /// `{ $.status = 500 }`
    Json(Condition),
    /// `[ip, user, ..., status = 5*]`
    Line(Line),
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, and where: one fault, the first.
    pub fn parse(text: &str) -> Result<Pattern, Error> {
        if text.chars().count() > LONGEST {
            let message = format!("a filter pattern has at most {LONGEST} characters");
            return Err(Error { message, place: 0..text.len(), hint: None });
        }
        let inner = text.trim();
        let kind = match inner.chars().next() {
            None => Kind::Everything,
            Some('{') => Kind::Json(json::parse(text, enclosed(text, inner, '{', '}')?)?),
            Some('[') => Kind::Line(delimited::parse(text, enclosed(text, inner, '[', ']')?)?),
            Some('%') => Kind::Expression(expression::parse(text, inner)?),
            Some(_) => Kind::Terms(terms::parse(text, inner)?),
        };
        Ok(Pattern(kind))
    }

    /// Whether a message matches.
    pub fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Everything => true,
            Kind::Terms(terms) => terms.matches(message),
            Kind::Expression(expression) => expression.matches(message),
            Kind::Json(condition) => json::matches(condition, message),
            Kind::Line(line) => line.matches(message),
        }
    }

    /// Texts that every message that matches holds, as they would be written without the escapes of JSON.
    pub fn literals(&self) -> Vec<String> {
        let mut texts = match &self.0 {
            Kind::Terms(terms) => terms.required(),
            Kind::Json(condition) => json::required(condition),
            Kind::Everything | Kind::Expression(_) | Kind::Line(_) => Vec::new(),
        };
        texts.retain(|it| !it.is_empty());
        texts
    }

    /// Texts of which every message that matches holds one; none where that is not known.
    pub fn alternatives(&self) -> Vec<String> {
        match &self.0 {
            Kind::Terms(terms) => terms.optional(),
            _ => Vec::new(),
        }
    }
}

/// What stands between the brackets around a pattern.
fn enclosed<'a>(text: &'a str, inner: &'a str, open: char, close: char) -> Result<&'a str, Error> {
    inner.strip_prefix(open).and_then(|it| it.strip_suffix(close)).ok_or_else(|| {
        let message = format!("a filter pattern that starts with `{open}` must end with `{close}`");
        let hint = format!("to look for the character itself, write it in quotes: `\"{open}\"`");
        Error::at(text, &text[text.trim_end().len()..], message).with_hint(hint)
    })
}
