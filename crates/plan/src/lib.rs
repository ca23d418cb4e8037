//! Query to Plan: names are found, types known, coercions written out, and the scan learns what to read.
//!
//! [`build`] turns a [`syntax::Query`] into a [`Plan`]: a [`Scan`], a list of [`Step`]s, the columns that are shown.
//! The engine coerces nothing and looks nothing up: all of that stands in the plan, and [`Plan`] prints as text.
//!
//! | stage | where | in → out |
//! |---|---|---|
//! | arrange | `arrange.rs` | commands in the order the service runs them: filters before `stats`, `sort` and `limit` last |
//! | bind | `command.rs` and a file a kind of command, `bind.rs`, `coerce.rs` | commands → steps: names found, types known, coercions written |
//! | demand | `demand.rs` | the scan knows its fields |
//! | push down | `pushdown.rs` | the scan knows which texts an event must hold, and which fields it must have |
//!
//! ```
//! let query = syntax::parse("filter level = 'ERROR' | stats count(*) by bin(5m)").unwrap();
//! let plan = plan::build(&query, &plan::Context::default()).unwrap();
//! assert_eq!(plan.scan.literals, ["ERROR"]);
//! ```

mod appendcols;
mod arrange;
mod bind;
mod coerce;
mod columns;
mod command;
mod context;
mod countfrequent;
mod demand;
mod doubts;
mod estimate;
mod explain;
mod expr;
mod faults;
mod fillmissing;
mod foreign;
mod inorder;
mod join;
mod literal;
mod moments;
mod nested;
mod outlier;
mod parse;
mod patterns;
mod precision;
pub mod pushdown;
mod relevant;
mod rules;
mod saved;
mod scan;
mod scope;
mod sessionize;
mod shown;
mod source;
mod stats;
pub mod step;
mod subquery;
mod table;
mod tables;
mod totals;

use std::sync::Arc;

use syntax::{Code, Diagnostic, Query, Severity};

pub use context::{
    Beyond, Context, DEFAULT_LIMIT, LONGEST_QUERY, Limits, LogClass, LogGroup, MOST_FIELDS, MOST_JOIN_KEYS, MOST_ROWS,
    MOST_STATS, UNKNOWN_ACCOUNT,
};
pub use expr::{Expr, Field, Origin};
pub use moments::{Moment, Moments};
pub use precision::{Estimate, estimates, service_error};
pub use saved::{Definition, Parameter, expanded};
pub use scan::{Counted, Form, Groups, Range, Scan, Sequence, Wanted, Which};
pub use step::Step;
pub use step::pattern::Weight;
pub use table::Table;

/// What to do, in order. A piped language is a list, and so is its plan.
#[derive(Clone)]
pub struct Plan {
    /// What is read.
    pub scan: Scan,
    /// What is done with it.
    pub steps: Vec<Step>,
    /// What is shown of it.
    pub shown: Vec<Shown>,
    /// What may not be meant as it is written.
    pub warnings: Vec<Diagnostic>,
    /// Whether the answer hangs on [`Context::now`] or the time range: on `now()`, or on a `SOURCE` that looks back.
    pub hangs_on_now: bool,
}

/// A column of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// What it is called: the query's own text where there is no alias.
    pub title: Arc<str>,
    /// The field it shows.
    pub field: Field,
    /// How much it matters to someone who looks at a table.
    pub weight: Weight,
}

impl Plan {
    /// Calls `visit` for each query within it, which runs before it.
    pub fn subqueries<'a>(&'a self, visit: &mut dyn FnMut(&'a Plan)) {
        self.steps.iter().for_each(|it| it.subqueries(visit));
    }

    /// Whether its rows are events, not groups of them or sums: only events have a `@ptr`.
    pub fn shows_events(&self) -> bool {
        !self.steps.iter().any(|it| it.makes_rows() || matches!(it, Step::Summary(_)))
    }
}

/// Plans a query; all its faults are reported, not only the first.
pub fn build(query: &Query, context: &Context) -> Result<Plan, Vec<Diagnostic>> {
    command::build(query, context)
}

/// Parses and plans a text: all that is wrong with it is reported, in the order it stands there. Of commands beside
/// one that cannot be read, only the faults that have nothing to do with it are told.
pub fn compile(text: &str, context: &Context) -> Result<Plan, Vec<Diagnostic>> {
    let expansion = saved::expand(text, context)?;
    match compile_expanded(expansion.text(), context) {
        Ok(mut plan) => {
            expansion.lead_back(&mut plan);
            plan.warnings.extend(expansion.warnings);
            plan.warnings.sort_by_key(|it| (it.span().start, it.span().end));
            Ok(plan)
        }
        Err(faults) => Err(faults.into_iter().map(|it| expansion.told(it)).collect()),
    }
}

/// The same, of a text in which the calls of saved queries are expanded.
fn compile_expanded(text: &str, context: &Context) -> Result<Plan, Vec<Diagnostic>> {
    let (query, mut faults) = syntax::read(text);
    if context.limits == Limits::Service {
        faults.extend(doubts::too_long(text).map(|(span, message)| Diagnostic::new(Code::TooLong, span, &message)));
    }
    let (refused, doubts): (Vec<_>, Vec<_>) =
        doubts::doubts(&query, text, context).into_iter().partition(|it| it.severity() == Severity::Error);
    faults.extend(refused);
    match build(&query, context) {
        Ok(mut plan) if faults.is_empty() => {
            plan.warnings.extend(doubts);
            plan.warnings.sort_by_key(|it| (it.span().start, it.span().end));
            return Ok(plan);
        }
        Ok(_) => {}
        Err(meant) if faults.is_empty() => return Err(meant),
        Err(meant) => faults.extend(meant.into_iter().filter(|it| stands_alone(it.code))),
    }
    faults.sort_by_key(|it| (it.span().start, it.span().end));
    Err(faults)
}

/// Whether a fault is one whatever the commands around it say.
fn stands_alone(code: Code) -> bool {
    matches!(
        code,
        Code::UnknownFunction
            | Code::UnknownTable
            | Code::NotAComment
            | Code::Subquery
            | Code::SavedQuery
            | Code::UnknownLogGroup
            | Code::WrongArity
            | Code::WrongArgument
            | Code::NestedAggregate
            | Code::AggregateOutsideStats
            | Code::ZeroDuration
            | Code::BadRegex
            | Code::BadGlob
    )
}
