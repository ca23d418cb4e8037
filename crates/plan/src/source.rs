//! `SOURCE` → the log groups that the scan reads, and the time it bounds them to.

use syntax::command::{Moment, Source, SourceKind};
use syntax::{Code, Diagnostic, Span};
use value::time;

use crate::literal::period;
use crate::scope::Scope;
use crate::{Groups, Range, Which};

/// What a `SOURCE` names; a fault in it is noted in the scope.
pub fn groups(scope: &mut Scope, it: &Source, span: Span) -> Option<Groups> {
    let which = match &it.kind {
        SourceKind::Group(name) => Which::Named(name.text.clone()),
        SourceKind::Groups(groups) => Which::Prefixed {
            prefixes: groups.prefixes.iter().map(|it| it.text.clone()).collect(),
            accounts: groups.accounts.iter().map(|it| it.text.clone()).collect(),
        },
    };
    let range = match (it.start, it.end) {
        (None, None) => None,
        (start, end) => {
            let now = scope.context.now;
            let start = start.map_or(i64::MIN, |it| at(it, now));
            let end = end.map_or(now, |it| at(it, now));
            if start > end {
                scope.faults.push(Diagnostic::new(Code::BadRange, span, "the range of time ends before it starts"));
                return None;
            }
            // Recorded: the last second counts to its last millisecond.
            Some(Range { start, end: end.div_euclid(1000).saturating_mul(1000).saturating_add(999) })
        }
    };
    Some(Groups { which, range })
}

fn at(moment: Moment, now: i64) -> i64 {
    match moment {
        Moment::Now => now,
        Moment::At(time) => i64::try_from(time).unwrap_or(i64::MAX),
        Moment::Before(duration) => time::before(now, period(duration)),
    }
}
