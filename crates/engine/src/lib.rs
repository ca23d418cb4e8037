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
mod interim;
mod map;
mod observe;
mod room;
mod rows;
mod step;
mod subquery;
mod whole;

use std::sync::atomic::Ordering::Relaxed;

use plan::{Plan, Step};
use source::{Source, Watch};

pub use error::Error;
pub use found::{Emptied, Found, Statistics};
pub use interim::Interim;
pub use room::Room;

/// Runs a plan over an archive: first the queries within it, then itself.
///
/// # Errors
/// The archive cannot be read, or the answer would be larger than it may.
pub fn run(plan: &Plan, source: &dyn Source, watch: &Watch) -> Result<Found, Error> {
    run_with(plan, source, watch, None, &Room::unbounded())
}

/// The same for a run that is seen, and is not alone: while it runs `interim` can be looked at, and what it gathers is
/// taken of `room`. Behind a second `stats` there is nothing to see before the first one is complete.
///
/// # Errors
/// As of [`run`], and there is no room for what it gathers.
pub fn run_in(room: &Room, plan: &Plan, source: &dyn Source, watch: &Watch, interim: &Interim) -> Result<Found, Error> {
    let is_shown = plan.steps.iter().filter(|it| matches!(it, Step::Stats(_))).count() < 2;
    run_with(plan, source, watch, Some(interim).filter(|_| is_shown), room)
}

fn run_with(
    plan: &Plan,
    source: &dyn Source,
    watch: &Watch,
    interim: Option<&Interim>,
    room: &Room,
) -> Result<Found, Error> {
    let Some((settled, within)) = subquery::settled(plan, source, watch, room)? else {
        return run_alone(plan, source, watch, interim, room);
    };
    let mut found = run_alone(&settled, source, watch, interim, room)?;
    within.into_iter().for_each(|it| found.add_subquery(it));
    Ok(found)
}

/// Runs a plan without queries in it.
fn run_alone(
    plan: &Plan,
    source: &dyn Source,
    watch: &Watch,
    interim: Option<&Interim>,
    room: &Room,
) -> Result<Found, Error> {
    // What is too old for one query may count in the next.
    watch.floor.store(i64::MIN, Relaxed);
    let observed = observe::Observed::of(plan);
    let (gathered, report) = map::run(plan, source, watch, &observed, interim, room)?;
    let mut found = finish::run(plan, gathered, report, &observed, room)?;
    if found.batch.height == 0 {
        found.emptied = Some(emptied::find(plan, source, watch, &observed, &found.report, room)?);
    }
    Ok(found)
}
