//! Commands of the query → steps of the plan.

use syntax::command as said;
use syntax::{Code, Command, Diagnostic, Query, Span, Stage};
use value::Type;

use crate::arrange::{End, Stretch, arrange, hangs_on_now};
use crate::bind::bind;
use crate::coerce::condition;
use crate::columns::{display, fields, unmask};
use crate::context::{Context, DEFAULT_LIMIT, Limits, MOST_FIELDS, MOST_ROWS};
use crate::countfrequent::count_frequent;
use crate::expr::{Expr, Field};
use crate::fillmissing::fillmissing;
use crate::outlier::outlier;
use crate::parse::parse;
use crate::patterns::pattern;
use crate::relevant::relevantfields;
use crate::scope::{Past, Scope};
use crate::sessionize::sessionize;
use crate::step::{Dedup, Direction, Filter, Key, Limit, Sort, Step, Tail};
use crate::subquery::Purpose;
use crate::{
    Plan, Scan, appendcols, demand, estimate, inorder, join, nested, patterns, pushdown, saved, source, stats,
    subquery, tables, totals,
};

/// Plans a query; all its faults are reported, in the order they stand.
pub fn build(query: &Query, context: &Context) -> Result<Plan, Vec<Diagnostic>> {
    build_for(query, Scope::new(context)).map(|(plan, _)| plan)
}

/// Plans a query in a scope that says what its rows are for, and which log groups it reads without a `SOURCE`.
pub fn build_for<'a>(query: &Query, mut scope: Scope<'a>) -> Result<(Plan, Scope<'a>), Vec<Diagnostic>> {
    let context = scope.context;
    let arranged = arrange(query);
    if !arranged.sources.is_empty() {
        scope.sources = arranged.sources;
    }
    let sources = scope.sources.clone();
    subquery::check_places(&mut scope, query);
    scope.warnings.extend(arranged.warnings);
    scope.faults.extend(arranged.faults);
    let mut steps = Vec::new();
    source::check_counts(&mut scope, &sources);
    let groups = match sources.as_slice() {
        [] => context.asked_of.clone(),
        some => some.iter().filter_map(|(it, span)| source::groups(&mut scope, it, *span)).collect(),
    };
    steps.extend(source::data_sources(&mut scope, &sources).map(Step::Filter));
    stats::check_count(&mut scope, &arranged.stretches);
    for stretch in &arranged.stretches {
        for stage in &stretch.rows {
            row_command(&mut scope, stage, &mut steps);
            scope.settle();
        }
        match &stretch.end {
            Some((End::Stats(it), _)) => stats::stats(&mut scope, it, &mut steps),
            Some((End::CountFrequent(it), span)) => count_frequent(&mut scope, it, *span, &mut steps),
            Some((End::Pattern(text, asked), span)) => pattern(&mut scope, text.as_ref(), asked, *span, &mut steps),
            Some((End::LogCompare(it), span)) => {
                let asked = patterns::shifted(&mut scope, it.shift, it.span);
                pattern(&mut scope, None, &asked, *span, &mut steps);
            }
            Some((End::RelevantFields(it), span)) => relevantfields(&mut scope, it, *span, &mut steps),
            Some((End::Whole(stage), _)) => {
                let is_cut = stretch.limit.or(stretch.any).or(stretch.tail).is_some();
                if is_cut || !matches!(stage.command, Command::Join(_)) {
                    chosen(&mut scope, stretch, &mut steps);
                }
                if let (Command::Join(_), Some((sort, _))) = (&stage.command, &stretch.sort) {
                    // The order of the left side is that of the pairs.
                    scope.order = sort.keys.iter().filter_map(|it| key(&mut scope, it)).collect();
                }
                row_command(&mut scope, stage, &mut steps);
                scope.settle();
            }
            None => result(&mut scope, stretch, &mut steps),
        }
    }
    let is_estimate = estimate::is_asked_for(&mut scope, query);
    if !scope.faults.is_empty() {
        scope.faults.sort_by_key(|it| (it.span().start, it.span().end));
        scope.faults.dedup();
        return Err(scope.faults);
    }
    let shown = scope.shown();
    scope.warn_of_unused();
    let (mut steps, shown) = match scope.purpose {
        _ if is_estimate => estimate::estimate(),
        Purpose::Set => subquery::distinct(steps, subquery::chosen(query, shown)),
        Purpose::Answer | Purpose::Rows => (steps, shown),
    };
    join::settle(&scope, &mut steps);
    let (groups, range) = patterns::widened(&steps, groups, context.range);
    let scan = Scan {
        groups,
        range,
        keeps_untimed: context.keeps_untimed,
        fields: demand::fields(&steps, &shown),
        literals: pushdown::literals(&steps),
        needed: pushdown::fields(&steps),
        most_fields: (context.limits == Limits::Service).then_some(MOST_FIELDS),
        counted: context.counted,
        ..Scan::default()
    };
    let mut warnings = std::mem::take(&mut scope.warnings);
    warnings.sort_by_key(|it| (it.span().start, it.span().end));
    warnings.dedup();
    Ok((Plan { scan, steps, shown, warnings, hangs_on_now: hangs_on_now(query) }, scope))
}

fn row_command(scope: &mut Scope, stage: &Stage, steps: &mut Vec<Step>) {
    match &stage.command {
        Command::Fields(it) => fields(scope, it, steps),
        Command::Display(it) => display(scope, it, steps),
        Command::Filter(it) | Command::FilterIndex(it) => match bind(scope, &it.condition) {
            Ok(bound) => steps.push(Step::Filter(Filter { condition: condition(bound), span: stage.span })),
            Err(fault) => scope.faults.push(fault),
        },
        Command::Parse(it) => {
            let step = parse(scope, it).map(Step::Parse);
            add(scope, step, steps);
        }
        Command::Json(it) => {
            let step = nested::json(scope, it).map(Step::Fields);
            add(scope, step, steps);
        }
        Command::Unnest(it) => {
            let step = nested::unnest(scope, it).map(Step::Unnest);
            add(scope, step, steps);
        }
        Command::Expand(it) => {
            if let Some(step) = nested::expand(scope, it).transpose() {
                add(scope, step.map(Step::Expand), steps);
            }
        }
        Command::Lookup(it) => {
            let step = tables::lookup(scope, it).map(Step::Lookup);
            add(scope, step, steps);
        }
        Command::CidrLookup(it) => {
            let step = tables::cidrlookup(scope, it).map(Step::CidrLookup);
            add(scope, step, steps);
        }
        Command::Saved(it) => saved::left_over(scope, it),
        Command::Join(it) => {
            let step = join::join(scope, it, stage.span).map(Step::Join);
            add(scope, step, steps);
        }
        Command::AppendCols(it) => {
            let step = appendcols::appendcols(scope, it, stage.span).map(Step::AppendCols);
            add(scope, step, steps);
        }
        Command::Unmask(it) => it.fields.iter().for_each(|it| unmask(scope, it)),
        Command::Accum(it) => {
            let step = inorder::accum(scope, it).map(Step::Accum);
            add(scope, step, steps);
        }
        Command::Autoregress(it) => {
            let step = inorder::autoregress(scope, it).map(Step::Autoregress);
            add(scope, step, steps);
        }
        Command::Filldown(it) => {
            let step = inorder::filldown(scope, it, stage.span).map(Step::Filldown);
            add(scope, step, steps);
        }
        Command::FillMissing(it) => {
            let step = fillmissing(scope, it, stage.span, steps).map(Step::FillMissing);
            add(scope, step, steps);
        }
        Command::Sessionize(it) => {
            let step = sessionize(scope, it, stage.span).map(Step::Sessionize);
            add(scope, step, steps);
        }
        Command::Outlier(it) => {
            let step = outlier(scope, it).map(Step::Outlier);
            add(scope, step, steps);
        }
        Command::AddTotals(it) => {
            if let Err(fault) = totals::addtotals(scope, it, stage.span, steps) {
                scope.faults.push(fault);
            }
        }
        // The stretches hold no others among their rows.
        Command::Stats(_) | Command::CountFrequent(_) | Command::Sort(_) | Command::Dedup(_) | Command::Source(_) => {}
        Command::Limit(_) | Command::Tail(_) | Command::Estimate => {}
        Command::Pattern(_) | Command::Anomaly | Command::Diff(_) | Command::LogCompare(_) => {}
        Command::RelevantFields(_) => {}
    }
}

fn add(scope: &mut Scope, step: Result<Step, Diagnostic>, steps: &mut Vec<Step>) {
    match step {
        Ok(step) => steps.push(step),
        Err(fault) => scope.faults.push(fault),
    }
}

/// The order of a stretch: that of its `sort`, else newest first; rows that were in an order before stay in it.
fn ordered(scope: &mut Scope, stretch: &Stretch, steps: &mut Vec<Step>) {
    let mut keys: Vec<Key> = stretch.sort.iter().flat_map(|(it, _)| &it.keys).filter_map(|it| key(scope, it)).collect();
    if stretch.sort.is_none() {
        keys.clone_from(&scope.order);
    }
    if let Some((count, span)) = stretch.any {
        let count = checked_limit(scope, count, span);
        steps.push(Step::Limit(Limit { count }));
    }
    if !keys.is_empty() {
        let time = time_of_rows(scope, &keys, steps);
        steps.push(Step::Sort(Sort { keys, time }));
    } else if scope.past == Past::Log && stretch.any.is_none() && !steps.iter().any(Step::takes_whole) {
        let expr = Expr::Field(Field::of_log("@timestamp"));
        let keys = vec![Key { expr, direction: Direction::Descending }];
        steps.push(Step::Sort(Sort { keys, time: None }));
    }
}

/// When the rows happened, if they are events and are not sorted by just that.
fn time_of_rows(scope: &Scope, keys: &[Key], steps: &[Step]) -> Option<Field> {
    let time = Field::of_log("@timestamp");
    let are_events = scope.past == Past::Log && !steps.iter().any(Step::takes_whole);
    let is_by_time = keys.iter().any(|it| matches!(&it.expr, Expr::Field(field) if *field == time));
    (are_events && !is_by_time).then_some(time)
}

/// The order of a stretch and the rows that its limits leave of it.
fn chosen(scope: &mut Scope, stretch: &Stretch, steps: &mut Vec<Step>) {
    ordered(scope, stretch, steps);
    steps.extend(checked(scope, stretch.limit).map(|count| Step::Limit(Limit { count })));
    steps.extend(checked(scope, stretch.tail).map(|count| Step::Tail(Tail { count })));
}

/// A count of rows that the query itself gives.
fn checked(scope: &mut Scope, count: Option<(u64, Span)>) -> Option<u64> {
    count.map(|(count, span)| checked_limit(scope, count, span))
}

/// What ends the query: its order, its distinct rows, its limit.
fn result(scope: &mut Scope, stretch: &Stretch, steps: &mut Vec<Step>) {
    ordered(scope, stretch, steps);
    if let Some((dedup, _)) = &stretch.dedup {
        let mut by = Vec::new();
        for path in &dedup.by {
            match scope.resolve(path) {
                Ok(Expr::Field(field)) if field.of == Type::Json => {
                    let fault = Diagnostic::new(Code::WrongArgument, path.span, "maps and lists are not told apart");
                    scope.faults.push(fault.help("a part of the map that is a single value is: `dedup map.key`"));
                }
                Ok(expr) => by.push(expr),
                Err(fault) => scope.faults.push(fault),
            }
        }
        steps.push(Step::Dedup(Dedup { by }));
    }
    let own = checked(scope, stretch.limit);
    let tail = checked(scope, stretch.tail);
    let any = stretch.any.map(|(count, _)| count);
    // What the caller limits is the answer.
    let asked = scope.context.limit.filter(|_| scope.purpose == Purpose::Answer);
    let least = |own: Option<u64>| own.into_iter().chain(asked).min();
    match tail {
        None => {
            let count = least(own).or(any).or((scope.purpose == Purpose::Answer).then_some(DEFAULT_LIMIT));
            steps.extend(count.map(|count| Step::Limit(Limit { count })));
        }
        Some(tail) => {
            steps.extend(own.map(|count| Step::Limit(Limit { count })));
            steps.push(Step::Tail(Tail { count: least(Some(tail)).unwrap_or(tail) }));
        }
    }
}

/// A sort key; a name that does not exist behind a `stats` has no effect.
fn key(scope: &mut Scope, it: &said::SortKey) -> Option<Key> {
    let direction = if it.descending { Direction::Descending } else { Direction::Ascending };
    match scope.resolve(&it.path) {
        Ok(Expr::Field(field)) if field.of == Type::Json => {
            let fault = Diagnostic::new(Code::WrongArgument, it.path.span, "maps and lists have no order to sort by");
            scope.faults.push(fault.help("a part of the map that is a single value does: `sort map.key`"));
            None
        }
        Ok(expr) => Some(Key { expr, direction }),
        Err(_) => {
            let name = it.path.name();
            scope.warnings.push(missing_key(scope, &name, it.path.span));
            None
        }
    }
}

fn missing_key(scope: &Scope, name: &str, span: Span) -> Diagnostic {
    let shown = scope.shown();
    let call = shown
        .iter()
        .map(|it| it.title.to_string())
        .find(|it| it.split_once('(').is_some_and(|(function, _)| function.trim().eq_ignore_ascii_case(name)));
    match call {
        Some(call) => {
            let message = format!("there is no column `{name}`: it is called `{call}`, and nothing is sorted");
            Diagnostic::new(Code::CountName, span, &message)
                .help(&format!("`{call} as {name}` in the `stats` gives it the name; `` sort `{call}` `` does too"))
        }
        None => {
            let titles: Vec<&str> = shown.iter().map(|it| &*it.title).collect();
            let bins = titles.iter().find(|it| it.starts_with("bin(")).filter(|_| name == "@timestamp");
            let message = format!("there is no column `{name}` to sort by, and nothing is sorted by it");
            let warning = Diagnostic::new(Code::SortByMissing, span, &message);
            match (bins, syntax::nearest(name, &titles)) {
                (Some(bins), _) => warning.help(&format!("the times are in the column `` `{bins}` ``")),
                (None, Some(near)) => warning.help(&format!("a column with a similar name: `{near}`")),
                (None, None) => warning,
            }
        }
    }
}

fn checked_limit(scope: &mut Scope, count: u64, span: Span) -> u64 {
    if count > MOST_ROWS {
        let message = format!("the service gives {MOST_ROWS} rows at most, found {count}");
        match scope.context.limits {
            Limits::Service => scope.faults.push(Diagnostic::new(Code::TooManyRows, span, &message)),
            Limits::Ours => scope.warnings.push(Diagnostic::new(Code::LimitLarge, span, &message)),
        }
    }
    count
}
