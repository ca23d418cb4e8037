//! Calls of saved queries, `$Name(…)`: before anything else, their text takes the place of the call, with the values of
//! the call in the places of its parameters.
//!
//! What is said of the text that comes of it is said at the places of the text as written: what lies in a saved query,
//! at its call.

use std::borrow::Cow;
use std::sync::Arc;

use syntax::command::{Saved, SavedValue, calls};
use syntax::{Code, Diagnostic, ExprKind, Label, Span};

use crate::context::{Beyond, Context, Limits, MOST_PARAMETERS};
use crate::scope::Scope;
use crate::{Plan, Step};

/// A saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// What it is called, case included.
    pub name: String,
    /// Its text: `{{level}}` where the value of a parameter belongs.
    pub text: String,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The file it stands in.
    pub origin: String,
}

/// A parameter of a saved query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called, case included.
    pub name: String,
    /// The text that takes its place where a call gives no value.
    pub default: Option<String>,
}

impl Definition {
    /// A saved query with these parameters and defaults; a `{{name}}` of its text that is none of them is one too.
    pub fn new(name: &str, text: &str, parameters: Vec<Parameter>, origin: &str) -> Definition {
        let mut it = Definition { name: name.into(), text: text.into(), parameters, origin: origin.into() };
        replaced(text, &mut |name| {
            if it.parameters.iter().all(|it| it.name != name) {
                it.parameters.push(Parameter { name: name.to_owned(), default: None });
            }
            None
        });
        it
    }
}

/// The text with what `value` gives for each `{{name}}`, which stays where it gives nothing.
fn replaced<'v>(text: &str, value: &mut dyn FnMut(&str) -> Option<&'v str>) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, behind) = rest.split_at(at);
        whole.push_str(before);
        let inner = behind.strip_prefix("{{").and_then(|it| it.split_once("}}"));
        let inner = inner.filter(|(name, _)| is_name(name)).and_then(|(name, after)| Some((value(name)?, after)));
        rest = match inner {
            Some((value, after)) => {
                whole.push_str(value);
                after
            }
            None => {
                whole.push_str("{{");
                &behind[2..]
            }
        };
    }
    whole + rest
}

/// Whether a parameter may be called so: a letter or `_`, then letters, digits and `_`.
fn is_name(text: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphabetic() || it == '_';
    text.starts_with(is_letter) && text.chars().all(|it| is_letter(it) || it.is_ascii_digit())
}

/// A text in which calls are expanded, and how its places lead back to the text as written.
pub struct Expansion<'t> {
    text: Cow<'t, str>,
    /// In order, without gaps; none where nothing was expanded.
    pieces: Vec<Piece>,
    /// What is said of the calls.
    pub warnings: Vec<Diagnostic>,
}

/// A stretch of the expanded text.
struct Piece {
    /// Where it starts.
    start: u32,
    /// Where it stands in the text as written: the call, for the text of a saved query.
    from: Span,
    /// The saved query whose text it is.
    saved: Option<String>,
}

/// The text with the saved queries that it calls in the places of the calls; as it is, where one cannot be called.
pub fn expanded(text: &str, context: &Context) -> String {
    expand(text, context).map_or_else(|_| text.to_owned(), |it| it.text.into_owned())
}

/// Expands the calls of a text. A saved query that may yet be there is left as a call, with a warning.
pub fn expand<'t>(text: &'t str, context: &Context) -> Result<Expansion<'t>, Vec<Diagnostic>> {
    let mut expansion = Expansion { text: Cow::Borrowed(text), pieces: Vec::new(), warnings: Vec::new() };
    if !text.contains('$') {
        return Ok(expansion);
    }
    let (query, unread) = syntax::read(text);
    let mut faults = Vec::new();
    let mut whole = String::new();
    let mut at = 0;
    for (call, span) in calls(&query) {
        match filled(call, text, context) {
            Ok(Some(saved)) => {
                expansion.push(&mut whole, Span { start: at, end: span.start }.text(text), at, None);
                expansion.push(&mut whole, &saved, span.start, Some((&call.name.text, span)));
                at = span.end;
            }
            Ok(None) => {
                let message = format!("which commands `{}` stands for is not known here", title(call));
                expansion.warnings.push(Diagnostic::new(Code::Unchecked, call.name.span, &message));
            }
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        faults.extend(unread);
        faults.sort_by_key(|it| (it.span().start, it.span().end));
        return Err(faults);
    }
    if at > 0 {
        expansion.push(&mut whole, Span { start: at, end: text.len() as u32 }.text(text), at, None);
        expansion.text = Cow::Owned(whole);
    }
    Ok(expansion)
}

/// A call that was not expanded: it does nothing where its commands are not known, and is a fault elsewhere.
pub fn left_over(scope: &mut Scope, call: &Saved) {
    if scope.context.calls == Beyond::Given {
        let message = format!("`{}` was not expanded", title(call));
        scope.faults.push(Diagnostic::new(Code::SavedQuery, call.name.span, &message));
    }
}

fn title(call: &Saved) -> String {
    format!("${}", syntax::quoted_name(&call.name.text))
}

/// The text of a saved query with the values of its call; `None` where the query is not known, and need not be.
fn filled(call: &Saved, whole: &str, context: &Context) -> Result<Option<String>, Vec<Diagnostic>> {
    let Some(definition) = definition(call, context).map_err(|it| vec![it])? else { return Ok(None) };
    let mut faults = misfits(call, whole, definition);
    faults.extend(too_many(call, definition, context));
    if !faults.is_empty() {
        return Err(faults);
    }
    let value = |name: &str| {
        let given = call.values.iter().find(|it| it.name.text == name).map(|it| it.value.span.text(whole));
        given.or_else(|| definition.parameters.iter().find(|it| it.name == name)?.default.as_deref())
    };
    let mut text = replaced(definition.text.trim(), &mut { value });
    let (query, _) = syntax::read(&text);
    if let Some((inner, _)) = calls(&query).first() {
        let message = format!("`{}` calls `{}`, and a saved query calls no other", title(call), title(inner));
        return Err(vec![Diagnostic::new(Code::SavedQuery, call.name.span, &message)]);
    }
    // What follows the call is no part of a comment at the end of the saved query.
    if text.lines().last().is_some_and(|it| it.contains('#')) {
        text.push('\n');
    }
    Ok(Some(text))
}

fn definition<'c>(call: &Saved, context: &'c Context) -> Result<Option<&'c Definition>, Diagnostic> {
    let name = &call.name;
    let fault = |message: &str| Diagnostic::new(Code::SavedQuery, name.span, message);
    let mut called: Vec<&Arc<Definition>> = context.definitions.iter().filter(|it| it.name == name.text).collect();
    called.dedup_by(|one, other| (&one.text, &one.parameters) == (&other.text, &other.parameters));
    match called.as_slice() {
        [only] => Ok(Some(only)),
        [one, other, ..] => {
            let message =
                format!("two saved queries are called `{}`: in {} and in {}", name.text, one.origin, other.origin);
            Err(fault(&message))
        }
        [] if context.calls == Beyond::Assumed => Ok(None),
        [] if context.definitions.is_empty() => {
            let fault = fault(&format!("no saved query `{}` was given", name.text));
            Err(fault.help("`--definitions PATH` gives those of a file or a folder"))
        }
        [] => {
            let names: Vec<&str> = context.definitions.iter().map(|it| &*it.name).collect();
            let fault = fault(&format!("there is no saved query `{}`", name.text));
            Err(match syntax::nearest(&name.text, &names) {
                Some(near) => fault.help(&format!("one with a similar name: `{near}`")),
                None => fault,
            })
        }
    }
}

/// Holds a saved query to the most parameters that the service takes.
fn too_many(call: &Saved, definition: &Definition, context: &Context) -> Option<Diagnostic> {
    let found = definition.parameters.len();
    let message = format!("the service takes {MOST_PARAMETERS} parameters of a saved query, found {found}");
    let beyond = context.limits == Limits::Service && found > MOST_PARAMETERS;
    beyond.then(|| Diagnostic::new(Code::SavedQuery, call.name.span, &message))
}

/// Where the values of a call do not fit the parameters.
fn misfits(call: &Saved, whole: &str, definition: &Definition) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let names: Vec<&str> = definition.parameters.iter().map(|it| &*it.name).collect();
    for (place, it) in call.values.iter().enumerate() {
        let fault = |message: &str| Diagnostic::new(Code::SavedQuery, it.name.span, message);
        let is_same = |other: &&SavedValue| other.name.text == it.name.text;
        if let Some(first) = call.values[..place].iter().find(is_same) {
            faults.push(fault(&format!("`{}` has a value already", it.name.text)).also(first.name.span, "first here"));
        } else if !names.contains(&&*it.name.text) {
            let fault = fault(&format!("`{}` has no parameter `{}`", title(call), it.name.text));
            faults.push(match (syntax::nearest(&it.name.text, &names), names.as_slice()) {
                (Some(near), _) => fault.help(&format!("one with a similar name: `{near}`")),
                (None, []) => fault.help("it has none"),
                (None, names) => fault.help(&format!("its parameters are `{}`", names.join("`, `"))),
            });
        }
        if !matches!(it.value.kind, ExprKind::Literal(_) | ExprKind::List(_) | ExprKind::Field(_))
            && !is_negative(it.value.span.text(whole))
        {
            let message = "the value of a parameter is a text, a number, a length of time, a list or a field";
            faults.push(Diagnostic::new(Code::SavedQuery, it.value.span, message));
        }
    }
    let is_missing = |it: &&&str| {
        definition.parameters.iter().any(|parameter| parameter.name == **it && parameter.default.is_none())
    };
    let given = |it: &&&str| call.values.iter().any(|value| value.name.text == **it);
    let missing: Vec<&str> = names.iter().filter(|it| is_missing(it) && !given(it)).copied().collect();
    if !missing.is_empty() {
        let message = format!("`{}` needs a value for `{}`", title(call), missing.join("`, `"));
        faults.push(Diagnostic::new(Code::SavedQuery, call.name.span, &message));
    }
    faults
}

/// `-5`, which is a number with a sign.
fn is_negative(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

impl Expansion<'_> {
    /// The expanded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a part of the text as written, or the text of a saved query in the place of its call.
    fn push(&mut self, whole: &mut String, part: &str, from: u32, saved: Option<(&str, Span)>) {
        if part.is_empty() {
            return;
        }
        let start = whole.len() as u32;
        whole.push_str(part);
        self.pieces.push(match saved {
            Some((name, span)) => Piece { start, from: span, saved: Some(name.to_owned()) },
            None => Piece { start, from: Span { start: from, end: from + part.len() as u32 }, saved: None },
        });
    }

    /// A place of the text as written.
    fn place(&self, span: Span) -> Span {
        let at = |place: u32| &self.pieces[self.pieces.partition_point(|it| it.start <= place).saturating_sub(1)];
        if self.pieces.is_empty() {
            return span;
        }
        let (first, last) = (at(span.start), at(span.end.saturating_sub(1).max(span.start)));
        let start = if first.saved.is_some() { first.from.start } else { first.from.start + span.start - first.start };
        let end = if last.saved.is_some() { last.from.end } else { last.from.start + span.end - last.start };
        Span { start, end: end.max(start) }
    }

    /// The saved query whose text has a place.
    fn saved_at(&self, place: u32) -> Option<&str> {
        self.pieces.iter().rfind(|it| it.start <= place)?.saved.as_deref()
    }

    /// What is said of the expanded text, as it is said of the text as written.
    pub fn told(&self, said: Diagnostic) -> Diagnostic {
        const LONGEST: usize = 40;
        let span = said.span();
        let message = match self.saved_at(span.start) {
            Some(name) => {
                let part = span.text(&self.text).split_whitespace().collect::<Vec<_>>().join(" ");
                let cut = part.chars().count() > LONGEST;
                let part: String = part.chars().take(LONGEST).chain(cut.then_some('…')).collect();
                let place = if part.is_empty() { "at its end".to_owned() } else { format!("at `{part}`") };
                format!("in the saved query `{name}`, {place}: {}", said.message)
            }
            None => said.message,
        };
        let mut labels: Vec<Label> =
            said.labels.into_iter().map(|it| Label { span: self.place(it.span), ..it }).collect();
        labels.dedup_by(|second, first| second.span == first.span);
        Diagnostic { message, labels, ..said }
    }

    /// Leads what a plan says of places back to the text as written.
    pub fn lead_back(&self, plan: &mut Plan) {
        if self.pieces.is_empty() {
            return;
        }
        for step in &mut plan.steps {
            match step {
                Step::Filter(it) => it.span = self.place(it.span),
                Step::Join(it) => it.span = self.place(it.span),
                _ => {}
            }
        }
        let warnings = std::mem::take(&mut plan.warnings);
        plan.warnings = warnings.into_iter().map(|it| self.told(it)).collect();
        plan.warnings.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_names_in_two_braces() {
        let mut value = |name: &str| (name == "a_1").then_some("{{b}}");
        assert_eq!(
            replaced("x {{a_1}}{{b}} {{ a_1 }} {{1a}} {{a_1", &mut value),
            "x {{b}}{{b}} {{ a_1 }} {{1a}} {{a_1"
        );
        let it = Definition::new("q", "{{b}} {{a}} {{b}} {{a-b}}", vec![], "");
        assert_eq!(it.parameters.iter().map(|it| &*it.name).collect::<Vec<_>>(), ["b", "a"]);
    }

    #[test]
    fn places_lead_back_to_the_call_or_the_text_around_it() {
        let definitions = vec![Arc::new(Definition::new("Q", "fields {{f}} # all", vec![], ""))];
        let context = Context { definitions, ..Context::default() };
        let text = "limit 1 | $Q(f = a.b) | sort a";
        let it = expand(text, &context).unwrap_or_else(|_| unreachable!());
        assert_eq!(it.text(), "limit 1 | fields a.b # all\n | sort a");
        let place = |part: &str| {
            let start = it.text().find(part).unwrap_or_default() as u32;
            it.place(Span { start, end: start + part.len() as u32 }).text(text)
        };
        assert_eq!(place("limit 1"), "limit 1");
        assert_eq!(place("a.b"), "$Q(f = a.b)");
        assert_eq!(place("sort a"), "sort a");
        assert_eq!(place("1 | fields"), "1 | $Q(f = a.b)");
        assert_eq!(it.place(Span { start: 36, end: 36 }), Span { start: 30, end: 30 });
    }
}
