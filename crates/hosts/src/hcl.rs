//! Terraform's values to nodes.

use std::rc::Rc;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, Object, ObjectKey};
use hcl_edit::structure::Body;
use hcl_edit::template::{Element, HeredocTemplate};
use syntax::Span;

use crate::Broken;
use crate::form::{Escape, Form};
use crate::node::{Node, Value};
use crate::text::{HOLE, Text};

/// The blocks and attributes of a file.
///
/// # Errors
/// A text that is no configuration of this kind.
pub fn read(hcl: &str) -> Result<Body, Broken> {
    hcl_edit::parser::parse_body(hcl).map_err(|error| {
        let at = error.location().offset().min(hcl.len()) as u32;
        Broken { message: error.message().to_owned(), span: Span { start: at, end: at } }
    })
}

/// The tag of a list of a condition, the value where it holds, and the value where it does not.
pub const CONDITION: &str = "If";

/// What the file says of a name such as `var.stage`.
pub type Known<'a> = dyn Fn(&str) -> Option<Node> + 'a;

/// A value as a node. What is known only when it runs is a placeholder; `known` knows some by their text.
pub fn node(it: &Expression, hcl: &str, known: &Known) -> Node {
    let span = span_of(it);
    let inner = |it: &Expression| Rc::new(node(it, hcl, known));
    let value = match it {
        Expression::String(_) => scalar(quoted(hcl, span, None, known)),
        Expression::StringTemplate(it) => scalar(quoted(hcl, span, Some(it), known)),
        Expression::HeredocTemplate(it) => scalar(heredoc(hcl, it, known)),
        Expression::Array(it) => Value::List(it.iter().map(inner).collect()),
        Expression::Object(it) => object(it, hcl, known),
        Expression::Parenthesis(it) => return node(it.inner(), hcl, known),
        Expression::ForExpr(it) => Value::List(vec![inner(&it.value_expr)]),
        // A call is tagged by its function's name, as YAML tags a value.
        Expression::FuncCall(it) => {
            let arguments = Value::List(it.args.iter().map(inner).collect());
            return Node { span, tag: Some(it.name.name.to_string()), value: arguments };
        }
        // `a ? b : c` is tagged as the function of CloudFormation that does the same.
        Expression::Conditional(it) => {
            let condition = span_of(&it.cond_expr);
            let mut text = Text::default();
            text.push(condition.text(hcl), condition.start as usize);
            let condition = Rc::new(Node { span: condition, tag: None, value: scalar(text) });
            let sides = Value::List(vec![condition, inner(&it.true_expr), inner(&it.false_expr)]);
            return Node { span, tag: Some(String::from(CONDITION)), value: sides };
        }
        Expression::Number(_) | Expression::Bool(_) => {
            let mut text = Text::default();
            text.push(span.text(hcl), span.start as usize);
            Value::Scalar { text, plain: true }
        }
        _ => match known(span.text(hcl)) {
            Some(node) => return node,
            None => {
                let mut text = Text::default();
                text.push_hole(span.text(hcl), None, span);
                scalar(text)
            }
        },
    };
    Node { span, tag: None, value }
}

fn scalar(text: Text) -> Value {
    Value::Scalar { text, plain: false }
}

fn object(it: &Object, hcl: &str, known: &Known) -> Value {
    let entry = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
        let key = match key {
            ObjectKey::Ident(it) => {
                let range = it.span().unwrap_or_default();
                let mut text = Text::default();
                text.push(it.as_str(), range.start);
                Node { span: span(range), tag: None, value: scalar(text) }
            }
            ObjectKey::Expression(it) => node(it, hcl, known),
        };
        (Rc::new(key), Rc::new(node(value.expr(), hcl, known)))
    };
    Value::Map(it.iter().map(entry).collect())
}

/// A string in quotes.
fn quoted(hcl: &str, place: Span, template: Option<&hcl_edit::template::StringTemplate>, known: &Known) -> Text {
    let raw = place.text(hcl);
    let line_break = if raw.contains("\\n") { "\\n" } else { " " };
    let mut text = Text::written(Form::one_line(Escape::DoubleQuotedTemplate, line_break)).from_byte(place.start);
    match template {
        None => {
            let inner = Span { start: place.start + 1, end: place.end.saturating_sub(1).max(place.start + 1) };
            unescape(&mut text, inner.text(hcl), inner.start as usize);
        }
        Some(template) => {
            for element in template.iter() {
                let own = span(element.span().unwrap_or_default());
                match element {
                    Element::Literal(_) => unescape(&mut text, own.text(hcl), own.start as usize),
                    _ => push_marker(&mut text, own.text(hcl), own, known),
                }
            }
        }
    }
    text
}

/// A heredoc: lines as they are, less their indentation where `<<-` begins them.
fn heredoc(hcl: &str, it: &HeredocTemplate, known: &Known) -> Text {
    let indentation = it.indent().unwrap_or_default();
    let mut text = Text::written(Form::block(Escape::Template, &" ".repeat(indentation)));
    let mut at_line_start = true;
    for element in it.template.iter() {
        let own = span(element.span().unwrap_or_default());
        let Element::Literal(_) = element else {
            push_marker(&mut text, own.text(hcl), own, known);
            at_line_start = false;
            continue;
        };
        let mut at = own.start as usize;
        for line in own.text(hcl).split_inclusive('\n') {
            let skipped: usize = match at_line_start {
                true => line.chars().take_while(|it| *it != '\n').take(indentation).map(char::len_utf8).sum(),
                false => 0,
            };
            markers(&mut text, &line[skipped..], at + skipped);
            at += line.len();
            at_line_start = line.ends_with('\n');
        }
    }
    text
}

/// Adds `${…}`: a placeholder that is called as what stands in it.
fn push_marker(text: &mut Text, marker: &str, from: Span, known: &Known) {
    let name = marker.trim_start_matches(['$', '%', '{', '~']).trim_end_matches(['}', '~']).trim();
    let value = known(name).and_then(|it| it.as_str().map(String::from)).filter(|it| !it.contains(HOLE));
    text.push_hole(name, value, from);
}

/// A part of a string in quotes.
fn unescape(text: &mut Text, raw: &str, start: usize) {
    let mut at = 0;
    while let Some(next) = raw[at..].find('\\') {
        markers(text, &raw[at..at + next], start + at);
        at += next;
        let (sign, length) = escape(&raw[at..]);
        text.push_coded(&sign, Span { start: (start + at) as u32, end: (start + at + length) as u32 });
        at += length;
    }
    markers(text, &raw[at..], start + at);
}

/// A part of a template without escapes: `$${` stands for `${`, and `%%{` for `%{`.
fn markers(text: &mut Text, raw: &str, start: usize) {
    let mut at = 0;
    let marker = |rest: &str| [rest.find("$${"), rest.find("%%{")].into_iter().flatten().min();
    while let Some(next) = marker(&raw[at..]) {
        text.push(&raw[at..at + next], start + at);
        at += next;
        text.push_coded(&raw[at..=at], Span { start: (start + at) as u32, end: (start + at + 2) as u32 });
        at += 2;
    }
    text.push(&raw[at..], start + at);
}

fn escape(raw: &str) -> (String, usize) {
    let code = |digits: usize| {
        let code = raw.get(2..2 + digits).and_then(|it| u32::from_str_radix(it, 16).ok()).and_then(char::from_u32);
        (code.map(String::from).unwrap_or_default(), (2 + digits).min(raw.len()))
    };
    match raw[1..].chars().next() {
        Some('n') => (String::from("\n"), 2),
        Some('r') => (String::from("\r"), 2),
        Some('t') => (String::from("\t"), 2),
        Some('u') => code(4),
        Some('U') => code(8),
        Some(other) => (other.to_string(), 1 + other.len_utf8()),
        None => (String::new(), 1),
    }
}

/// The bytes of an expression.
pub fn span_of(it: &Expression) -> Span {
    span(it.span().unwrap_or_default())
}

fn span(range: std::ops::Range<usize>) -> Span {
    Span { start: range.start as u32, end: range.end as u32 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(hcl: &str) -> Text {
        let body = read(hcl).unwrap();
        let attribute = body.get_attribute("q").unwrap();
        node(&attribute.value, hcl, &|_| None).text().unwrap().clone()
    }

    fn spelt(hcl: &str) -> (String, String) {
        let text = text(hcl);
        let place = |(at, it): (usize, char)| {
            text.place(Span { start: at as u32, end: (at + it.len_utf8()) as u32 }).text(hcl).to_owned()
        };
        let places: Vec<String> = text.as_str().char_indices().map(place).collect();
        (text.as_str().to_owned(), places.join("·"))
    }

    #[test]
    fn strings_and_heredocs_lead_back_to_their_bytes() {
        for (hcl, read, places) in [
            ("q = \"a\\\"\\u00e9\"\n", "a\"é", "a·\\\"·\\u00e9"),
            ("q = \"a${var.x}b$${c}\"\n", "a\u{fffc}b${c}", "a·${var.x}·b·$$·{·c·}"),
            ("q = <<EOT\n  a\nEOT\n", "  a\n", " · ·a·\n"),
            ("q = <<-EOT\n  a\n    ${x}é\n  EOT\n", "a\n  \u{fffc}é\n", "a·\n· · ·${x}·é·\n"),
        ] {
            let (text, found) = spelt(hcl);
            assert_eq!(text, read, "{hcl:?}");
            assert_eq!(found, places, "{hcl:?}");
        }
    }

    #[test]
    fn what_is_no_configuration_is_told_at_its_place() {
        let fault = read("a = 1\nb = [\n").unwrap_err();
        assert!(fault.span.start >= 10 && !fault.message.is_empty(), "{fault:?}");
        assert!(read(&format!("a = {}", "[".repeat(100_000))).is_err());
    }
}
