//! `estimate` → a sum over the messages that the query before it would scan, in the place of that query.

use functions::{general, stats};
use syntax::{Code, Command, Diagnostic, Query, Span};
use value::{Type, Value};

use crate::Shown;
use crate::context::Limits;
use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::step::pattern::Weight;
use crate::step::{Computed, Fields, Stats, Step};

/// What the column is called; the manual does not say.
const BYTES: &str = "estimatedBytesScanned";

/// The steps and the column of a query that ends in `estimate`; its other commands are only held to the rules.
pub fn estimate() -> (Vec<Step>, Vec<Shown>) {
    let sum = Field::of_query("bytes", Type::Number);
    let bytes = Field::of_query(BYTES, Type::Number);
    let size = Expr::call(&general::MESSAGE_SIZE, vec![Expr::Field(Field::of_log("@message"))]);
    let computed = vec![Computed { field: sum.clone(), aggregate: &stats::SUM, args: vec![size] }];
    // Of no message there is no sum, and nothing is scanned.
    let zero = Expr::Literal(Some(Value::Number(0.0)));
    let or_none = Expr::call(&general::COALESCE, vec![Expr::Field(sum), zero]);
    let steps = vec![
        Step::Stats(Stats { computed, keys: Vec::new(), order: Vec::new() }),
        Step::Fields(Fields { items: vec![(bytes.clone(), or_none)] }),
    ];
    (steps, vec![Shown { title: BYTES.into(), field: bytes, weight: Weight::Main }])
}

/// Whether a query asks for an estimate; one that does not stand last is a fault.
pub fn is_asked_for(scope: &mut Scope, query: &Query) -> bool {
    let mut places = query.stages.iter().enumerate().filter(|(_, it)| it.command == Command::Estimate);
    let Some((place, found)) = places.next() else { return false };
    if let Some(next) = query.stages.get(place + 1) {
        scope.faults.push(followed(next.span, found.span, "no command may stand behind `estimate`"));
    } else if scope.context.limits == Limits::Service && scope.context.limit.is_some() {
        let message = "the service puts a limit of the caller behind the query, where `estimate` lets nothing stand";
        scope.faults.push(Diagnostic::new(Code::EstimateFollowed, found.span, message));
    }
    true
}

fn followed(next: Span, estimate: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::EstimateFollowed, next, message)
        .also(estimate, "the `estimate`")
        .help("`estimate` is the last command: it stands for the answer of those before it")
}
