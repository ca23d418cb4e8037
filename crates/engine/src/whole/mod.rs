//! Steps that look at all rows of an answer, in their order.
//!
//! They run in the end, over rows that lie in memory: as many as the `limit` before them leaves, else all.

mod accum;
mod appendcols;
mod autoregress;
mod filldown;
mod fillmissing;
mod outlier;
mod sessionize;
mod summary;

use plan::Step;
use value::Batch;

use crate::Error;

/// Runs a step over all rows; any other step leaves them as they are.
pub fn run(step: &Step, rows: Batch) -> Result<Batch, Error> {
    match step {
        Step::Accum(it) => Ok(accum::run(it, rows)),
        Step::Autoregress(it) => Ok(autoregress::run(it, rows)),
        Step::AppendCols(it) => Ok(appendcols::run(it, rows)),
        Step::Filldown(it) => Ok(filldown::run(it, rows)),
        Step::FillMissing(it) => fillmissing::run(it, rows),
        Step::Sessionize(it) => Ok(sessionize::run(it, rows)),
        Step::Outlier(it) => Ok(outlier::run(it, rows)),
        Step::Summary(it) => Ok(summary::run(it, rows)),
        _ => Ok(rows),
    }
}
