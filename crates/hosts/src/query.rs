//! The queries of a file.

use syntax::{Diagnostic, Label, Span};

use crate::fill;
use crate::parameters::{self, Parameter};
use crate::text::{Hole, Text};

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Its queries, in the order of the file.
    pub queries: Vec<Query>,
    /// Where a query is that cannot be looked at.
    pub unread: Vec<Unread>,
}

/// A query of a file.
#[derive(Clone, Debug)]
pub struct Query {
    /// What it is called there, the outer names first: `Dashboard/Errors by hour`.
    pub name: String,
    /// What else a reference may call it, such as the `Name` of a query definition.
    pub also: Option<String>,
    /// As it stands in the file, with its placeholders.
    raw: Text,
    /// The parameters that it is said to have, and their defaults.
    listed: Vec<Parameter>,
    /// With a value for each placeholder.
    text: Text,
    /// Where the values stand that are guesses.
    guessed: Vec<Span>,
    /// Where it stands in the file with the blanks around it.
    around: Span,
}

/// A place where a query is, or should be, that cannot be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Unread {
    /// What it is called.
    pub name: String,
    /// Why.
    pub message: String,
    /// Where, in bytes of the file.
    pub span: Span,
}

impl Query {
    /// A query of a text out of the file.
    pub(crate) fn new(name: String, untrimmed: &Text) -> Query {
        let raw = untrimmed.trimmed();
        let (text, guessed) = fill::filled(&raw);
        let around = untrimmed.place(Span { start: 0, end: untrimmed.as_str().len() as u32 });
        Query { name, also: None, raw, listed: Vec::new(), text, guessed, around }
    }

    /// A saved query of a text out of the file: its `{{name}}`s are placeholders, with the defaults of these parameters.
    pub(crate) fn saved(name: String, text: &Text, listed: Vec<Parameter>) -> Query {
        Query { listed: listed.clone(), ..Query::new(name, &parameters::placed(text, &listed)) }
    }

    /// The same with another name, where it has one.
    pub(crate) fn also_called(self, also: Option<String>) -> Query {
        Query { also, ..self }
    }

    /// The text of the query, a value for each placeholder of its template.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The bytes of the file that a stretch of the text came from.
    pub fn place(&self, span: Span) -> Span {
        self.text.place(span)
    }

    /// Where the whole of it stands in the file.
    pub fn span(&self) -> Span {
        self.place(Span { start: 0, end: self.text().len() as u32 })
    }

    /// How many blanks of its last line stand behind it in the file and belong to it.
    pub(crate) fn blanks_behind(&self, file: &str) -> u32 {
        let behind = Span { start: self.span().end, end: self.around.end.max(self.span().end) }.text(file);
        (behind.len() - behind.trim_start_matches([' ', '\t']).len()) as u32
    }

    /// What a call of it as a saved query names: the `Name` of a query definition, else what it is called here.
    pub fn title(&self) -> &str {
        self.also.as_deref().unwrap_or(&self.name)
    }

    /// Its text as a saved query: `{{name}}` for what a call gives a value.
    pub fn template(&self) -> String {
        let names: Vec<String> = self.raw.holes().iter().map(|it| format!("{{{{{}}}}}", it.name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        self.raw.filled(&names).as_str().to_owned()
    }

    /// The parameters that a call of it may give a value: those it is said to have, and the other placeholders.
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut parameters = self.listed.clone();
        for hole in self.raw.holes() {
            if parameters.iter().all(|it| it.name != hole.name) {
                parameters.push(Parameter { name: hole.name, default: hole.value });
            }
        }
        parameters
    }

    /// The names of its placeholders, each once.
    pub fn placeholders(&self) -> Vec<String> {
        names(self.raw.holes())
    }

    /// The names of the placeholders whose values are not known, each once.
    pub fn unknown_values(&self) -> Vec<String> {
        names(self.raw.holes().into_iter().filter(|it| it.value.is_none()))
    }

    /// The same query with these values for the placeholders of these names; they go before those of its file.
    pub fn with_values(&self, values: &[(String, String)]) -> Query {
        let raw = self.raw.valued(values);
        let (text, guessed) = fill::filled(&raw);
        Query { raw, text, guessed, ..self.clone() }
    }

    /// Whether a name refers to it: the whole name, its last part, or what else it is called.
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name
            || self.also.as_deref() == Some(name)
            || self.name.strip_suffix(name).is_some_and(|it| it.ends_with(['/', '.']))
    }

    /// A diagnostic of its text as one of the file; None if it is about a placeholder's value, which is a guess.
    pub fn in_file(&self, diagnostic: &Diagnostic) -> Option<Diagnostic> {
        let touches = |it: &Span| {
            let span = diagnostic.span();
            span.start < it.end && it.start < span.end || span == *it
        };
        if self.guessed.iter().any(touches) {
            return None;
        }
        let label = |it: &Label| Label { span: self.place(it.span), text: it.text.clone() };
        Some(Diagnostic { labels: diagnostic.labels.iter().map(label).collect(), ..diagnostic.clone() })
    }

    /// The text as it stands in the file, with its placeholders.
    pub(crate) fn raw(&self) -> &Text {
        &self.raw
    }
}

fn names(holes: impl IntoIterator<Item = Hole>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for hole in holes {
        if !names.contains(&hole.name) {
            names.push(hole.name);
        }
    }
    names
}
