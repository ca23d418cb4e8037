//! A query within a query, in parentheses.

use nom::combinator::cut;

use super::failure::known;
use super::input::{Input, Parsed};
use super::list::closing;
use super::token::{sign, word};
use super::{command, expr, foreign, left_over};
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Query, Stage};
use nom::Parser;

/// `(source 'b' | fields id)`: of its faults the first is told.
pub(crate) fn subquery(input: Input) -> Parsed<Query> {
    let (rest, open) = sign("(")(input)?;
    let mut rest = expr::deeper(rest)?;
    let mut stages = Vec::new();
    loop {
        let (behind, command) = cut(command).parse(rest)?;
        let pipe = if foreign::operator(behind.rest()).is_none() { sign("|")(behind).ok() } else { None };
        if pipe.is_none() && !behind.rest().is_empty() && !behind.rest().starts_with(')') {
            return known(left_over(behind, &command));
        }
        stages.push(Stage { command, span: rest.span_to(behind) });
        let Some((next, pipe)) = pipe else {
            let (after, _) = closing(")", open, behind)?;
            return Ok((after.as_deep_as(input), Query { stages }));
        };
        if next.rest().starts_with(['|', ')']) {
            return known(Diagnostic::new(Code::EmptyStage, pipe, "a command belongs behind this `|`"));
        }
        rest = next;
    }
}

/// Whether a parenthesis opens a query, and not a list of values.
pub(super) fn opens_query(inside: Input) -> bool {
    inside.rest().starts_with('$') || word(inside).is_ok_and(|(_, name)| crate::command::find(&name.text).is_some())
}

/// Whether a parenthesis opens a query wherever it stands: no field called `source` is followed by a name in quotes.
pub(super) fn begins_with_source(inside: Input) -> bool {
    let group = behind(inside, "source");
    group.is_some_and(|it| it.rest().starts_with(['"', '\'']) || behind(it, "logGroups").is_some())
}

/// What stands behind a word in any case, if it stands here.
fn behind<'a>(input: Input<'a>, name: &str) -> Option<Input<'a>> {
    word(input).ok().filter(|(_, it)| it.text.eq_ignore_ascii_case(name)).map(|(after, _)| after)
}
