//! Plan and Source to rows: map, merge, finish.
//!
//! A plan splits at its first gathering step (`stats`, or the `sort`, `dedup` and `limit` of the answer).
//! **Map**: each block of events runs through the steps before it, column by column, and is folded into a partial
//! result; no block outlives that. **Merge**: two partials make one, whatever the order, with the same bytes.
//! **Finish**: the partial becomes rows, and the steps behind it run over what is now small.
//! So an archive larger than memory is only more blocks, and each thread keeps one partial.
//!
//! [`run`] takes a [`plan::Plan`] and a [`source::Source`], and gives [`Found`].

mod emptied;
mod error;
mod expr;
mod finish;
mod found;
mod gather;
mod map;
mod observe;
mod rows;
mod step;
mod subquery;
mod whole;

use std::sync::atomic::Ordering::Relaxed;

use plan::Plan;
use source::{Source, Watch};

pub use error::Error;
pub use found::{Emptied, Found, Statistics};

/// Runs a plan over an archive: first the queries within it, then itself.
pub fn run(plan: &Plan, source: &dyn Source, watch: &Watch) -> Result<Found, Error> {
    let Some((settled, within)) = subquery::settled(plan, source, watch)? else {
        return run_alone(plan, source, watch);
    };
    let mut found = run_alone(&settled, source, watch)?;
    within.into_iter().for_each(|it| found.add_subquery(it));
    Ok(found)
}

/// Runs a plan without queries in it.
fn run_alone(plan: &Plan, source: &dyn Source, watch: &Watch) -> Result<Found, Error> {
    // What is too old for one query may count in the next.
    watch.floor.store(i64::MIN, Relaxed);
    let observed = observe::Observed::of(plan);
    let (gathered, report) = map::run(plan, source, watch, &observed)?;
    let mut found = finish::run(plan, gathered, report, &observed)?;
    if found.batch.height == 0 {
        found.emptied = Some(emptied::find(plan, source, watch, &observed, &found.report)?);
    }
    Ok(found)
}
