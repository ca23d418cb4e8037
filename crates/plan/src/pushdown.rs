//! Filters, as far as the scan can use them: texts that every event that counts must contain, and fields it must have.

use std::sync::Arc;

use value::{Value, number};

use crate::Form;
use crate::expr::{Expr, Field, Origin};
use crate::step::{Parse, ParseBy, Step};

/// What a call has no value without.
const STRICT: &[&str] = &["number", "not", "-", "+", "*", "/", "%", "^", "=", "!=", "<", "<=", ">", ">=", "like", "in"];

/// Texts that stand in the message of every event that the plan's filters let through.
pub fn literals(steps: &[Step]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, condition) in conditions(steps) {
        if let Some(literal) = required(condition) {
            add(&mut found, literal.to_owned());
        }
        // A field that `parse` makes is there only where its pattern matches.
        for field in needed(condition) {
            if let Some(literal) = parsed(&steps[..index], field) {
                add(&mut found, literal.to_owned());
            }
        }
    }
    found
}

/// Fields of the log that every event has that the plan's filters let through; not those that all events have.
pub fn fields(steps: &[Step]) -> Vec<Arc<str>> {
    let mut found = Vec::new();
    for (_, condition) in conditions(steps) {
        for field in needed(condition) {
            if field.origin != Origin::Query && is_of_message(&field.name) {
                add(&mut found, field.name.clone());
            }
        }
    }
    found
}

/// What must be true of every event that counts, and which step says so.
fn conditions(steps: &[Step]) -> impl Iterator<Item = (usize, &Expr)> {
    let rows = steps.iter().take_while(|it| !it.gathers());
    rows.enumerate().flat_map(|(index, step)| {
        let conjuncts = if let Step::Filter(filter) = step { filter.conjuncts() } else { Vec::new() };
        conjuncts.into_iter().map(move |it| (index, it))
    })
}

/// The fields without which this condition does not hold.
fn needed(condition: &Expr) -> Vec<&Field> {
    match condition {
        Expr::Field(field) => vec![field],
        Expr::Call(function, args) if function.name == "or" => {
            let mut sides = args.iter().map(needed);
            let mut both = sides.next().unwrap_or_default();
            sides.for_each(|other| both.retain(|it| other.iter().any(|other| it.name == other.name)));
            both
        }
        Expr::Call(function, args) if matches!(function.name, "and" | "ispresent") => {
            args.iter().flat_map(needed).collect()
        }
        other => valued(other),
    }
}

/// The fields without which this has no value. Whether a field is there is a value in any case.
fn valued(expr: &Expr) -> Vec<&Field> {
    match expr {
        Expr::Field(field) if field.origin != Origin::Log(Form::Present) => vec![field],
        Expr::Call(function, args) if STRICT.contains(&function.name) => args.iter().flat_map(valued).collect(),
        _ => Vec::new(),
    }
}

/// The text that a message must contain for this condition to hold, if there is one.
fn required(condition: &Expr) -> Option<&str> {
    let Expr::Call(function, args) = condition else { return None };
    let [Expr::Field(field), Expr::Literal(Some(literal))] = args.as_slice() else { return None };
    if !stands_in_message(field) {
        return None;
    }
    let text = match (function.name, literal) {
        // What reads as a number or a truth value may stand in the log in another spelling.
        ("=", Value::Text(text)) if number::read(text).is_none() && !is_truth(text) => text,
        ("like" | "strcontains", Value::Text(text)) if is_as_written(field) => text,
        ("like", Value::Pattern(pattern)) if is_as_written(field) => pattern.required()?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The text that a message must contain for one of these steps to make this field of it, if there is one.
fn parsed<'s>(steps: &'s [Step], field: &Field) -> Option<&'s str> {
    let makes = |step: &'s Step| match step {
        Step::Parse(it) if it.fields.iter().any(|made| made.column == field.column) => Some(it),
        _ => None,
    };
    let mut makers = steps.iter().filter_map(makes);
    let (Some(Parse { from: Expr::Field(from), by, .. }), None) = (makers.next(), makers.next()) else { return None };
    if field.origin != Origin::Query || !stands_in_message(from) || !is_as_written(from) {
        return None;
    }
    let text = match by {
        ParseBy::Glob(glob) => glob.required(),
        ParseBy::Regex(pattern, _) | ParseBy::Matches(pattern, _) => pattern.required()?,
        ParseBy::Logfmt | ParseBy::Csv => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a field's value is a slice of the event's message, as it stands or unescaped.
fn stands_in_message(field: &Field) -> bool {
    let made_up = ["@type", "@log", "@logStream", "@timestamp", "@ingestionTime", "@ptr"];
    field.origin == Origin::Log(Form::Text)
        && !made_up.contains(&&*field.name)
        && !field.name.starts_with("@aws.")
        && !field.name.starts_with("@data_")
        && !field.name.starts_with("@source.")
        && !field.name.starts_with("@entity.")
}

/// Whether the numbers among a field's values are spelled as they are in the message, too: those of Lambda are not.
fn is_as_written(field: &Field) -> bool {
    &*field.name == "@message" || is_of_message(&field.name)
}

/// Whether a field of this name is discovered in messages, and is not the service's own.
fn is_of_message(name: &str) -> bool {
    !name.starts_with('@') || name.starts_with("@@")
}

fn is_truth(text: &str) -> bool {
    text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false")
}

fn add<T: PartialEq>(found: &mut Vec<T>, it: T) {
    if !found.contains(&it) {
        found.push(it);
    }
}
