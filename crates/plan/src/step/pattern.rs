//! Puts texts into patterns, and says what is to be found about these.

use std::fmt;

use value::Type;

use crate::Range;
use crate::expr::{Expr, Field};

/// `pattern @message at @timestamp anomaly`
#[derive(Clone)]
pub struct Pattern {
    /// The texts; a row without one is in no pattern.
    pub text: Expr,
    /// When a row happened, as far as that is known.
    pub time: Option<Field>,
    /// What is to be found.
    pub finding: Finding,
}

/// What is to be found about patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Which there are, the most frequent first.
    Patterns,
    /// `anomaly`: which are unusual, the most unusual first.
    Anomalies,
    /// `diff`: how they differ from those of an earlier period, the greatest difference first.
    Differences(Periods),
}

/// The periods that are compared. They may overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The one that the query is about.
    pub current: Range,
    /// The earlier one.
    pub earlier: Range,
}

/// The columns of a [`Pattern`], by name.
pub mod column {
    /// The text of a pattern.
    pub const PATTERN: &str = "@pattern";
    /// Its share of all texts, from 0 to 1.
    pub const RATIO: &str = "@ratio";
    /// How many texts are of it.
    pub const COUNT: &str = "@sampleCount";
    /// `ERROR`, `WARN` or `INFO`.
    pub const SEVERITY: &str = "@severityLabel";
    /// What names it, whatever the query.
    pub const ID: &str = "@PatternId";
    /// A regular expression that its texts match.
    pub const REGEX: &str = "@regexString";
    /// Some of its texts, as JSON.
    pub const SAMPLES: &str = "@logSamples";
    /// Patterns that come when it comes, as JSON.
    pub const RELATED: &str = "@relatedPattern";
    /// The places where its texts differ, as JSON.
    pub const TOKENS: &str = "@tokens";
    /// How many texts came when, as JSON.
    pub const TIMES: &str = "@visualization";
    /// What is unusual about it.
    pub const ANOMALY: &str = "@anomaly";
    /// How unusual that is, from 0 to 1.
    pub const SCORE: &str = "@anomalyScore";
    /// What is unusual about it, in words.
    pub const UNUSUAL: &str = "@anomalyDescription";
    /// How many more texts are of it than in the earlier period.
    pub const DIFFERENCE: &str = "@differenceCount";
    /// The same, in words.
    pub const DIFFERS: &str = "@differenceDescription";
}

/// How much a column matters to someone who looks at a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is what was asked for.
    Main,
    /// It is for programs: long, or made of JSON.
    Detail,
}

impl Finding {
    /// The columns, with what their values are: those for people first.
    pub fn columns(self) -> Vec<(&'static str, Type, Weight)> {
        use column::*;
        let mut columns = vec![(PATTERN, Type::Text, Weight::Main)];
        match self {
            Finding::Patterns => columns.push((RATIO, Type::Number, Weight::Main)),
            Finding::Anomalies => columns.extend([
                (ANOMALY, Type::Text, Weight::Main),
                (SCORE, Type::Number, Weight::Main),
                (UNUSUAL, Type::Text, Weight::Main),
                (RATIO, Type::Number, Weight::Main),
            ]),
            Finding::Differences(_) => {
                columns.extend([(DIFFERENCE, Type::Number, Weight::Main), (DIFFERS, Type::Text, Weight::Main)])
            }
        }
        columns.extend([(COUNT, Type::Number, Weight::Main), (SEVERITY, Type::Text, Weight::Main)]);
        if matches!(self, Finding::Differences(_)) {
            columns.push((RATIO, Type::Number, Weight::Detail));
        }
        columns.extend([ID, REGEX, SAMPLES, RELATED, TOKENS, TIMES].map(|it| (it, Type::Text, Weight::Detail)));
        columns
    }
}

impl Pattern {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.text.fields(visit);
        self.time.iter().for_each(visit);
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "pattern    {}", self.text)?;
        if let Some(time) = &self.time {
            write!(f, " at {time}")?;
        }
        match self.finding {
            Finding::Patterns => Ok(()),
            Finding::Anomalies => f.write_str(" anomaly"),
            Finding::Differences(it) => write!(f, " in {} diff {}", it.current, it.earlier),
        }
    }
}
