//! Expressions as text, with no parentheses but those that are needed.

use crate::parse::{is_plain_head, is_plain_step};
use crate::query::{Duration, Expr, ExprKind, Literal, Part, Path, Unit};

/// How tightly an expression binds: one may stand inside another that is looser, without parentheses.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Unary,
    Power,
    Whole,
}

/// An expression.
pub(crate) fn expr(it: &Expr) -> String {
    let mut text = String::new();
    write(it, Binding::Or, &mut text);
    text
}

/// The operands of the `and`s or `or`s at the top of a condition, and which of the two it is: `and`, if there are none.
pub(crate) fn operands(it: &Expr) -> (&'static str, Vec<(&Expr, String)>) {
    let operator = match &it.kind {
        ExprKind::Call { name, .. } if name.text == "or" => "or",
        _ => "and",
    };
    let mut operands = Vec::new();
    collect(it, operator, &mut operands);
    (operator, operands)
}

/// A field: backticks only where they are needed.
pub(crate) fn path(it: &Path) -> String {
    let mut text = String::new();
    for (place, part) in it.parts.iter().enumerate() {
        let dotted = matches!(it.parts.get(1), Some(Part::Key(_)));
        match part {
            Part::Index(index) => text.push_str(&format!("[{index}]")),
            Part::Key(key) if place == 0 => text.push_str(&quoted(key, is_plain_head(key, dotted))),
            Part::Key(key) if is_plain_step(key) => text.push_str(&format!(".{key}")),
            // The sign of a system field stands in front at the head of a path alone.
            Part::Key(key) => text.push_str(&format!(".`{key}`")),
        }
    }
    text
}

/// A new name: dots need no backticks.
pub(crate) fn name(text: &str) -> String {
    let mut parts = text.split('.');
    let dotted = text.contains('.');
    let plain = parts.next().is_some_and(|head| is_plain_head(head, dotted)) && parts.all(is_plain_step);
    quoted(text, plain)
}

/// A string, in double quotes.
pub(crate) fn string(text: &str) -> String {
    let mut string = String::from("\"");
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '"' => string.push_str("\\\""),
            '\n' => string.push_str("\\n"),
            '\t' => string.push_str("\\t"),
            '\r' => string.push_str("\\r"),
            // A backslash is doubled only where it would be read as the start of an escape.
            '\\' if rest.peek().is_none_or(|next| "\"'\\ntr\n\t\r".contains(*next)) => string.push_str("\\\\"),
            _ => string.push(it),
        }
    }
    string.push('"');
    string
}

/// A regular expression, in slashes.
pub(crate) fn regex(text: &str) -> String {
    let mut regex = String::from("/");
    let mut escaped = false;
    for it in text.chars() {
        if it == '/' && !escaped {
            regex.push('\\');
        }
        escaped = it == '\\' && !escaped;
        regex.push(it);
    }
    regex.push('/');
    regex
}

/// `5m`
pub(crate) fn duration(it: Duration) -> String {
    let unit = match it.unit {
        Unit::Millisecond => "ms",
        Unit::Second => "s",
        Unit::Minute => "m",
        Unit::Hour => "h",
        Unit::Day => "d",
        Unit::Week => "w",
        Unit::Month => "mo",
        Unit::Quarter => "q",
        Unit::Year => "y",
    };
    format!("{}{unit}", it.count)
}

fn quoted(name: &str, plain: bool) -> String {
    match (plain, name.strip_prefix('@')) {
        (true, _) => name.to_owned(),
        (false, Some(system)) if !system.is_empty() => format!("@`{system}`"),
        (false, _) => format!("`{name}`"),
    }
}

fn collect<'a>(it: &'a Expr, operator: &str, operands: &mut Vec<(&'a Expr, String)>) {
    match &it.kind {
        ExprKind::Call { name, args } if name.text == operator => {
            args.iter().for_each(|operand| collect(operand, operator, operands));
        }
        _ => {
            let mut text = String::new();
            write(it, if operator == "or" { Binding::Or } else { Binding::And }, &mut text);
            operands.push((it, text));
        }
    }
}

fn binding(it: &Expr) -> Binding {
    let ExprKind::Call { name, args } = &it.kind else { return Binding::Whole };
    match (name.text.as_str(), args.len()) {
        ("or", 2) => Binding::Or,
        ("and", 2) => Binding::And,
        ("not", 1) => Binding::Not,
        ("=" | "!=" | "<" | "<=" | ">" | ">=" | "like" | "not like" | "in" | "not in", 2) => Binding::Comparison,
        ("+" | "-", 2) => Binding::Sum,
        ("*" | "/" | "%", 2) => Binding::Product,
        ("negate", 1) => Binding::Unary,
        ("^", 2) => Binding::Power,
        _ => Binding::Whole,
    }
}

/// Writes an expression where only what binds as tightly as `least` needs no parentheses.
fn write(it: &Expr, least: Binding, text: &mut String) {
    let inner = binding(it);
    if inner < least {
        text.push('(');
        write(it, Binding::Or, text);
        text.push(')');
        return;
    }
    match &it.kind {
        ExprKind::Field(field) => text.push_str(&path(field)),
        ExprKind::Literal(it) => text.push_str(&literal(it)),
        ExprKind::List(items) => {
            text.push('[');
            commas(items, text);
            text.push(']');
        }
        ExprKind::Query(query) => text.push_str(&format!("({})", super::in_one_line(query))),
        ExprKind::Star => text.push('*'),
        ExprKind::Call { name, args } => call(&name.text, args, inner, text),
    }
}

fn call(name: &str, args: &[Expr], binding: Binding, text: &mut String) {
    use Binding::{Power, Product, Sum, Unary, Whole};
    match (binding, args) {
        (Binding::Not, [operand]) => {
            text.push_str("not ");
            write(operand, Binding::Not, text);
        }
        (Unary, [operand]) => {
            text.push('-');
            // Two dashes that touch are refused: they look like a comment.
            let is_negative = matches!(&operand.kind, ExprKind::Call { name, .. } if name.text == "negate");
            write(operand, if is_negative { Whole } else { Unary }, text);
        }
        (Whole, [inside, step]) if name == "access" => {
            write(inside, Whole, text);
            match &step.kind {
                ExprKind::Literal(Literal::Number(index)) => text.push_str(&format!("[{index}]")),
                ExprKind::Literal(Literal::Text(key)) => {
                    text.push_str(&format!(".{}", quoted(key, is_plain_step(key))));
                }
                _ => {}
            }
        }
        (Whole, _) => {
            text.push_str(name);
            text.push('(');
            commas(args, text);
            text.push(')');
        }
        (_, [left, right]) => {
            let (before, behind) = match binding {
                // What compares does not compare again.
                Binding::Comparison => (Sum, Sum),
                Sum => (Sum, Product),
                Product => (Product, Unary),
                // To the right.
                Power => (Whole, Unary),
                // May be grouped at will.
                other => (other, other),
            };
            write(left, before, text);
            text.push_str(&format!(" {name} "));
            write(right, behind, text);
        }
        _ => {}
    }
}

fn literal(it: &Literal) -> String {
    match it {
        Literal::Number(digits) => digits.clone(),
        Literal::Text(text) => string(text),
        Literal::Regex(text) => regex(text),
        Literal::Duration(it) => duration(*it),
        Literal::Bool(it) => it.to_string(),
    }
}

fn commas(items: &[Expr], text: &mut String) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            text.push_str(", ");
        }
        write(item, Binding::Or, text);
    }
}
