//! Finds the fields whose values go with a condition.

use std::fmt;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `relevantfields level, number(size) where number(latency) > 400`
#[derive(Clone)]
pub struct RelevantFields {
    /// What tells the rows in question from the others.
    pub condition: Expr,
    /// What is looked at.
    pub looked: Vec<Looked>,
}

/// A field that is looked at.
#[derive(Clone)]
pub struct Looked {
    /// What the query calls it.
    pub name: String,
    /// Its values as texts.
    pub text: Expr,
    /// Its values as numbers.
    pub number: Expr,
}

impl RelevantFields {
    /// The names of its columns: the field, its score, what makes the most of it, and the two medians.
    pub const COLUMNS: [&'static str; 5] =
        ["@fieldName", "@relevanceScore", "@topRelevanceContributors", "@conditionalMedian", "@baselineMedian"];

    /// What a value counts as: a number of many digits as its first two, so that latencies meet. Those of ten digits
    /// and more are ids, and count as they are, like texts, of which the beginning counts.
    pub fn counted(text: &str) -> String {
        const MANY: std::ops::Range<f64> = 1e3..1e9;
        const LONGEST: usize = 128;
        match text.parse::<f64>() {
            Ok(number) if MANY.contains(&number.abs()) || (number.abs() < 1e9 && number.fract() != 0.0) => {
                format!("{number:.1e}")
            }
            _ => {
                let mut end = text.len().min(LONGEST);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text[..end].to_owned()
            }
        }
    }

    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.condition.fields(visit);
        for it in &self.looked {
            it.text.fields(visit);
            it.number.fields(visit);
        }
    }
}

impl fmt::Display for RelevantFields {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("relevantfields ")?;
        list(f, self.looked.iter().map(|it| &it.text))?;
        write!(f, " where {}", self.condition)
    }
}
