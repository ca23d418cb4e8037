//! `pattern`, with the `anomaly` or `diff` behind it, and `logcompare` → a step, and what it has the scan read.

use syntax::command::Previous;
use syntax::{Code, Diagnostic, Span};
use value::{Period, Type, Unit, time};

use crate::bind::{Typed, bind, type_of};
use crate::coerce;
use crate::expr::{Expr, Field};
use crate::literal::period;
use crate::scope::{Past, Scope};
use crate::step::pattern::{Finding, Periods, Weight};
use crate::step::{Pattern, Step};
use crate::{Beyond, Groups, Range, Which, source};

/// What stands behind a `pattern` and belongs to it.
#[derive(Clone)]
pub enum Asked {
    /// Nothing.
    Patterns,
    /// `anomaly`
    Anomalies,
    /// `diff previousWeek`
    Differences(Earlier),
}

/// Which earlier period is compared.
#[derive(Clone, Copy)]
pub enum Earlier {
    /// The one right before the query's.
    Before,
    /// The same one, so much earlier.
    Shifted(Period),
}

impl Earlier {
    /// What a `diff` compares with.
    pub fn of(previous: Option<Previous>) -> Earlier {
        match previous {
            None => Earlier::Before,
            Some(Previous::Day) => Earlier::Shifted(Period { count: 1, unit: Unit::Day }),
            Some(Previous::Week) => Earlier::Shifted(Period { count: 1, unit: Unit::Week }),
            Some(Previous::Month) => Earlier::Shifted(Period { count: 1, unit: Unit::Month }),
        }
    }
}

/// The step of a `pattern`; behind it, only its names exist. Without a text, it is the message that is looked at.
pub fn pattern(scope: &mut Scope, text: Option<&syntax::Expr>, asked: &Asked, span: Span, steps: &mut Vec<Step>) {
    let bound = match text {
        Some(text) => bind(scope, text).and_then(|it| text_alone(it, text.span)),
        None => message(scope, span),
    };
    let finding = match asked {
        Asked::Patterns => Ok(Finding::Patterns),
        Asked::Anomalies => Ok(Finding::Anomalies),
        Asked::Differences(earlier) => compared(scope, *earlier, span).map(Finding::Differences),
    };
    match (bound, finding) {
        (Ok(bound), Ok(finding)) => {
            let time = (scope.past == Past::Log).then(|| Field::of_log("@timestamp"));
            let names: Vec<_> = finding
                .columns()
                .into_iter()
                .map(|(name, of, weight)| (Field::of_query(name, of), span, weight))
                .collect();
            steps.push(Step::Pattern(Pattern { text: coerce::text(bound), time, finding }));
            let details: Vec<_> =
                names.iter().filter(|it| it.2 == Weight::Detail).map(|it| it.0.name.clone()).collect();
            scope.gather(names.into_iter().map(|(field, span, _)| (field, span)).collect());
            scope.details(details);
        }
        (bound, finding) => {
            scope.faults.extend(bound.err());
            scope.faults.extend(finding.err());
        }
    }
}

/// A map or a list is no text with a template.
fn text_alone(it: Typed, span: Span) -> Result<Typed, Diagnostic> {
    if it.of != Type::Json {
        return Ok(it);
    }
    let fault = Diagnostic::new(Code::WrongArgument, span, "maps and lists have no pattern");
    Err(fault.help("a part of the map that is a text has: `pattern map.key`"))
}

/// The message of an event, where there are events.
fn message(scope: &Scope, span: Span) -> Result<Typed, Diagnostic> {
    match scope.past {
        Past::Log => {
            let expr = Expr::Field(Field::of_log("@message"));
            Ok(Typed { of: type_of(&expr), expr })
        }
        Past::Stats => {
            Err(Diagnostic::new(Code::UnknownAfterStats, span, "behind `stats` there are no events to compare"))
        }
    }
}

/// `logcompare timeshift 7d`: which period it compares with.
pub fn shifted(scope: &mut Scope, shift: syntax::Duration, span: Span) -> Asked {
    if shift.count == 0 {
        scope.faults.push(Diagnostic::new(Code::ZeroDuration, span, "`timeshift` is longer than nothing"));
    }
    Asked::Differences(Earlier::Shifted(period(shift)))
}

/// The two periods of a comparison.
fn compared(scope: &mut Scope, earlier: Earlier, span: Span) -> Result<Periods, Diagnostic> {
    if scope.past == Past::Stats {
        let message = "periods are told by `@timestamp`, which does not exist behind `stats`";
        return Err(Diagnostic::new(Code::UnknownAfterStats, span, message));
    }
    let asked = scope.context.range.filter(|it| it.start != i64::MIN);
    let Some(current) = own_range(scope, span)?.map_or(asked, |own| meet(own, scope.context.range)) else {
        if scope.context.beyond == Beyond::Assumed {
            // A query that is only checked gets its range when it runs.
            let any = Range { start: 0, end: 0 };
            return Ok(Periods { current: any, earlier: any });
        }
        let fault = Diagnostic::new(Code::NoRange, span, "two periods are compared, and no range of time says which");
        return Err(fault.help("`--start -1d` compares the last day of the archive; `--end` says where it ends"));
    };
    let length = current.end.saturating_sub(current.start).saturating_add(1);
    let earlier = match earlier {
        Earlier::Before => Range { start: current.start.saturating_sub(length), end: current.start.saturating_sub(1) },
        // Months differ in length: the period is shifted by its start, and stays as long as it is.
        Earlier::Shifted(by) => {
            let start = time::before(current.start, by);
            Range { start, end: start.saturating_add(length - 1) }
        }
    };
    Ok(Periods { current, earlier })
}

/// The range that the `SOURCE` commands give, where they do.
fn own_range(scope: &mut Scope, span: Span) -> Result<Option<Range>, Diagnostic> {
    let mut ranges = Vec::new();
    for (it, at) in scope.sources.clone() {
        ranges.push(source::range(scope, &it, at));
    }
    match ranges.split_first() {
        None => Ok(None),
        Some((first, others)) if others.iter().all(|it| it == first) => Ok(*first),
        Some(_) => {
            let fault = Diagnostic::new(
                Code::NoRange,
                span,
                "the `SOURCE` commands have ranges of their own, and no one is compared",
            );
            Err(fault.help("`SOURCE` commands of one range, or none, are"))
        }
    }
}

/// What two ranges have in common; without a second one, the first.
fn meet(own: Range, asked: Option<Range>) -> Option<Range> {
    let asked = asked.unwrap_or(own);
    let both = Range { start: own.start.max(asked.start), end: own.end.min(asked.end) };
    (both.start != i64::MIN).then_some(both)
}

/// The log groups and the range that a scan reads: where periods are compared, both of them and nothing between.
pub fn widened(steps: &[Step], groups: Vec<Groups>, range: Option<Range>) -> (Vec<Groups>, Option<Range>) {
    let compared = steps.iter().find_map(|it| match it {
        Step::Pattern(Pattern { finding: Finding::Differences(compared), .. }) => Some(*compared),
        _ => None,
    });
    let Some(Periods { current, earlier }) = compared else { return (groups, range) };
    let all = vec![Groups { which: Which::all(), range: None }];
    let groups = if groups.is_empty() { all } else { groups };
    let in_both = |it: Groups| [current, earlier].map(|range| Groups { which: it.which.clone(), range: Some(range) });
    let whole = Range { start: current.start.min(earlier.start), end: current.end.max(earlier.end) };
    (groups.into_iter().flat_map(in_both).collect(), Some(whole))
}
