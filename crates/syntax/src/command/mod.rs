//! The commands of the language: one file each, with its shape, its parser and its prose.

mod accum;
mod addtotals;
mod anomaly;
mod appendcols;
mod autoregress;
mod cidrlookup;
mod countfrequent;
mod dedup;
mod diff;
mod display;
mod estimate;
mod expand;
mod fields;
mod filldown;
mod fillmissing;
mod filter;
mod filterindex;
mod join;
mod json;
mod limit;
mod logcompare;
mod lookup;
mod option;
mod outlier;
mod parse;
mod pattern;
mod relevantfields;
pub(crate) mod saved;
mod sessionize;
mod sort;
mod source;
mod stats;
mod tail;
mod unmask;
mod unnest;

pub use accum::Accum;
pub use addtotals::AddTotals;
pub use appendcols::AppendCols;
pub use autoregress::{Autoregress, Depth};
pub use cidrlookup::CidrLookup;
pub use countfrequent::CountFrequent;
pub use dedup::Dedup;
pub use diff::{Diff, Previous};
pub use expand::Expand;
pub use fields::Fields;
pub use filldown::{Filldown, Filled};
pub use fillmissing::{Fill, FillMissing};
pub use filter::Filter;
pub(crate) use filterindex::HELP as FILTER_INDEX_HELP;
pub use join::{Join, JoinKind};
pub use json::Json;
pub use limit::{Chosen, Limit};
pub use logcompare::LogCompare;
pub use lookup::{Lookup, LookupKey, LookupOutput, Writing};
pub use outlier::{Outlier, OutlierAction};
pub use parse::{Matches, Parse, ParseBy};
pub use pattern::Pattern;
pub use relevantfields::RelevantFields;
pub use saved::{Saved, SavedValue, calls};
pub use sessionize::Sessionize;
pub use sort::{Sort, SortKey};
pub use source::{LogGroups, Moment, Source, SourceKind, Tag};
pub use stats::Stats;
pub use tail::Tail;
pub use unmask::Unmask;
pub use unnest::Unnest;

use crate::parse::{Input, Parsed};
use crate::query::Command;

/// What is known of a command before any query: for the parser, for help, for completion.
pub struct CommandSyntax {
    /// What it is called: in any case.
    pub name: &'static str,
    /// What else it is called.
    pub aliases: &'static [&'static str],
    /// How it is written.
    pub synopsis: &'static str,
    /// What it does, in a sentence or a few.
    pub doc: &'static str,
    /// How what stands behind the name is read.
    pub(crate) parse: for<'a> fn(Input<'a>) -> Parsed<'a, Command>,
}

impl CommandSyntax {
    /// What its production, its parser and its cases are called; the name of a saved query is its user's.
    pub fn room(&self) -> String {
        if self.name.starts_with('$') { "saved".to_owned() } else { self.name.to_ascii_lowercase() }
    }
}

/// Every command.
pub static ALL: &[&CommandSyntax] = &[
    &source::SOURCE,
    &saved::SAVED,
    &fields::FIELDS,
    &display::DISPLAY,
    &filter::FILTER,
    &filterindex::FILTER_INDEX,
    &parse::PARSE,
    &json::JSON,
    &unnest::UNNEST,
    &expand::EXPAND,
    &unmask::UNMASK,
    &lookup::LOOKUP,
    &cidrlookup::CIDRLOOKUP,
    &join::JOIN,
    &appendcols::APPENDCOLS,
    &stats::STATS,
    &countfrequent::COUNT_FREQUENT,
    &accum::ACCUM,
    &addtotals::ADDTOTALS,
    &autoregress::AUTOREGRESS,
    &filldown::FILLDOWN,
    &fillmissing::FILLMISSING,
    &sessionize::SESSIONIZE,
    &outlier::OUTLIER,
    &pattern::PATTERN,
    &anomaly::ANOMALY,
    &diff::DIFF,
    &logcompare::LOGCOMPARE,
    &relevantfields::RELEVANTFIELDS,
    &sort::SORT,
    &limit::LIMIT,
    &tail::TAIL,
    &dedup::DEDUP,
    &estimate::ESTIMATE,
];

/// The command of this name or alias, in any case.
pub fn find(word: &str) -> Option<&'static CommandSyntax> {
    ALL.iter().copied().find(|it| names(it).any(|name| name.eq_ignore_ascii_case(word)))
}

/// The name or alias that a word was most likely meant to be.
pub fn nearest(word: &str) -> Option<&'static str> {
    let names: Vec<&'static str> = ALL.iter().flat_map(|it| names(it)).collect();
    crate::diagnostic::nearest(word, &names)
}

fn names(it: &'static CommandSyntax) -> impl Iterator<Item = &'static str> {
    std::iter::once(it.name).chain(it.aliases.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_belongs_to_one_command() {
        let mut all: Vec<String> = ALL.iter().flat_map(|it| names(it)).map(str::to_lowercase).collect();
        all.sort();
        assert!(all.windows(2).all(|two| two[0] != two[1]), "{all:?}");
    }

    #[test]
    fn every_command_has_prose() {
        for it in ALL {
            assert!(it.synopsis.to_lowercase().starts_with(&it.name.to_lowercase()), "{}", it.name);
            assert!(it.doc.ends_with('.') && it.doc.len() > 20, "{}", it.name);
        }
    }

    #[test]
    fn names_are_found_in_any_case() {
        assert_eq!(find("WHERE").map(|it| it.name), Some("filter"));
        assert_eq!(find("filterindex").map(|it| it.name), Some("filterIndex"));
        assert!(find("eval").is_none());
        assert_eq!(nearest("feilds"), Some("fields"));
        assert_eq!(nearest("wehre"), Some("where"));
    }
}
