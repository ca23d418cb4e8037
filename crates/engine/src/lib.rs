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
mod run;
mod step;
mod subquery;
mod whole;

use plan::{Plan, Step};
use source::{Source, Watch};

pub use error::Error;
pub use found::{Compared, Emptied, Found, Statistics};
pub use interim::Interim;
pub use room::Room;

use crate::run::Run;

/// Runs a plan over an archive: first the queries within it, then itself.
///
/// # Errors
/// The archive cannot be read, or the answer would be larger than it may.
pub fn run(plan: &Plan, source: &dyn Source, watch: &Watch) -> Result<Found, Error> {
    Run { source, watch, interim: None, room: &Room::unbounded() }.whole(plan)
}

/// The same for a run that is seen, and is not alone: while it runs `interim` can be looked at, and what it gathers is
/// taken of `room`. Behind a second `stats` there is nothing to see before the first one is complete.
///
/// # Errors
/// As of [`run`], and there is no room for what it gathers.
pub fn run_in(room: &Room, plan: &Plan, source: &dyn Source, watch: &Watch, interim: &Interim) -> Result<Found, Error> {
    let is_shown = plan.steps.iter().filter(|it| matches!(it, Step::Stats(_))).count() < 2;
    Run { source, watch, interim: Some(interim).filter(|_| is_shown), room }.whole(plan)
}
