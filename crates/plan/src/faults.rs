//! What is said of calls that make no sense, or may not mean what they say.

use functions::{Need, Param};
use syntax::{Code, Diagnostic, ExprKind, Name, Span};

use crate::foreign;
use crate::scope::{Past, Scope};

pub fn aggregate_outside(name: &Name) -> Diagnostic {
    let message = format!("`{}` works on groups of events, and stands only in `stats`", name.text);
    Diagnostic::new(Code::AggregateOutsideStats, name.span, &message)
        .help(&format!("`stats {}(…) as name by …`, and the name in the commands behind it", name.text))
}

/// The error for a function that does not exist.
pub fn unknown_function(name: &Name) -> Diagnostic {
    let mut names: Vec<&str> = functions::all().filter(|it| it.is_listed()).map(|it| it.name).collect();
    names.extend(functions::aggregates().map(|it| it.name));
    let fault = Diagnostic::new(Code::UnknownFunction, name.span, &format!("there is no function `{}`", name.text));
    if let Some(help) = foreign::function(&name.text) {
        return fault.help(&help);
    }
    match syntax::nearest(&name.text, &names) {
        Some(near) => fault.help(&format!("a function with a similar name: `{near}`")),
        None => fault,
    }
}

pub fn wrong_arity(name: &str, params: &[&Param], found: usize, span: Span) -> Diagnostic {
    let least = params.iter().filter(|it| matches!(it.need, Need::Once | Need::Repeated)).count();
    let most = params.len();
    let open = params.iter().any(|it| it.need == Need::Repeated);
    let arguments = |count: usize| if count == 1 { "argument" } else { "arguments" };
    let wanted = match (open, least == most) {
        (true, _) => format!("{least} {} or more", arguments(least)),
        (false, true) => format!("{least} {}", arguments(least)),
        (false, false) => format!("{least} to {most} arguments"),
    };
    let message = format!("`{name}` takes {wanted}, found {found}");
    let function = functions::find(name).map(functions::Function::signature);
    let signature = function.or_else(|| functions::find_aggregate(name).map(functions::Aggregate::signature));
    let fault = Diagnostic::new(Code::WrongArity, span, &message);
    signature.iter().fold(fault, |fault, it| fault.help(&format!("`{it}`")))
}

/// `cs-uri-stem` is three fields and two subtractions, and seldom meant so.
pub fn warn_of_hyphen(scope: &mut Scope, args: &[syntax::Expr], span: Span) {
    let [left, right] = args else { return };
    let tight = left.span.end + 1 == right.span.start;
    let (Some(first), ExprKind::Field(last)) = (rightmost(left), &right.kind) else { return };
    if !tight || scope.past != Past::Log {
        return;
    }
    let whole = format!("{first}-{}", last.name());
    let message = format!("`{whole}` is `{first}` minus `{}`", last.name());
    scope.warnings.retain(|it| it.code != Code::SubtractionInName || it.span().start != span.start);
    let warning = Diagnostic::new(Code::SubtractionInName, span, &message);
    scope.warnings.push(warning.help(&format!("a field of that name is written in backticks: `` `{whole}` ``")));
}

/// The name that a chain of tight subtractions spells so far.
fn rightmost(expr: &syntax::Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Field(path) => Some(path.name()),
        ExprKind::Call { name, args } if name.text == "-" => match args.as_slice() {
            [left, right] => match &right.kind {
                ExprKind::Field(path) => Some(format!("{}-{}", rightmost(left)?, path.name())),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
