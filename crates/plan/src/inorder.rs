//! `accum`, `autoregress`, `filldown` → steps that look at the rows before each row.

use syntax::command as said;
use syntax::{Code, Diagnostic, Name, Path, Span};
use value::Type;

use crate::Shown;
use crate::bind::{Typed, type_of};
use crate::coerce::number;
use crate::expr::{Expr, Field};
use crate::scope::Scope;
use crate::step::{Accum, Autoregress, Filldown};

/// How far back an `autoregress` looks at most: each row before is a column.
const DEEPEST: u64 = 1000;

/// `accum bytes as so_far`
pub fn accum(scope: &mut Scope, it: &said::Accum) -> Result<Accum, Diagnostic> {
    let expr = scope.resolve(&it.field)?;
    let number = number(Typed { of: type_of(&expr), expr });
    let into = match &it.alias {
        Some(alias) => made(scope, alias, Type::Number)?,
        None => replaced(scope, &it.field, Type::Number),
    };
    Ok(Accum { number, into })
}

/// `autoregress bytes p=1-4`
pub fn autoregress(scope: &mut Scope, it: &said::Autoregress) -> Result<Autoregress, Diagnostic> {
    let value = scope.resolve(&it.field)?;
    let (from, to) = it.depth.map_or((1, 1), |it| (it.from, it.to.unwrap_or(it.from)));
    if let Some(depth) = it.depth
        && (from == 0 || from > to || to > DEEPEST)
    {
        let message = "`p` counts rows back, from the nearest to the farthest";
        let fault = Diagnostic::new(Code::WrongArgument, depth.span, message);
        return Err(fault.help(&format!("such as `p=1` or `p=1-4`, and {DEEPEST} at most")));
    }
    let (stem, span) =
        it.alias.as_ref().map_or((it.field.name(), it.field.span), |alias| (alias.text.clone(), alias.span));
    let several = it.depth.is_some_and(|it| it.to.is_some());
    let mut copies = Vec::new();
    for back in from..=to {
        let text = match (&it.alias, several) {
            (Some(_), false) => stem.clone(),
            _ => format!("{stem}_p{back}"),
        };
        let field = made(scope, &Name { text, span }, type_of(&value))?;
        copies.push((usize::try_from(back).unwrap_or(usize::MAX), field));
    }
    Ok(Autoregress { value, copies })
}

/// `filldown host cpu*`
pub fn filldown(scope: &mut Scope, it: &said::Filldown, span: Span) -> Result<Filldown, Diagnostic> {
    let mut found: Vec<(String, Span, Expr)> = Vec::new();
    let shown: Vec<Shown> = scope.shown().into_iter().filter(|it| it.field.of != Type::Place).collect();
    let column = |it: &Shown, span| (it.title.to_string(), span, Expr::Field(it.field.clone()));
    if it.fields.is_empty() {
        if !scope.names_columns() {
            let fault =
                Diagnostic::new(Code::NoColumns, span, "`filldown` fills the columns so far, and nothing names any");
            return Err(fault.help("`filldown host cpu` names what to fill, as a `fields host, cpu` before it does"));
        }
        found.extend(shown.iter().map(|it| column(it, span)));
    }
    for filled in &it.fields {
        match filled {
            said::Filled::Field(path) => found.push((path.name(), path.span, scope.resolve(path)?)),
            said::Filled::Wildcard(pattern) => {
                let before = found.len();
                found.extend(shown.iter().filter(|it| matches(&pattern.text, &it.title)).map(|it| column(it, span)));
                if found.len() == before {
                    let message = format!("`{}` is the name of no column so far", pattern.text);
                    let fault = Diagnostic::new(Code::WrongArgument, pattern.span, &message);
                    return Err(fault.help("a `fields` before it names the columns that a `*` stands for"));
                }
            }
        }
    }
    let mut fields: Vec<(Field, Expr)> = Vec::new();
    for (name, span, expr) in found {
        if fields.iter().all(|(it, _)| *it.name != *name) {
            let field = scope.replace(&name, span, type_of(&expr));
            scope.show_name(&name, &name);
            fields.push((field, expr));
        }
    }
    Ok(Filldown { fields })
}

/// A new column.
fn made(scope: &mut Scope, name: &Name, of: Type) -> Result<Field, Diagnostic> {
    let field = scope.define(name, of)?;
    scope.show_made(&name.text, field.clone());
    Ok(field)
}

/// A column in the place of a field.
fn replaced(scope: &mut Scope, path: &Path, of: Type) -> Field {
    let name = path.name();
    let field = scope.replace(&name, path.span, of);
    scope.show_name(&name, &name);
    field
}

/// Whether a name is what a pattern says, `*` standing for any letters.
fn matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        match rest.find(piece) {
            Some(place) => rest = &rest[place + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, name, holds) in [
            ("cpu*", "cpu", true),
            ("cpu*", "cpu.user", true),
            ("*", "", true),
            ("a*b*c", "a1bb2c", true),
            ("a*a", "a", false),
            ("*x", "axb", false),
        ] {
            assert_eq!(matches(pattern, name), holds, "{pattern} {name}");
        }
    }
}
