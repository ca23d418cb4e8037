//! `json`, `unnest`, `expand` → steps: values inside of maps and lists.
//!
//! What is a map or a list in a JSON event is no field of it, only its parts are. Where one of these commands names it
//! all the same, it is read out of the message.

use syntax::command as said;
use syntax::{Code, Diagnostic, ExprKind, Part, Path};
use value::Type;

use crate::bind::{Typed, bind};
use crate::coerce::text;
use crate::expr::{Expr, Field, Origin};
use crate::scope::{Scope, inside};
use crate::step::{Expand, Fields, Unnest};

/// `json field=payload "user.name" as username`
pub fn json(scope: &mut Scope, it: &said::Json) -> Result<Fields, Diagnostic> {
    let keys: Vec<Part> = it.path.iter().cloned().map(Part::Key).collect();
    let bound = typed(scope, &it.field)?;
    let message = message_of(&bound.expr, &it.field, &keys);
    let map = if bound.of == Type::Json { bound.expr } else { parsed(text(bound)) };
    let own = inside(map, &keys);
    let field = scope.define(&it.alias, Type::Any)?;
    scope.show_made(&it.alias.text, field.clone());
    Ok(Fields { items: vec![(field, either(own, message))] })
}

/// `unnest order.items into item`
pub fn unnest(scope: &mut Scope, it: &said::Unnest) -> Result<Unnest, Diagnostic> {
    let bound = bind(scope, &it.list)?;
    if let ExprKind::Call { name, .. } = &it.list.kind
        && name.text.eq_ignore_ascii_case("split")
    {
        // Recorded: the service refuses it.
        let fault =
            Diagnostic::new(Code::WrongArgument, it.list.span, "`split` gives a text, and `unnest` takes a list");
        return Err(fault.help("lists come from `jsonParse`"));
    }
    let field = scope.define(&it.into, Type::Any)?;
    scope.show_made(&it.into.text, field.clone());
    Ok(Unnest { list: bound.expr, into: field })
}

/// `expand items`
pub fn expand(scope: &mut Scope, it: &said::Expand) -> Result<Option<Expand>, Diagnostic> {
    let bound = typed(scope, &it.field)?;
    let message = message_of(&bound.expr, &it.field, &[]);
    let name = it.field.name();
    if !matches!(bound.of, Type::Any | Type::Double | Type::Json) {
        // Recorded: the list that `split` gives stays as it is.
        let message = format!("`{name}` is no array but what a function made, and stays one row");
        let warning = Diagnostic::new(Code::ExpandText, it.field.span, &message);
        scope.warnings.push(warning.help("`parse` cuts an array out of a text, `jsonParse` reads one"));
        scope.show_name(&name, &name);
        return Ok(None);
    }
    let field = scope.replace(&name, it.field.span, Type::Any);
    scope.show_name(&name, &name);
    Ok(Some(Expand { array: either(bound.expr, message), into: field }))
}

fn typed(scope: &mut Scope, path: &Path) -> Result<Typed, Diagnostic> {
    bind(scope, &syntax::Expr { kind: ExprKind::Field(path.clone()), span: path.span })
}

/// The same place in the message, if the field is one that events have.
fn message_of(field: &Expr, path: &Path, keys: &[Part]) -> Option<Expr> {
    let Expr::Field(Field { origin: Origin::Log(_), name, .. }) = field else { return None };
    let of_system = name.starts_with('@') && !name.starts_with("@@");
    let message = parsed(Expr::Field(Field::of_log("@message")));
    (!of_system).then(|| inside(inside(message, &path.parts), keys))
}

/// `jsonParse(payload)`
fn parsed(text: Expr) -> Expr {
    Expr::call(&functions::json::JSON_PARSE, vec![text])
}

/// The first of the two that has a value.
fn either(first: Expr, second: Option<Expr>) -> Expr {
    match second {
        Some(second) => Expr::call(&functions::general::COALESCE, vec![first, second]),
        None => first,
    }
}
