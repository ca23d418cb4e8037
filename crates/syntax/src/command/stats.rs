//! `stats`: one row for each group of rows.

use nom::Parser;
use nom::combinator::{cut, opt, peek};
use nom::sequence::{preceded, terminated};

use super::CommandSyntax;
use super::option::duration;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Input, Parsed, keyword, known, named, separated};
use crate::query::{Command, Duration, Named};
use crate::span::Span;

/// `stats count(*) as n, avg(latency) by level, bin(5m) as time`
#[derive(Clone, PartialEq, Debug)]
pub struct Stats {
    /// What is computed of each group: at least one.
    pub items: Vec<Named>,
    /// What makes a group; with nothing here, all rows are one.
    pub by: Vec<Named>,
    /// By how much the times of bins are shown earlier, where the query says so; and where it says so.
    pub offset: Option<(Duration, Span)>,
}

pub static STATS: CommandSyntax = CommandSyntax {
    name: "stats",
    aliases: &[],
    synopsis: "stats expression [as name], … [by expression [as name], … [offset duration]]",
    doc: "Puts rows into groups and computes values of each: counts, sums, averages, percentiles. \
          Behind it there are only the names it makes. Functions over rows stand in no other command. \
          `offset 1h` shows the times of bins an hour earlier.",
    parse: stats,
};

fn stats(input: Input) -> Parsed<Command> {
    if let Ok((_, span)) = keyword("by")(input) {
        let diagnostic =
            Diagnostic::new(Code::Unexpected, span, "`stats` computes something of each group, found `by`");
        return known(diagnostic.help("groups are counted by `stats count(*) by x`"));
    }
    let (rest, items) = separated(named)(input)?;
    let group = opt(terminated(keyword("group"), peek(keyword("by"))));
    let (rest, by) = opt(preceded((group, keyword("by")), cut(separated(named)))).parse(rest)?;
    let by = by.unwrap_or_default();
    let (after, offset) = opt(preceded(keyword("offset"), cut(duration("a duration such as `1h`")))).parse(rest)?;
    Ok((after, Command::Stats(Stats { items, by, offset: offset.map(|(it, _)| (it, rest.span_to(after))) })))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    #[test]
    fn keys_stand_behind_by_or_group_by() {
        for text in ["stats count(*) as n by a, bin(5m) as t", "STATS count(*) as n GROUP BY a, bin(5m) as t"] {
            let Command::Stats(it) = crate::parse(text).unwrap().stages.remove(0).command else { panic!() };
            assert_eq!((it.items.len(), it.by[0].text.as_str(), it.by[1].text.as_str()), (1, "a", "bin(5m)"));
        }
    }

    #[test]
    fn something_is_computed() {
        for text in ["stats by a", "stats", "stats count(*) by", "stats count(*) by by"] {
            assert_eq!(crate::parse(text).unwrap_err()[0].code, Code::Unexpected, "{text}");
        }
    }
}
