//! `parse` → a step: its pattern read, and its names defined.

use std::collections::HashSet;

use syntax::command::{self as said, Matches};
use syntax::{Code, Diagnostic, ExprKind, Name, Span};
use value::Type;
use value::glob::Glob;

use crate::bind::bind;
use crate::coerce::text;
use crate::literal::pattern;
use crate::scope::Scope;
use crate::step::{Parse, ParseBy};

/// The names that a `parse` makes.
pub fn parsed_names(it: &said::Parse) -> Vec<Name> {
    match &it.by {
        said::ParseBy::Glob { names, .. } => names.clone(),
        said::ParseBy::Regex { pattern: text, span, alias, .. } => {
            let groups = pattern(text, *span).map(|it| it.names().to_vec()).unwrap_or_default();
            let groups = groups.into_iter().map(|(_, text)| Name { text: text.into(), span: *span });
            let alias = alias.iter().cloned();
            let mut seen = HashSet::new();
            groups.chain(alias).filter(|it| seen.insert(it.text.clone())).collect()
        }
        said::ParseBy::Logfmt { name } => vec![name.clone()],
        said::ParseBy::Csv { names } => names.clone(),
    }
}

/// How a text is cut, and the fields that makes.
pub fn parse(scope: &mut Scope, it: &said::Parse) -> Result<Parse, Diagnostic> {
    let from = match &it.from {
        Some(path) => {
            let kind = ExprKind::Field(path.clone());
            bind(scope, &syntax::Expr { kind, span: path.span })?
        }
        None => bind(scope, &message())?,
    };
    let names = parsed_names(it);
    let by = match &it.by {
        said::ParseBy::Glob { pattern, span, names } => {
            let glob = Glob::new(pattern);
            if glob.stars() != names.len() {
                return Err(unlike_counts(glob.stars(), names.len(), *span));
            }
            ParseBy::Glob(glob)
        }
        said::ParseBy::Regex { pattern: text, span, matches, .. } => {
            let pattern = pattern(text, *span)?;
            let mut groups: Vec<usize> = Vec::new();
            for name in &names {
                match pattern.names().iter().find(|(_, it)| **it == *name.text) {
                    Some((group, _)) => groups.push(*group),
                    // An alias without a group of its name is the first group, or the whole match.
                    None => groups.push(pattern.groups().min(1)),
                }
            }
            if names.is_empty() {
                let fault = Diagnostic::new(Code::MissingNames, *span, "the regular expression has no named group");
                return Err(fault.help("`(?<name>…)` makes a field of what it matches"));
            }
            match matches {
                Matches::First => ParseBy::Regex(pattern, groups),
                Matches::All => ParseBy::Matches(pattern, groups),
            }
        }
        said::ParseBy::Logfmt { .. } => ParseBy::Logfmt,
        said::ParseBy::Csv { .. } => ParseBy::Csv,
    };
    // The pairs of a line are a map, whose parts are `line.key`.
    let of = if let ParseBy::Logfmt = by { Type::Json } else { Type::Any };
    let mut fields = Vec::new();
    for name in &names {
        let field = scope.define(name, of)?;
        scope.show_made(&name.text, field.clone());
        fields.push(field);
    }
    Ok(Parse { from: text(from), by, fields })
}

/// `@message`: what `parse` cuts where it names no field.
fn message() -> syntax::Expr {
    let span = Span::default();
    let path = syntax::Path { parts: vec![syntax::Part::Key(String::from("@message"))], span };
    syntax::Expr { kind: ExprKind::Field(path), span }
}

fn unlike_counts(wildcards: usize, names: usize, span: Span) -> Diagnostic {
    let count = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    let message = format!("{} for {}", count(wildcards, "wildcard"), count(names, "name"));
    Diagnostic::new(Code::BadGlob, span, &message).help("each `*` needs a name behind `as`, in order")
}
