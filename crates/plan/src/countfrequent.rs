//! `countFrequent` → a `stats` that counts, with the greatest count first.

use syntax::command as said;
use syntax::{Code, Diagnostic, ExprKind, Named, Span};
use value::Type;

use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::stats::group_key;
use crate::step::{Computed, Direction, Key, Stats, Step};

/// What the service calls the column of the counts.
const COUNT: &str = "_approxcount";

/// The step of a `countFrequent`; behind it, only its names exist. Equal counts come in the order of the values.
pub fn count_frequent(scope: &mut Scope, it: &said::CountFrequent, span: Span, steps: &mut Vec<Step>) {
    let mut keys: Vec<(Field, Expr)> = Vec::new();
    let mut names: Vec<(Field, Span)> = Vec::new();
    for path in &it.by {
        let expr = syntax::Expr { kind: ExprKind::Field(path.clone()), span: path.span };
        match group_key(scope, &Named { expr, alias: None, text: path.name() }, &names) {
            Ok((field, _)) if &*field.name == COUNT => {
                let message = format!("`{COUNT}` is what the counts are called");
                let fault = Diagnostic::new(Code::Redefined, path.span, &message);
                scope.faults.push(fault.help("another name for the field would do: `fields … as name`"));
            }
            Ok((field, expr)) => {
                names.push((field.clone(), path.span));
                keys.push((field, expr));
            }
            Err(fault) => scope.faults.push(fault),
        }
    }
    let count = Field::of_query(COUNT, Type::Number);
    let key = |field: &Field, direction| Key { expr: Expr::Field(field.clone()), direction };
    let order = std::iter::once(key(&count, Direction::Descending))
        .chain(keys.iter().map(|(field, _)| key(field, Direction::Ascending)))
        .collect();
    names.push((count.clone(), span));
    let computed = vec![Computed { field: count, aggregate: &functions::stats::COUNT, args: Vec::new() }];
    steps.push(Step::Stats(Stats { computed, keys, order }));
    scope.gather(names);
}
