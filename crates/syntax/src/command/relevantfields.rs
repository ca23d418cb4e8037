//! `relevantfields`: the fields whose values go with a condition.

use nom::Parser;
use nom::combinator::cut;
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, expr, keyword, path, separated};
use crate::query::{Command, Expr, Path};

/// `relevantfields Controller, Path where Time > 400`
#[derive(Clone, PartialEq, Debug)]
pub struct RelevantFields {
    /// Which fields are looked at; none means all that events have.
    pub fields: Vec<Path>,
    /// What tells the events in question from the others.
    pub condition: Expr,
}

pub static RELEVANTFIELDS: CommandSyntax = CommandSyntax {
    name: "relevantfields",
    aliases: &[],
    synopsis: "relevantfields [field, …] where condition",
    doc: "Finds the fields whose values differ most between the events that meet a condition and the others: a row for \
          each, with `@relevanceScore` from 0 to 1 (the Jensen-Shannon divergence of its values here and there), \
          `@topRelevanceContributors`, the values that make the most of it, and the medians of its numbers, \
          `@conditionalMedian` and `@baselineMedian`. Without a list, all fields that events have are looked at. \
          The field comes first whose score is furthest beyond what chance makes of so many values: an id that no \
          other event has scores 1, and comes late. How the service scores is not known.",
    parse: relevantfields,
};

fn relevantfields(input: Input) -> Parsed<Command> {
    let condition = |input| preceded(keyword("where"), cut(expr)).parse(input);
    if let Ok((rest, condition)) = condition(input) {
        return Ok((rest, Command::RelevantFields(RelevantFields { fields: Vec::new(), condition })));
    }
    (separated(path), condition)
        .map(|(fields, condition)| Command::RelevantFields(RelevantFields { fields, condition }))
        .parse(input)
}
