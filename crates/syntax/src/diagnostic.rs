//! What is wrong with a query, and what would do: for syntax and plan alike.

pub use crate::code::Code;
use crate::span::Span;

/// One fault of a query, or one warning about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Diagnostic {
    /// Which kind of fault it is.
    pub code: Code,
    /// One sentence, lower case, no full stop: what was found, then what would do.
    pub message: String,
    /// The places it is about: at most two, the main one first.
    pub labels: Vec<Label>,
    /// A way out, where one is known.
    pub help: Option<String>,
}

/// A place in the query and what is to be said of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What; may be empty.
    pub text: String,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    /// The query cannot run.
    Error,
    /// It runs, and may not say what was meant.
    Warning,
}

impl Diagnostic {
    /// A fault at a place.
    pub fn new(code: Code, span: Span, message: &str) -> Diagnostic {
        Diagnostic { code, message: message.to_owned(), labels: vec![Label { span, text: String::new() }], help: None }
    }

    /// The same, with something said at its place.
    pub fn saying(mut self, text: &str) -> Diagnostic {
        if let Some(label) = self.labels.first_mut() {
            text.clone_into(&mut label.text);
        }
        self
    }

    /// The same, with a second place.
    pub fn also(mut self, span: Span, text: &str) -> Diagnostic {
        self.labels.truncate(1);
        self.labels.push(Label { span, text: text.to_owned() });
        self
    }

    /// The same, with a way out.
    pub fn help(mut self, text: &str) -> Diagnostic {
        self.help = Some(text.to_owned());
        self
    }

    /// The main place.
    pub fn span(&self) -> Span {
        self.labels.first().map(|label| label.span).unwrap_or_default()
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// The candidate a word was most likely meant to be, case aside: for "did you mean". None if no candidate is near.
///
/// ```
/// assert_eq!(syntax::nearest("cuont", &["count", "concat"]), Some("count"));
/// assert_eq!(syntax::nearest("xyz", &["count", "concat"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Long words are compared at a cost of their lengths multiplied, and no name is that long.
    const LONGEST: usize = 64;
    let word = word.to_lowercase();
    let length = word.chars().count();
    if length > LONGEST {
        return None;
    }
    let allowed = (length / 3).max(1);
    candidates
        .iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&word, &candidate.to_lowercase()), *candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_in_any_case() {
        assert_eq!(nearest("FEILDS", &["filter", "fields"]), Some("fields"));
        assert_eq!(nearest("fileds", &["filter", "fields"]), Some("fields"));
        assert_eq!(nearest("strLength", &["strlen", "substr"]), Some("strlen"));
        assert_eq!(nearest("a", &["b"]), None);
        assert_eq!(nearest("", &["b"]), None);
        assert_eq!(nearest(&"x".repeat(100_000), &["b"]), None);
    }

    #[test]
    fn two_labels_at_most() {
        let one = Span { start: 0, end: 1 };
        let it = Diagnostic::new(Code::Redefined, one, "found").saying("here").also(one, "first").also(one, "second");
        assert_eq!(it.labels.len(), 2);
        assert_eq!(it.labels[1].text, "second");
        assert_eq!(it.severity(), Severity::Error);
    }
}
