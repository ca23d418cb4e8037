//! What to do, step by step: each keeps the language's name, so that a plan reads like the query it came from.

mod accum;
mod addtotals;
mod appendcols;
mod autoregress;
mod cidrlookup;
mod dedup;
mod expand;
mod fields;
mod filldown;
mod fillmissing;
mod filter;
mod join;
mod limit;
mod lookup;
mod outlier;
mod parse;
pub mod pattern;
pub mod relevantfields;
mod sessionize;
mod sort;
mod stats;
mod tail;
mod unnest;

use std::fmt;

pub use accum::Accum;
pub use addtotals::{AddTotals, Summary};
pub use appendcols::{AppendCols, AppendedColumn, Kept};
pub use autoregress::Autoregress;
pub use cidrlookup::{CidrLookup, TableRanges};
pub use dedup::Dedup;
pub use expand::Expand;
pub use fields::Fields;
pub use filldown::Filldown;
pub use fillmissing::FillMissing;
pub use filter::Filter;
pub use join::{Join, JoinedRows, Side, Unmatched};
pub use limit::Limit;
pub use lookup::{Lookup, TableOutput, TableRows};
pub use outlier::{Action, Outlier, Sides, Tested};
pub use parse::{Parse, ParseBy};
pub use pattern::Pattern;
pub use relevantfields::RelevantFields;
pub use sessionize::Sessionize;
pub use sort::{Direction, Key, Sort};
pub use stats::{Computed, Stats};
pub use tail::Tail;
pub use unnest::Unnest;

use crate::Plan;
use crate::expr::Field;

/// One step of a plan.
#[derive(Clone)]
pub enum Step {
    /// `fields number(latency) / 1000 as seconds`
    Fields(Fields),
    /// `filter seconds > 1.5`
    Filter(Filter),
    /// `parse @message "[*] *" as level, text`
    Parse(Parse),
    /// `unnest access(order, "items") into item`
    Unnest(Unnest),
    /// `expand items`
    Expand(Expand),
    /// `lookup users id = userId output name, team`
    Lookup(Lookup),
    /// `cidrlookup networks srcAddr as range output owner as team`
    CidrLookup(CidrLookup),
    /// `join left a.id = b.user (…) b.name`
    Join(Join),
    /// `appendcols (…) n as n`
    AppendCols(AppendCols),
    /// `addtotals number(reads), number(writes) as Total`
    AddTotals(AddTotals),
    /// `summary number(reads) as reads`
    Summary(Summary),
    /// `accum number(bytes) as so_far`
    Accum(Accum),
    /// `autoregress bytes as bytes_p1, bytes_p2`
    Autoregress(Autoregress),
    /// `filldown host, cpu`
    Filldown(Filldown),
    /// `fillmissing bin(5m) each 5m by level with n = 0`
    FillMissing(FillMissing),
    /// `sessionize @timestamp by userId, deviceId maxspan 1h as visit`
    Sessionize(Sessionize),
    /// `outlier param=2.5 uselower=true number(cpu) as cpu mark cpu_outlier`
    Outlier(Outlier),
    /// `stats count() as n by level`
    Stats(Stats),
    /// `pattern @message at @timestamp anomaly`
    Pattern(Pattern),
    /// `relevantfields level, size where number(latency) > 400`
    RelevantFields(RelevantFields),
    /// `sort n desc`
    Sort(Sort),
    /// `dedup server`
    Dedup(Dedup),
    /// `limit 20`
    Limit(Limit),
    /// `tail 20`
    Tail(Tail),
}

impl Step {
    /// Whether it needs all rows at hand, not one after another: the engine splits a plan there.
    pub fn gathers(&self) -> bool {
        self.takes_whole()
            || self.makes_rows()
            || matches!(self, Step::Sort(_) | Step::Dedup(_) | Step::Limit(_) | Step::Tail(_))
    }

    /// Whether its rows are its own: nothing of the log reaches them.
    pub fn makes_rows(&self) -> bool {
        matches!(self, Step::Stats(_) | Step::Pattern(_) | Step::RelevantFields(_))
    }

    /// Whether it takes the rows as a whole, in their order, and leaves them in one: it runs when they are gathered.
    pub fn takes_whole(&self) -> bool {
        matches!(
            self,
            Step::Accum(_)
                | Step::Autoregress(_)
                | Step::AppendCols(_)
                | Step::Filldown(_)
                | Step::FillMissing(_)
                | Step::Sessionize(_)
                | Step::Outlier(_)
                | Step::Summary(_)
        )
    }

    /// Whether it makes one row of each row: then it may as well run when rows are chosen.
    pub fn keeps_rows(&self) -> bool {
        match self {
            Step::Fields(_) | Step::AddTotals(_) | Step::Lookup(_) | Step::CidrLookup(_) => true,
            Step::Parse(it) => !matches!(it.by, ParseBy::Matches(..)),
            _ => false,
        }
    }

    /// Calls `visit` for each query within it.
    pub fn subqueries<'a>(&'a self, visit: &mut dyn FnMut(&'a Plan)) {
        match self {
            Step::Filter(it) => it.condition.subqueries(visit),
            Step::Join(Join { right: Side::Query(plan), .. }) => visit(plan),
            Step::AppendCols(AppendCols { right: Side::Query(plan), .. }) => visit(plan),
            Step::RelevantFields(it) => it.condition.subqueries(visit),
            _ => {}
        }
    }

    /// Calls `visit` for each field it reads.
    pub fn reads<'a>(&'a self, visit: &mut dyn FnMut(&'a Field)) {
        match self {
            Step::Fields(it) => it.reads(visit),
            Step::Filter(it) => it.reads(visit),
            Step::Parse(it) => it.reads(visit),
            Step::Unnest(it) => it.reads(visit),
            Step::Expand(it) => it.reads(visit),
            Step::Lookup(it) => it.reads(visit),
            Step::CidrLookup(it) => it.reads(visit),
            Step::Join(it) => it.reads(visit),
            Step::AppendCols(it) => it.reads(visit),
            Step::AddTotals(it) => it.reads(visit),
            Step::Summary(it) => it.reads(visit),
            Step::Accum(it) => it.reads(visit),
            Step::Autoregress(it) => it.reads(visit),
            Step::Filldown(it) => it.reads(visit),
            Step::FillMissing(it) => it.reads(visit),
            Step::Sessionize(it) => it.reads(visit),
            Step::Outlier(it) => it.reads(visit),
            Step::Stats(it) => it.reads(visit),
            Step::Pattern(it) => it.reads(visit),
            Step::RelevantFields(it) => it.reads(visit),
            Step::Sort(it) => it.reads(visit),
            Step::Dedup(it) => it.reads(visit),
            Step::Limit(_) | Step::Tail(_) => {}
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Step::Fields(it) => it.fmt(f),
            Step::Filter(it) => it.fmt(f),
            Step::Parse(it) => it.fmt(f),
            Step::Unnest(it) => it.fmt(f),
            Step::Expand(it) => it.fmt(f),
            Step::Lookup(it) => it.fmt(f),
            Step::CidrLookup(it) => it.fmt(f),
            Step::Join(it) => it.fmt(f),
            Step::AppendCols(it) => it.fmt(f),
            Step::AddTotals(it) => it.fmt(f),
            Step::Summary(it) => it.fmt(f),
            Step::Accum(it) => it.fmt(f),
            Step::Autoregress(it) => it.fmt(f),
            Step::Filldown(it) => it.fmt(f),
            Step::FillMissing(it) => it.fmt(f),
            Step::Sessionize(it) => it.fmt(f),
            Step::Outlier(it) => it.fmt(f),
            Step::Stats(it) => it.fmt(f),
            Step::Pattern(it) => it.fmt(f),
            Step::RelevantFields(it) => it.fmt(f),
            Step::Sort(it) => it.fmt(f),
            Step::Dedup(it) => it.fmt(f),
            Step::Limit(it) => it.fmt(f),
            Step::Tail(it) => it.fmt(f),
        }
    }
}

/// Items with commas between them.
pub(crate) fn list(f: &mut fmt::Formatter, items: impl Iterator<Item = impl fmt::Display>) -> fmt::Result {
    for (index, item) in items.enumerate() {
        write!(f, "{}{item}", if index > 0 { ", " } else { "" })?;
    }
    Ok(())
}

/// `expr as name`, or the name alone where both are the same text.
pub(crate) fn named(expr: &impl fmt::Display, name: &str) -> String {
    let (expr, name) = (expr.to_string(), syntax::quoted_name(name));
    if expr == name { expr } else { format!("{expr} as {name}") }
}
