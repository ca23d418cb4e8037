//! Steps that look at one row at a time, over the rows of a block.

mod fields;
mod filter;
mod parse;

use plan::Step;
use value::Batch;

pub use filter::Kept;

/// What a step leaves of the rows.
pub enum After {
    /// The same rows, perhaps with more columns.
    Same(Batch),
    /// Fewer rows.
    Fewer(Kept),
}

/// Runs a step over rows that have all columns it reads. A gathering step leaves them as they are.
pub fn run(step: &Step, rows: Batch) -> After {
    match step {
        Step::Fields(it) => After::Same(fields::run(it, rows)),
        Step::Filter(it) => filter::run(it, rows),
        Step::Parse(it) => After::Same(parse::run(it, rows)),
        Step::Stats(_) | Step::Sort(_) | Step::Dedup(_) | Step::Limit(_) => After::Same(rows),
    }
}
