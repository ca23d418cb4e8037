//! `sessionize`: which rows belong together, because they follow one another closely.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use super::option::duration;
use crate::parse::{Input, Parsed, keyword, name, path, separated};
use crate::query::{Command, Duration, Name, Path};
use crate::span::Span;

/// `sessionize userId, deviceId maxspan 1h as visit`
#[derive(Clone, PartialEq, Debug)]
pub struct Sessionize {
    /// Whose sessions they are: rows of one session have the same values.
    pub by: Vec<Path>,
    /// How long nothing may come within a session, and where the query says so.
    pub maxspan: Option<(Duration, Span)>,
    /// What the number of the session is called; without a name, `session_id`.
    pub alias: Option<Name>,
}

pub static SESSIONIZE: CommandSyntax = CommandSyntax {
    name: "sessionize",
    aliases: &[],
    synopsis: "sessionize field, … [maxspan duration] [as name]",
    doc: "Numbers the sessions of each set of values: a new one begins when nothing came for longer than `maxspan`, \
          30 minutes unless it is given. The number is a column `session_id`, unless it is named.",
    parse: sessionize,
};

fn sessionize(input: Input) -> Parsed<Command> {
    let maxspan = opt(preceded(keyword("maxspan"), cut(duration("a duration such as `30m`"))));
    (separated(path), maxspan, opt(preceded(keyword("as"), cut(name))))
        .map(|(by, maxspan, alias)| Command::Sessionize(Sessionize { by, maxspan, alias }))
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_field_may_be_called_maxspan() {
        let query = crate::parse("sessionize maxspan, b.c MAXSPAN 2hr AS d").unwrap();
        let Command::Sessionize(it) = &query.stages[0].command else { unreachable!() };
        assert_eq!((it.by.len(), it.maxspan.map(|(it, _)| it.count)), (2, Some(2)));
        assert_eq!(it.alias.as_ref().map(|it| it.text.as_str()), Some("d"));
        for wrong in ["sessionize", "sessionize a maxspan 30", "sessionize a maxspan", "sessionize a b"] {
            assert!(crate::parse(wrong).is_err(), "{wrong}");
        }
    }
}
