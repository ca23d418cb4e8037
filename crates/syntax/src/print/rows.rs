//! Commands with options, to text: options first, as their manual pages have them.

use super::{Piece, expr, listed};
use crate::command::{
    Accum, AddTotals, Autoregress, CidrLookup, Diff, Fill, FillMissing, Filldown, Filled, Lookup, LookupOutput,
    Outlier, OutlierAction, RelevantFields, Sessionize, Writing,
};
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

pub(super) fn sessionize(it: &Sessionize, span: Span) -> Vec<Piece> {
    let fields = it.by.iter().map(|it| Piece { text: expr::path(it), span: it.span }).collect();
    let mut pieces = listed("sessionize", fields);
    let maxspan = it.maxspan.map_or(String::new(), |(it, _)| format!(" maxspan {}", expr::duration(it)));
    if let Some(last) = pieces.last_mut() {
        last.text += &format!("{maxspan}{}", alias(it.alias.as_ref()));
        last.span.end = span.end;
    }
    pieces
}

pub(super) fn diff(it: &Diff, span: Span) -> Vec<Piece> {
    let with = it.with.map_or(String::new(), |it| format!(" {}", it.word()));
    vec![Piece { text: format!("diff{with}"), span }]
}

pub(super) fn relevantfields(it: &RelevantFields) -> Vec<Piece> {
    let text = format!("where {}", expr::expr(&it.condition));
    let condition = Piece { text, span: it.condition.span };
    let mut pieces: Vec<Piece> = it.fields.iter().map(|it| Piece { text: expr::path(it), span: it.span }).collect();
    if pieces.is_empty() {
        return vec![Piece { text: format!("relevantfields {}", condition.text), ..condition }];
    }
    pieces = listed("relevantfields", pieces);
    pieces.push(condition);
    pieces
}

pub(super) fn outlier(it: &Outlier, span: Span) -> Vec<Piece> {
    let action = |it: OutlierAction| match it {
        OutlierAction::Remove => "action=remove".to_owned(),
        OutlierAction::Transform => "action=transform".to_owned(),
    };
    let mut words = vec!["outlier".to_owned()];
    words.extend(it.action.map(action));
    words.extend(it.param.iter().map(|it| format!("param={it}")));
    words.extend(it.uselower.map(|it| format!("uselower={it}")));
    words.extend(it.mark.map(|it| format!("mark={it}")));
    words.extend(it.fields.iter().map(expr::path));
    vec![Piece { text: words.join(" "), span }]
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

pub(super) fn lookup(it: &Lookup, span: Span) -> Vec<Piece> {
    let keys: Vec<String> = (it.keys.iter())
        .map(|it| match &it.field {
            Some(field) => format!("{} as {}", expr::name(&it.column.text), expr::path(field)),
            None => expr::name(&it.column.text),
        })
        .collect();
    let found_by = format!("lookup {} {}", expr::name(&it.table.text), keys.join(", "));
    outputs(Piece { text: found_by, span }, it.writing, &it.outputs)
}

pub(super) fn cidrlookup(it: &CidrLookup, span: Span) -> Vec<Piece> {
    let (table, address) = (expr::name(&it.table.text), expr::path(&it.address));
    let found_by = format!("cidrlookup {table} {address}{}", alias(it.column.as_ref()));
    outputs(Piece { text: found_by, span }, it.writing, &it.outputs)
}

/// `output name, team` behind what they are found by
fn outputs(mut found_by: Piece, writing: Writing, outputs: &[LookupOutput]) -> Vec<Piece> {
    let word = match writing {
        Writing::Over => "output",
        Writing::New => "outputnew",
    };
    let output = |it: &LookupOutput| Piece {
        text: format!("{}{}", expr::name(&it.column.text), alias(it.alias.as_ref())),
        span: it.column.span.to(it.name().span),
    };
    if let Some(first) = outputs.first() {
        found_by.span.end = first.column.span.start;
    }
    std::iter::once(found_by).chain(listed(word, outputs.iter().map(output).collect())).collect()
}

/// ` as name`, where there is a name
fn alias(it: Option<&Name>) -> String {
    it.map_or(String::new(), |it| format!(" as {}", expr::name(&it.text)))
}
