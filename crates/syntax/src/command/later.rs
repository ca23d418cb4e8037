//! Commands that are part of the language and not run here yet. One that is built moves into a file of its own.

use super::CommandSyntax;

const fn later(name: &'static str, synopsis: &'static str, doc: &'static str) -> CommandSyntax {
    CommandSyntax { name, aliases: &[], synopsis, doc, parse: None }
}

pub static ANOMALY: CommandSyntax =
    later("anomaly", "anomaly", "Finds what is unusual among the patterns of a `pattern` before it.");

pub static DIFF: CommandSyntax = later(
    "diff",
    "diff [previousDay | previousWeek | previousMonth]",
    "Compares the patterns of a `pattern` before it with those of an earlier period.",
);

pub static LOGCOMPARE: CommandSyntax =
    later("logcompare", "logcompare timeshift duration", "Compares the events with those of an earlier period.");

pub static PATTERN: CommandSyntax =
    later("pattern", "pattern field", "Puts texts into groups that differ only in numbers, ids and the like.");

pub static RELEVANTFIELDS: CommandSyntax = later(
    "relevantfields",
    "relevantfields [field, …] where condition",
    "Finds the fields whose values differ most between the rows that meet a condition and the others.",
);
