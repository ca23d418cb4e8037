//! What is written in the query: numbers, texts, patterns, durations, lists.

use std::sync::Arc;

use syntax::{Code, Diagnostic, Literal, Span};
use value::{Pattern, Period, Unit, Value, number};

use crate::bind::{Typed, bind};
use crate::expr::Expr;
use crate::scope::Scope;

pub fn literal(it: &Literal, span: Span) -> Result<Typed, Diagnostic> {
    Ok(Typed::literal(match it {
        Literal::Number(text) => number_literal(text),
        Literal::Text(text) => Value::text(text.as_str()),
        Literal::Regex(text) => Value::Pattern(pattern(text, span)?),
        Literal::Duration(it) => Value::Period(period(*it)),
        Literal::Bool(it) => Value::Bool(*it),
    }))
}

pub fn list(scope: &mut Scope, items: &[syntax::Expr]) -> Result<Typed, Diagnostic> {
    let mut values = Vec::new();
    for item in items {
        match bind(scope, item)?.expr {
            Expr::Literal(Some(it)) => values.push(it),
            Expr::Literal(None) => {}
            _ => {
                let message = "a list holds texts and numbers, written in the query";
                let fault = Diagnostic::new(Code::WrongArgument, item.span, message);
                return Err(fault.help("two fields compare by `=`, one comparison each, joined by `or`"));
            }
        }
    }
    Ok(Typed::literal(Value::List(Arc::from(values))))
}

/// A duration of the query as a period.
pub fn period(it: syntax::Duration) -> Period {
    let unit = match it.unit {
        syntax::Unit::Millisecond => Unit::Millisecond,
        syntax::Unit::Second => Unit::Second,
        syntax::Unit::Minute => Unit::Minute,
        syntax::Unit::Hour => Unit::Hour,
        syntax::Unit::Day => Unit::Day,
        syntax::Unit::Week => Unit::Week,
        syntax::Unit::Month => Unit::Month,
        syntax::Unit::Quarter => Unit::Quarter,
        syntax::Unit::Year => Unit::Year,
    };
    Period { count: it.count, unit }
}

/// A regular expression, compiled; a fault in it is shown at its own place.
pub fn pattern(text: &str, span: Span) -> Result<Pattern, Diagnostic> {
    Pattern::new(text).map_err(|fault| {
        // Behind the opening slash or quote; an escaped slash before the place moves it by one, no more.
        let start = span.start.saturating_add(1).saturating_add(fault.offset as u32).min(span.end.saturating_sub(1));
        let place = Span { start, end: span.end.saturating_sub(1).max(start) };
        let diagnostic = Diagnostic::new(Code::BadRegex, place, &fault.message);
        let before = text.get(..fault.offset).unwrap_or_default();
        match before.ends_with("(?") && !text[before.len()..].starts_with(['=', '!', '<']) {
            true => diagnostic.help("a named group is `(?<name>…)`; where a page took `<name>` for a tag, it was lost"),
            false => diagnostic,
        }
    })
}

/// A whole number that a double cannot hold stays text: it reads as a number, and compares by all its digits.
fn number_literal(text: &str) -> Value {
    let long = text.len() > 15 && text.bytes().all(|it| it.is_ascii_digit());
    match number::read(text) {
        Some(it) if !long => Value::Number(it),
        _ => Value::text(text),
    }
}
