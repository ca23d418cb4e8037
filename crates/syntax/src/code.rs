//! Every kind of fault a query can have, listed once.

use crate::diagnostic::Severity;

/// A kind of fault. Its slug is never reused for another.
#[expect(missing_docs, reason = "`Code::doc` says of each what it is")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Code {
    // What the text is made of.
    EmptyQuery,
    LeadingPipe,
    TrailingPipe,
    EmptyStage,
    MissingPipe,
    UnknownCommand,
    Unexpected,
    Unclosed,
    Unterminated,
    TypographicQuote,
    ForeignSign,
    ForeignWord,
    NotAComment,
    Placeholder,
    MisplacedRegex,
    RegexFlag,
    BadNumber,
    BadDuration,
    BadName,
    MissingNames,
    ChainedComparison,
    SortByExpression,
    UnknownOption,
    TooDeep,
    TooLong,
    TooManyRows,
    TooMany,
    NotInClass,
    // What it means.
    UnknownFunction,
    WrongArity,
    WrongArgument,
    NotOfLog,
    AggregateOutsideStats,
    NestedAggregate,
    MissingAggregate,
    UnknownAfterStats,
    Redefined,
    DedupFollowed,
    EstimateFollowed,
    PatternFirst,
    PatternSorted,
    NoRange,
    NoColumns,
    SortBetweenStats,
    TooManyStats,
    BinWithoutTime,
    ZeroDuration,
    BadRegex,
    BadGlob,
    BadRange,
    NoTags,
    UnknownTable,
    Subquery,
    Join,
    SavedQuery,
    UnknownLogGroup,
    // What may not be what was meant.
    AboveLimit,
    Backslash,
    BinCap,
    CountName,
    CountOfCondition,
    Deprecated,
    EarlyPart,
    EmptyAggregate,
    EmptyPeriod,
    ExpandText,
    FilterBeforeStats,
    HiddenField,
    HistogramWidth,
    InfrequentAccess,
    LimitLarge,
    LiteralWildcard,
    NoDataSource,
    NoLogGroup,
    NoSource,
    QuotedName,
    SortBeforeStats,
    SortByMissing,
    SubtractionInName,
    TextAgainstTime,
    TotalsOfBins,
    Unchecked,
    UnknownField,
    UnusedAlias,
}

/// Every code, in the order of the enum.
pub const ALL: &[Code] = &[
    Code::EmptyQuery,
    Code::LeadingPipe,
    Code::TrailingPipe,
    Code::EmptyStage,
    Code::MissingPipe,
    Code::UnknownCommand,
    Code::Unexpected,
    Code::Unclosed,
    Code::Unterminated,
    Code::TypographicQuote,
    Code::ForeignSign,
    Code::ForeignWord,
    Code::NotAComment,
    Code::Placeholder,
    Code::MisplacedRegex,
    Code::RegexFlag,
    Code::BadNumber,
    Code::BadDuration,
    Code::BadName,
    Code::MissingNames,
    Code::ChainedComparison,
    Code::SortByExpression,
    Code::UnknownOption,
    Code::TooDeep,
    Code::TooLong,
    Code::TooManyRows,
    Code::TooMany,
    Code::NotInClass,
    Code::UnknownFunction,
    Code::WrongArity,
    Code::WrongArgument,
    Code::NotOfLog,
    Code::AggregateOutsideStats,
    Code::NestedAggregate,
    Code::MissingAggregate,
    Code::UnknownAfterStats,
    Code::Redefined,
    Code::DedupFollowed,
    Code::EstimateFollowed,
    Code::PatternFirst,
    Code::PatternSorted,
    Code::NoRange,
    Code::NoColumns,
    Code::SortBetweenStats,
    Code::TooManyStats,
    Code::BinWithoutTime,
    Code::ZeroDuration,
    Code::BadRegex,
    Code::BadGlob,
    Code::BadRange,
    Code::NoTags,
    Code::UnknownTable,
    Code::Subquery,
    Code::Join,
    Code::SavedQuery,
    Code::UnknownLogGroup,
    Code::AboveLimit,
    Code::Backslash,
    Code::BinCap,
    Code::CountName,
    Code::CountOfCondition,
    Code::Deprecated,
    Code::EarlyPart,
    Code::EmptyAggregate,
    Code::EmptyPeriod,
    Code::ExpandText,
    Code::FilterBeforeStats,
    Code::HiddenField,
    Code::HistogramWidth,
    Code::InfrequentAccess,
    Code::LimitLarge,
    Code::LiteralWildcard,
    Code::NoDataSource,
    Code::NoLogGroup,
    Code::NoSource,
    Code::QuotedName,
    Code::SortBeforeStats,
    Code::SortByMissing,
    Code::SubtractionInName,
    Code::TextAgainstTime,
    Code::TotalsOfBins,
    Code::Unchecked,
    Code::UnknownField,
    Code::UnusedAlias,
];

impl Code {
    /// The code with this slug.
    pub fn find(slug: &str) -> Option<Code> {
        ALL.iter().copied().find(|code| code.slug() == slug)
    }

    /// Its name in messages and files: `unknown-function`.
    pub fn slug(self) -> &'static str {
        self.record().0
    }

    /// How bad it is.
    pub fn severity(self) -> Severity {
        self.record().1
    }

    /// What it is about, in one sentence.
    pub fn doc(self) -> &'static str {
        self.record().2
    }

    fn record(self) -> (&'static str, Severity, &'static str) {
        use Severity::{Error, Warning};
        match self {
            Code::EmptyQuery => ("empty-query", Error, "The text holds no command."),
            Code::LeadingPipe => {
                ("leading-pipe", Error, "The query begins with a `|`: it may be a part of a longer one.")
            }
            Code::TrailingPipe => {
                ("trailing-pipe", Error, "The query ends with a `|`, and no command stands behind it.")
            }
            Code::EmptyStage => ("empty-stage", Error, "Nothing stands between two `|`."),
            Code::MissingPipe => ("missing-pipe", Error, "A command begins where no `|` stands before it."),
            Code::UnknownCommand => ("unknown-command", Error, "The language has no command of this name."),
            Code::Unexpected => ("unexpected", Error, "Something else belongs at this place."),
            Code::Unclosed => ("unclosed", Error, "A parenthesis or bracket is never closed."),
            Code::Unterminated => ("unterminated", Error, "A string, regular expression or quoted name never ends."),
            Code::TypographicQuote => {
                ("typographic-quote", Error, "A quote is one of those that word processors make, not a straight one.")
            }
            Code::ForeignSign => ("foreign-sign", Error, "A sign of another language stands for one of this language."),
            Code::ForeignWord => ("foreign-word", Error, "A word of another language stands for one of this language."),
            Code::NotAComment => ("not-a-comment", Error, "A comment is written as in another language."),
            Code::Placeholder => ("placeholder", Error, "A template's placeholder was not filled in."),
            Code::MisplacedRegex => {
                ("misplaced-regex", Error, "A regular expression stands where only `like`, `=~` and `parse` take one.")
            }
            Code::RegexFlag => ("regex-flag", Error, "A flag stands behind a regular expression, not inside it."),
            Code::BadNumber => ("bad-number", Error, "A number is written in a form the language does not have."),
            Code::BadDuration => ("bad-duration", Error, "A length of time has an unknown or doubtful unit or count."),
            Code::BadName => ("bad-name", Error, "A name holds characters that only backticks allow, or is empty."),
            Code::MissingNames => ("missing-names", Error, "A `parse` does not say what its fields are called."),
            Code::ChainedComparison => ("chained-comparison", Error, "A comparison is compared again: `1 < x < 5`."),
            Code::SortByExpression => {
                ("sort-by-expression", Error, "A `sort` key is an expression; only names are keys.")
            }
            Code::UnknownOption => ("unknown-option", Error, "A command has no option of this name, or has it twice."),
            Code::TooDeep => ("too-deep", Error, "An expression nests deeper than is read."),
            Code::TooLong => ("too-long", Error, "The query is longer than the service takes."),
            Code::TooManyRows => ("too-many-rows", Error, "A `limit` is above the most that the service gives."),
            Code::TooMany => ("too-many", Error, "There are more of something than the service takes."),
            Code::NotInClass => ("not-in-class", Error, "The class of the log groups refuses a command."),
            Code::UnknownFunction => ("unknown-function", Error, "The language has no function of this name."),
            Code::WrongArity => ("wrong-arity", Error, "A function has more or fewer arguments than it takes."),
            Code::WrongArgument => ("wrong-argument", Error, "A function does not take an argument of this kind."),
            Code::NotOfLog => {
                ("not-of-log", Error, "A command that looks at fields of the log names one that the query makes.")
            }
            Code::AggregateOutsideStats => {
                ("aggregate-outside-stats", Error, "A function over many rows stands outside `stats`.")
            }
            Code::NestedAggregate => ("nested-aggregate", Error, "A function over many rows stands inside another."),
            Code::MissingAggregate => {
                ("missing-aggregate", Error, "An item of `stats` is neither over many rows nor a key of `by`.")
            }
            Code::UnknownAfterStats => {
                ("unknown-after-stats", Error, "A name is used behind a `stats` that does not pass it on.")
            }
            Code::Redefined => ("redefined", Error, "A name is defined twice."),
            Code::DedupFollowed => ("dedup-followed", Error, "A command other than `limit` stands behind a `dedup`."),
            Code::EstimateFollowed => ("estimate-followed", Error, "A command stands behind an `estimate`."),
            Code::PatternFirst => {
                ("pattern-first", Error, "A `diff` or `anomaly` does not stand right behind a `pattern`.")
            }
            Code::PatternSorted => ("pattern-sorted", Error, "A `sort` stands before a `pattern`."),
            Code::NoRange => ("no-range", Error, "Periods are compared, and the query has no range of time."),
            Code::NoColumns => {
                ("no-columns", Error, "A command works on the columns so far, and there are none for it.")
            }
            Code::SortBetweenStats => {
                ("sort-between-stats", Error, "A `sort` or `limit` stands before the last of several `stats`.")
            }
            Code::TooManyStats => ("too-many-stats", Error, "There are more `stats` than the service takes."),
            Code::BinWithoutTime => (
                "bin-without-time",
                Error,
                "A `bin` stands behind a `stats` that does not pass `@timestamp` on, or a `join`.",
            ),
            Code::ZeroDuration => ("zero-duration", Error, "A length of time is zero."),
            Code::BadRegex => {
                ("bad-regex", Error, "A regular expression is not well formed, or uses what is not supported.")
            }
            Code::BadGlob => ("bad-glob", Error, "The `*` of a `parse` and its names are not of one number."),
            Code::BadRange => ("bad-range", Error, "A range of time ends before it starts."),
            Code::NoTags => {
                ("no-tags", Error, "Log groups are chosen by their tags, of which an archive knows nothing.")
            }
            Code::UnknownTable => {
                ("unknown-table", Error, "A `lookup` names a table that was not given, or a column that it lacks.")
            }
            Code::Subquery => {
                ("subquery", Error, "A query stands within another where none may, or gives what is of no use there.")
            }
            Code::Join => (
                "join",
                Error,
                "A `join` does not name its two sides, or a field behind it is not named with one of them.",
            ),
            Code::SavedQuery => {
                ("saved-query", Error, "A saved query that is called is not known, or does not have these parameters.")
            }
            Code::UnknownLogGroup => {
                ("unknown-log-group", Error, "A `source` names a log group that the archive does not have.")
            }
            Code::AboveLimit => ("above-limit", Warning, "There is more of something than the service takes."),
            Code::Backslash => {
                ("backslash", Warning, "The backslashes of a regular expression seem to be lost, or doubled.")
            }
            Code::BinCap => ("bin-cap", Warning, "A count above what its unit allows is cut."),
            Code::CountName => ("count-name", Warning, "A name that no row has is the name of a function."),
            Code::CountOfCondition => {
                ("count-of-condition", Warning, "A `count` of a condition counts where it does not hold, too.")
            }
            Code::Deprecated => {
                ("deprecated", Warning, "The service has given a command up, and another does the same.")
            }
            Code::EarlyPart => ("early-part", Warning, "A part of a map is named in the command that makes the map."),
            Code::EmptyAggregate => {
                ("empty-aggregate", Warning, "A `max`, `sum` or the like finds no number to look at.")
            }
            Code::EmptyPeriod => ("empty-period", Warning, "Two periods are compared, and one of them has no event."),
            Code::ExpandText => {
                ("expand-text", Warning, "An `expand` names what a function made, which stays one row.")
            }
            Code::FilterBeforeStats => {
                ("filter-before-stats", Warning, "A `filter` behind `stats` names a raw field, and so acts before it.")
            }
            Code::HiddenField => {
                ("hidden-field", Warning, "An aggregate is called as the field of the log that it reads.")
            }
            Code::HistogramWidth => {
                ("histogram-width", Warning, "The second argument of `histogram` is the width of a range.")
            }
            Code::InfrequentAccess => {
                ("infrequent-access", Warning, "Log groups of the Infrequent Access class refuse a command.")
            }
            Code::LimitLarge => ("limit-large", Warning, "A `limit` is above the most that the service gives."),
            Code::LiteralWildcard => {
                ("literal-wildcard", Warning, "A sign stands for itself that other languages take for any text.")
            }
            Code::NoDataSource => ("no-data-source", Warning, "A data source is asked for, and no event names one."),
            Code::NoLogGroup => {
                ("no-log-group", Warning, "A `source` chooses log groups, and the archive has none such.")
            }
            Code::NoSource => ("no-source", Warning, "A query within another does not say which log groups it reads."),
            Code::QuotedName => ("quoted-name", Warning, "A text in quotes stands where a name is likely meant."),
            Code::SortBeforeStats => {
                ("sort-before-stats", Warning, "A `sort` or `limit` before the only `stats` has no effect.")
            }
            Code::SortByMissing => ("sort-by-missing", Warning, "A `sort` key is no column, and so has no effect."),
            Code::SubtractionInName => {
                ("subtraction-in-name", Warning, "A dash in a name without backticks is a subtraction.")
            }
            Code::TextAgainstTime => ("text-against-time", Warning, "A time and a text have no order."),
            Code::TotalsOfBins => ("totals-of-bins", Warning, "An `addtotals` stands behind a `stats` by times."),
            Code::Unchecked => ("unchecked", Warning, "A query names what is not at hand, and so is not checked."),
            Code::UnknownField => ("unknown-field", Warning, "No event has this field."),
            Code::UnusedAlias => ("unused-alias", Warning, "A name is given that nothing reads or shows."),
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(self.slug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lists_every_code_once_in_order() {
        // The match of `record` is exhaustive, so its arms are the variants.
        let arms =
            include_str!("code.rs").lines().filter(|line| line.trim().starts_with("Code::") && line.contains("=>"));
        assert_eq!(ALL.len(), arms.count());
        for (place, code) in ALL.iter().enumerate() {
            assert_eq!(*code as usize, place, "{code} stands at the wrong place");
        }
    }

    #[test]
    fn slugs_are_kebab_case_and_lead_back() {
        for code in ALL {
            assert!(code.slug().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{code}");
            assert_eq!(Code::find(code.slug()), Some(*code));
            assert!(code.doc().ends_with('.'), "{code}: a sentence");
        }
        assert_eq!(Code::find("no-such-code"), None);
    }
}
