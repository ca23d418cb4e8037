//! `relevantfields` → a step that knows which fields it looks at.

use syntax::command as said;
use syntax::{Code, Diagnostic, Path, Span};
use value::Type;

use crate::bind::{Typed, bind, type_of};
use crate::coerce;
use crate::doubts::visit_fields;
use crate::expr::{Expr, Field};
use crate::scope::{Past, Scope};
use crate::step::relevantfields::Looked;
use crate::step::{RelevantFields, Step};

/// What every event has another value of, or what only says where it lies.
const OF_NO_INTEREST: [&str; 3] = ["@timestamp", "@ingestionTime", "@ptr"];

/// The step of a `relevantfields`; behind it, only its names exist.
pub fn relevantfields(scope: &mut Scope, it: &said::RelevantFields, span: Span, steps: &mut Vec<Step>) {
    if scope.past == Past::Stats {
        let message = "behind `stats` there are no events whose fields could be looked at";
        scope.faults.push(Diagnostic::new(Code::UnknownAfterStats, span, message));
        return;
    }
    let condition = bind(scope, &it.condition).map(coerce::condition);
    let looked: Result<Vec<Looked>, Diagnostic> = match it.fields.as_slice() {
        [] => Ok(discovered(scope, &it.condition)),
        fields => fields.iter().map(|path| named(scope, path)).collect(),
    };
    match (condition, looked) {
        (Ok(condition), Ok(looked)) => {
            steps.push(Step::RelevantFields(RelevantFields { condition, looked }));
            let of = [Type::Text, Type::Number, Type::Text, Type::Number, Type::Number];
            let names = RelevantFields::COLUMNS.iter().zip(of).map(|(name, of)| (Field::of_query(name, of), span));
            scope.gather(names.collect());
        }
        (condition, looked) => {
            scope.faults.extend(condition.err());
            scope.faults.extend(looked.err());
        }
    }
}

/// A field that the query names: recorded, it is one of the log.
fn named(scope: &Scope, path: &Path) -> Result<Looked, Diagnostic> {
    match scope.resolve(path)? {
        Expr::Field(field) if field.wanted().is_some() => Ok(looked(&path.name(), field)),
        _ => {
            let message = format!("`{}` is made by the query, and only fields of the log are looked at", path.name());
            let fault = Diagnostic::new(Code::NotOfLog, path.span, &message);
            Err(fault.help("what a `parse` finds can be counted: `stats count(*) by name`"))
        }
    }
}

/// All fields that events have, but those that the condition is about.
fn discovered(scope: &Scope, condition: &syntax::Expr) -> Vec<Looked> {
    let mut asked = Vec::new();
    visit_fields(condition, &mut |path| asked.push(path.name()));
    let known = scope.context.fields.iter().flatten();
    let is_of_interest = |it: &&String| !OF_NO_INTEREST.contains(&it.as_str()) && !asked.contains(it);
    known.filter(is_of_interest).map(|name| looked(name, Field::of_log(name))).collect()
}

fn looked(name: &str, field: Field) -> Looked {
    let typed = || {
        let expr = Expr::Field(field.clone());
        Typed { of: type_of(&expr), expr }
    };
    Looked { name: name.to_owned(), text: coerce::text(typed()), number: coerce::number(typed()) }
}
