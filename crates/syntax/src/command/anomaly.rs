//! `anomaly`: what is unusual among patterns.

use super::CommandSyntax;
use crate::parse::{Input, Parsed};
use crate::query::Command;

pub static ANOMALY: CommandSyntax = CommandSyntax {
    name: "anomaly",
    aliases: &[],
    synopsis: "anomaly",
    doc: "Finds what is unusual among the patterns of the `pattern` right before it, the most unusual first: \
          `@anomaly` says what, `@anomalyScore` how much, from 0 to 1, and `@anomalyDescription` in words. \
          A pattern is unusual if its first text comes in the last quarter of the time, or if it comes far more or \
          far less often in a period than in the others. Which of them the service would name is not known.",
    parse: anomaly,
};

fn anomaly(input: Input) -> Parsed<Command> {
    Ok((input, Command::Anomaly))
}
