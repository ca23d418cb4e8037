//! `$Name(…)`: the commands of a saved query, in the place of its call.

use nom::Parser;
use nom::combinator::cut;

use super::CommandSyntax;
use crate::parse::{Expected, Input, Parsed, closing, expected, expr, name, separated, sign, values, word};
use crate::query::{Command, Expr, ExprKind, Name, Query, Stage};
use crate::span::Span;

/// `$ErrorsOf(level = "WARN", most = 10)`
#[derive(Clone, PartialEq, Debug)]
pub struct Saved {
    /// Which query is called.
    pub name: Name,
    /// The values of its parameters.
    pub values: Vec<SavedValue>,
}

/// `level = "WARN"`
#[derive(Clone, PartialEq, Debug)]
pub struct SavedValue {
    /// The parameter.
    pub name: Name,
    /// Its value: its text is what stands in the query in the place of the parameter.
    pub value: Expr,
}

pub static SAVED: CommandSyntax = CommandSyntax {
    name: "$Name",
    aliases: &[],
    synopsis: "$Name(parameter = value, …)",
    doc: "Puts the commands of a saved query in this place, with the values as they are written here for its \
          `{{parameter}}`s, and with their defaults for those that are left out. A default stands as it is, too: one that \
          is a text has its quotes, `\"ERROR\"`. A saved query calls no other.",
    parse: saved,
};

/// Behind the `$`.
pub(crate) fn saved(input: Input) -> Parsed<Command> {
    let (rest, (name, open)) = (name, sign("(")).parse(input)?;
    let (rest, given) = if rest.rest().starts_with(')') { (rest, Vec::new()) } else { separated(saved_value)(rest)? };
    let (after, _) = closing(")", open, rest)?;
    Ok((after, Command::Saved(Saved { name, values: given })))
}

/// `level = "WARN"`, `levels = ["WARN", "ERROR"]`
fn saved_value(input: Input) -> Parsed<SavedValue> {
    let Ok((rest, name)) = word(input) else {
        return expected(input, Expected::Thing("a parameter and its value, as in `level = \"WARN\"`"));
    };
    let (rest, _) = cut(sign("=")).parse(rest)?;
    let (after, value) = if rest.rest().starts_with('[') { values(rest)? } else { cut(expr).parse(rest)? };
    Ok((after, SavedValue { name, value }))
}

/// The calls of saved queries in a query and in those within it, in the order of the text.
pub fn calls(query: &Query) -> Vec<(&Saved, Span)> {
    let mut found = Vec::new();
    query.stages.iter().for_each(|it| calls_in(it, &mut found));
    found
}

fn calls_in<'q>(stage: &'q Stage, found: &mut Vec<(&'q Saved, Span)>) {
    match &stage.command {
        Command::Saved(it) => found.push((it, stage.span)),
        Command::Join(it) => found.extend(calls(&it.query)),
        Command::AppendCols(it) => found.extend(calls(&it.query)),
        Command::Filter(it) => calls_within(&it.condition, found),
        _ => {}
    }
}

fn calls_within<'q>(expr: &'q Expr, found: &mut Vec<(&'q Saved, Span)>) {
    match &expr.kind {
        ExprKind::Query(query) => found.extend(calls(query)),
        ExprKind::Call { args, .. } => args.iter().for_each(|it| calls_within(it, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Code;

    #[test]
    fn calls_are_found_wherever_a_command_may_stand() {
        let text =
            "$A() | filter a in ($`B c`(x=1)) and b = 1 | join left=l right=r where l.x = r.x ($C(x = 'y', z=f.g))";
        let query = crate::parse(text).unwrap();
        let found = calls(&query);
        let names: Vec<&str> = found.iter().map(|(it, _)| it.name.text.as_str()).collect();
        assert_eq!(names, ["A", "B c", "C"]);
        assert_eq!(found[1].1.text(text), "$`B c`(x=1)");
        let value = |it: &'_ SavedValue| (it.name.text.clone(), it.value.span.text(text).to_owned());
        let values: Vec<(String, String)> = found[2].0.values.iter().map(value).collect();
        assert_eq!(values, [("x".into(), "'y'".into()), ("z".into(), "f.g".into())]);
    }

    #[test]
    fn what_is_no_call_is_refused_at_its_place() {
        let fault = |text: &str| {
            let fault = crate::parse(text).unwrap_err().remove(0);
            (fault.code, fault.span().start)
        };
        assert_eq!(fault("$A"), (Code::Unexpected, 2));
        assert_eq!(fault("$A('x')"), (Code::Unexpected, 3));
        assert_eq!(fault("$A(x: 1)"), (Code::Unexpected, 4));
        assert_eq!(fault("$A(x = 1"), (Code::Unclosed, 8));
        assert_eq!(fault("$ | limit 1").0, Code::Unexpected);
    }
}
