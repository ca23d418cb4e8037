//! `logcompare`: events compared with those of an earlier period.

use nom::Parser;
use nom::sequence::preceded;

use super::CommandSyntax;
use super::option::duration;
use crate::parse::{Input, Parsed, keyword};
use crate::query::{Command, Duration};
use crate::span::Span;

/// `logcompare timeshift 7d`
#[derive(Clone, PartialEq, Debug)]
pub struct LogCompare {
    /// How much earlier the other period is.
    pub shift: Duration,
    /// Where that stands.
    pub span: Span,
}

pub static LOGCOMPARE: CommandSyntax = CommandSyntax {
    name: "logcompare",
    aliases: &[],
    synopsis: "logcompare timeshift duration",
    doc: "Compares the events with those of the same period so much earlier: their messages are put into patterns, \
          and compared as `pattern @message | diff` does it. What the service shows is not recorded. \
          It needs a range of time.",
    parse: logcompare,
};

fn logcompare(input: Input) -> Parsed<Command> {
    preceded(keyword("timeshift"), duration("a duration such as `7d`"))
        .map(|(shift, span)| Command::LogCompare(LogCompare { shift, span }))
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_shift_is_a_duration() {
        let query = crate::parse("logcompare TIMESHIFT 7d").unwrap();
        let Command::LogCompare(it) = &query.stages[0].command else { unreachable!() };
        assert_eq!(it.shift.count, 7);
        for wrong in ["logcompare", "logcompare 7d", "logcompare timeshift", "logcompare timeshift 7"] {
            assert!(crate::parse(wrong).is_err(), "{wrong}");
        }
    }
}
