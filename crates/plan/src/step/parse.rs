//! Cuts a text into fields; where it does not match, the row stays as it is.

use std::fmt;

use value::Pattern;
use value::glob::Glob;

use crate::expr::{Expr, Field};
use crate::step::list;

/// `parse @message "[*] *" as level, text`
#[derive(Clone)]
pub struct Parse {
    /// The text that is cut.
    pub from: Expr,
    /// How.
    pub by: ParseBy,
    /// The fields it makes, in the order of the wildcards, or of the groups.
    pub fields: Vec<Field>,
}

/// How a text is cut.
#[derive(Clone)]
pub enum ParseBy {
    /// `"[*] *"`: as many wildcards as fields
    Glob(Glob),
    /// `/user=(?<user>\S+)/`: the number of each field's group, 0 being the whole match
    Regex(Pattern, Vec<usize>),
    /// `/(?<user>\w+)@/ multi`: the same, a row for each match
    Matches(Pattern, Vec<usize>),
    /// `logfmt`: one field, the map of the pairs
    Logfmt,
    /// `csv`: a field for each cell
    Csv,
}

impl Parse {
    pub(crate) fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        self.from.fields(visit);
    }
}

impl fmt::Display for Parse {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.by {
            ParseBy::Glob(glob) => write!(f, "parse      {} {glob} as ", self.from)?,
            ParseBy::Regex(pattern, _) | ParseBy::Matches(pattern, _) => {
                write!(f, "parse      {} {pattern} as ", self.from)?;
            }
            ParseBy::Logfmt => write!(f, "parse      {} logfmt as ", self.from)?,
            ParseBy::Csv => write!(f, "parse      {} csv as ", self.from)?,
        }
        list(f, self.fields.iter())?;
        f.write_str(if let ParseBy::Matches(..) = self.by { " multi" } else { "" })
    }
}
