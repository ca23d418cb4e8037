//! Steps that look at one row at a time, over the rows of a block.

mod addtotals;
mod cidrlookup;
mod csv;
mod expand;
mod fields;
mod filter;
mod join;
mod logfmt;
mod lookup;
mod outputs;
mod parse;
mod spread;
mod unnest;

use std::ops::Range;

use plan::Step;
use value::Batch;

/// What a step leaves of the rows.
pub enum After {
    /// The same rows, perhaps with more columns.
    Same(Batch),
    /// Others: some of the rows, or some of them several times.
    Others(Chosen),
}

/// Rows that a step chose or made of those there were.
pub struct Chosen {
    /// The rows.
    pub rows: Batch,
    /// The number of each among those there were, ascending.
    pub numbers: Vec<u32>,
}

/// Runs a step over rows that have all columns it reads. A gathering step leaves them as they are.
pub fn run(step: &Step, rows: Batch) -> After {
    match step {
        Step::Fields(it) => After::Same(fields::run(it, rows)),
        Step::Filter(it) => filter::run(it, rows),
        Step::Parse(it) => parse::run(it, rows),
        Step::Unnest(it) => unnest::run(it, &rows),
        Step::Expand(it) => expand::run(it, &rows),
        Step::Lookup(it) => After::Same(lookup::run(it, rows)),
        Step::CidrLookup(it) => After::Same(cidrlookup::run(it, rows)),
        Step::Join(it) => join::run(it, &rows),
        Step::AddTotals(it) => After::Same(addtotals::run(it, rows)),
        Step::Stats(_) | Step::Sort(_) | Step::Dedup(_) | Step::Limit(_) | Step::Tail(_) => After::Same(rows),
        Step::Pattern(_) | Step::RelevantFields(_) => After::Same(rows),
        Step::Accum(_) | Step::Autoregress(_) | Step::Filldown(_) | Step::AppendCols(_) => After::Same(rows),
        Step::FillMissing(_) | Step::Sessionize(_) | Step::Outlier(_) | Step::Summary(_) => After::Same(rows),
    }
}

/// The rows cut into pieces, where the step makes too many rows of them to be made at once.
pub fn pieces(step: &Step, rows: &Batch) -> Option<Vec<Range<u32>>> {
    match step {
        Step::Join(it) => join::pieces(it, rows),
        _ => None,
    }
}
