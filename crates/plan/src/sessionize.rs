//! `sessionize` → a step that knows when a row happened.

use syntax::command as said;
use syntax::{Code, Diagnostic, Name, Span};
use value::{Period, Type, Unit};

use crate::bind::{Typed, type_of};
use crate::coerce::time;
use crate::expr::Expr;
use crate::literal::period;
use crate::scope::Scope;
use crate::step::Sessionize;

/// How long nothing may come within a session, unless the query says so.
const MAXSPAN: Period = Period { count: 30, unit: Unit::Minute };

/// What the service calls the number of a session.
const SESSION: &str = "session_id";

/// `sessionize userId, deviceId maxspan 1h as visit`
pub fn sessionize(scope: &mut Scope, it: &said::Sessionize, span: Span) -> Result<Sessionize, Diagnostic> {
    let Some(happened) = scope.find("@timestamp") else {
        let message = "sessions are told by `@timestamp`, which does not exist behind `stats`";
        let fault = Diagnostic::new(Code::UnknownAfterStats, span, message);
        return Err(fault.help("`sessionize` stands before the `stats`, which may then group by session"));
    };
    let maxspan = match it.maxspan {
        Some((duration, span)) if duration.count == 0 => {
            return Err(Diagnostic::new(Code::ZeroDuration, span, "`maxspan` is longer than nothing"));
        }
        Some((duration, _)) => period(duration),
        None => MAXSPAN,
    };
    let by = it.by.iter().map(|path| scope.resolve(path)).collect::<Result<Vec<Expr>, _>>()?;
    let name = it.alias.clone().unwrap_or_else(|| Name { text: SESSION.to_owned(), span });
    let into = scope.define(&name, Type::Number)?;
    scope.show_made(&name.text, into.clone());
    let happened = Expr::Field(happened);
    Ok(Sessionize { time: time(Typed { of: type_of(&happened), expr: happened }), by, maxspan, into })
}
