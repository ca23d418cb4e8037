//! Commands that take the rows of a second query, or stand for one, as text.

use super::{Piece, expr, in_one_line};
use crate::command::{AppendCols, Join, JoinKind, Saved};
use crate::span::Span;

/// `$ErrorsOf(level = "WARN")`
pub fn saved(it: &Saved, span: Span) -> Vec<Piece> {
    let values: Vec<String> =
        it.values.iter().map(|it| format!("{} = {}", it.name.text, expr::expr(&it.value))).collect();
    vec![Piece { text: format!("${}({})", expr::name(&it.name.text), values.join(", ")), span }]
}

/// `join type=left left=a right=b where a.id = b.user (source "b")`
pub fn join(it: &Join, span: Span) -> Vec<Piece> {
    let mut words = vec![String::from("join")];
    words.extend(it.kind.map(|kind| {
        let word = match kind {
            JoinKind::Inner => "inner",
            JoinKind::Left => "left",
        };
        format!("type={word}")
    }));
    words.extend(it.left.iter().map(|it| format!("left={}", expr::name(&it.text))));
    words.extend(it.right.iter().map(|it| format!("right={}", expr::name(&it.text))));
    let [one, other] = &it.on;
    words.push(format!("where {} = {}", expr::path(one), expr::path(other)));
    words.push(format!("({})", in_one_line(&it.query)));
    vec![Piece { text: words.join(" "), span }]
}

/// `appendcols override=true max=100 (source "b" | stats count(*) as n)`
pub fn appendcols(it: &AppendCols, span: Span) -> Vec<Piece> {
    let mut words = vec![String::from("appendcols")];
    words.extend(it.replaces.map(|it| format!("override={it}")));
    words.extend(it.max.map(|(max, _)| format!("max={max}")));
    words.push(format!("({})", in_one_line(&it.query)));
    vec![Piece { text: words.join(" "), span }]
}
