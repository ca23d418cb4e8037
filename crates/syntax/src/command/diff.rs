//! `diff`: patterns compared with those of an earlier period.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::opt;

use super::CommandSyntax;
use crate::parse::{Input, Parsed, keyword};
use crate::query::Command;

/// `diff previousWeek`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diff {
    /// Which earlier period; without, the one of equal length right before.
    pub with: Option<Previous>,
}

/// An earlier period, as long as the query's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Previous {
    /// `previousDay`: a day before
    Day,
    /// `previousWeek`: seven days before
    Week,
    /// `previousMonth`: a month before
    Month,
}

impl Previous {
    /// How a query writes it.
    pub fn word(self) -> &'static str {
        match self {
            Previous::Day => "previousDay",
            Previous::Week => "previousWeek",
            Previous::Month => "previousMonth",
        }
    }
}

pub static DIFF: CommandSyntax = CommandSyntax {
    name: "diff",
    aliases: &[],
    synopsis: "diff [previousDay | previousWeek | previousMonth]",
    doc: "Compares the patterns of the `pattern` right before it with those of an earlier period of equal length: the \
          one right before the query's, or the same one a day, seven days or a month before. `@sampleCount` is the \
          count now, `@differenceCount` how many more there are than before, `@differenceDescription` says it in \
          words; the greatest difference comes first. It needs a range of time.",
    parse: diff,
};

fn diff(input: Input) -> Parsed<Command> {
    let word = |it: Previous| keyword(it.word()).map(move |_| it);
    opt(alt((word(Previous::Day), word(Previous::Week), word(Previous::Month))))
        .map(|with| Command::Diff(Diff { with }))
        .parse(input)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_period_is_a_word_in_any_case() {
        let with = |text: &str| match &crate::parse(text).unwrap().stages[1].command {
            Command::Diff(it) => it.with,
            _ => unreachable!(),
        };
        assert_eq!(with("pattern @message | diff"), None);
        assert_eq!(with("pattern @message | diff PREVIOUSweek"), Some(Previous::Week));
        for wrong in ["pattern @message | diff previousYear", "pattern @message | diff previousDay previousWeek"] {
            assert!(crate::parse(wrong).is_err(), "{wrong}");
        }
    }
}
