//! Commands with options, to text: options first, as their manual pages have them.

use super::{Piece, expr, listed};
use crate::command::{Accum, AddTotals, Autoregress, Fill, FillMissing, Filldown, Filled};
use crate::query::Name;
use crate::span::Span;

pub(super) fn accum(it: &Accum, span: Span) -> Vec<Piece> {
    vec![Piece { text: format!("accum {}{}", expr::path(&it.field), alias(it.alias.as_ref())), span }]
}

pub(super) fn autoregress(it: &Autoregress, span: Span) -> Vec<Piece> {
    let depth = it.depth.map_or(String::new(), |it| match it.to {
        Some(to) => format!(" p={}-{to}", it.from),
        None => format!(" p={}", it.from),
    });
    vec![Piece { text: format!("autoregress {}{}{depth}", expr::path(&it.field), alias(it.alias.as_ref())), span }]
}

pub(super) fn filldown(it: &Filldown, span: Span) -> Vec<Piece> {
    let name = |it: &Filled| match it {
        Filled::Field(path) => expr::path(path),
        Filled::Wildcard(pattern) => pattern.text.clone(),
    };
    let words: Vec<String> = std::iter::once("filldown".to_owned()).chain(it.fields.iter().map(name)).collect();
    vec![Piece { text: words.join(" "), span }]
}

pub(super) fn fillmissing(it: &FillMissing, span: Span) -> Vec<Piece> {
    if it.fills.is_empty() {
        return vec![Piece { text: "fillmissing".to_owned(), span }];
    }
    let fill = |it: &Fill| Piece {
        text: format!("{} for {}", expr::expr(&it.value), expr::path(&it.field)),
        span: it.value.span.to(it.field.span),
    };
    listed("fillmissing with", it.fills.iter().map(fill).collect())
}

pub(super) fn addtotals(it: &AddTotals, span: Span) -> Vec<Piece> {
    let mut words = vec!["addtotals".to_owned()];
    words.extend(it.name.iter().map(|it| format!("fieldname={}", expr::name(&it.text))));
    words.extend(it.row.map(|it| format!("row={it}")));
    words.extend(it.col.map(|it| format!("col={it}")));
    let words = words.join(" ");
    if it.fields.is_empty() {
        return vec![Piece { text: words, span }];
    }
    listed(&words, it.fields.iter().map(|it| Piece { text: expr::path(it), span: it.span }).collect())
}

/// ` as name`, where there is a name
fn alias(it: Option<&Name>) -> String {
    it.map_or(String::new(), |it| format!(" as {}", expr::name(&it.text)))
}
