//! `outlier` → a step that replaces what it cuts, and names its marks.

use syntax::command as said;
use syntax::{Diagnostic, Name, Path};
use value::Type;

use crate::bind::{Typed, type_of};
use crate::coerce::number;
use crate::scope::Scope;
use crate::step::{Action, Outlier, Sides, Tested};

/// Where the boundaries lie unless the query says so, in interquartile ranges.
const PARAM: f64 = 2.5;

/// `outlier action=remove param=3.0 cpu memory`
pub fn outlier(scope: &mut Scope, it: &said::Outlier) -> Result<Outlier, Diagnostic> {
    let action = match it.action {
        Some(said::OutlierAction::Remove) => Action::Remove,
        Some(said::OutlierAction::Transform) | None => Action::Transform,
    };
    let mut named: Vec<&Path> = Vec::new();
    for path in &it.fields {
        if named.iter().all(|it| it.name() != path.name()) {
            named.push(path);
        }
    }
    // All are looked up before one is replaced: a name may stand for a part of another.
    let values = named.iter().map(|path| scope.resolve(path)).collect::<Result<Vec<_>, _>>()?;
    let mut tested = Vec::new();
    for (path, value) in named.into_iter().zip(values) {
        let (name, of) = (path.name(), type_of(&value));
        let number = number(Typed { expr: value.clone(), of });
        scope.show_name(&name, &name);
        let into = (action == Action::Transform).then(|| scope.replace(&name, path.span, cut(of)));
        let mark = match it.mark {
            Some(true) => {
                let mark = Name { text: format!("{name}_outlier"), span: path.span };
                let field = scope.define(&mark, Type::Bool)?;
                scope.show_made(&mark.text, field.clone());
                Some(field)
            }
            _ => None,
        };
        tested.push(Tested { value, number, into, mark });
    }
    let param = it.param.as_ref().and_then(|it| it.parse().ok()).unwrap_or(PARAM);
    let sides = if it.uselower == Some(true) { Sides::Both } else { Sides::Upper };
    Ok(Outlier { action, param, sides, tested })
}

/// What a column is whose outliers are cut: texts stay what they are, beside the boundary.
fn cut(of: Type) -> Type {
    match of {
        Type::Number | Type::Double | Type::Time | Type::Json => of,
        _ => Type::Any,
    }
}
