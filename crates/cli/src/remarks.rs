//! What is worth saying about an answer: files that could not be read, fields that no event has, why no row came.

use engine::{Compared, Emptied, Found};
use plan::step::Pattern;
use plan::step::pattern::Finding;
use plan::{Expr, Form, MOST_FIELDS, MOST_JOIN_KEYS, Plan, Scan, Step, Wanted};
use source::{Files, Source, Watch};
use syntax::{Code, Command, Diagnostic, ExprKind, Path, Span, Stage};
use value::time;

use crate::args::WarningForm;
use crate::notes;

/// How many events of the archive are looked at for names of fields.
const SAMPLE: u64 = 20_000;

/// The fields that every event has, whatever its message is.
const OF_EVERY_EVENT: [&str; 6] = ["@timestamp", "@message", "@ptr", "@ingestionTime", "@logStream", "@log"];

/// The aggregates that look at numbers alone, or at times.
const OF_NUMBERS: [&str; 8] = ["avg", "max", "median", "min", "pct", "stddev", "sum", "variance"];

/// Says all of it, on standard error.
pub fn remarks(found: &Found, plan: &Plan, text: &str, files: &Files, form: WarningForm) {
    notes::unread(&found.report, form);
    if found.report.widest > MOST_FIELDS && plan.scan.most_fields.is_none() {
        let widest = found.report.widest;
        let message = format!("an event has {widest} fields; the service discovers the first {MOST_FIELDS} of each");
        notes::remark(&message, form);
    }
    if found.join_keys > MOST_JOIN_KEYS {
        let keys = found.join_keys;
        let message =
            format!("the second query of the `join` has {keys} different keys; the service takes {MOST_JOIN_KEYS}");
        notes::remark(&message, form);
    }
    notes::tell(&empty_period(found, plan, text, files).into_iter().collect::<Vec<_>>(), text, form);
    // What no event before a filter had may yet be somewhere in the archive.
    let sample = || source::fields(files, &Scan::default(), &Watch::default(), Some(SAMPLE));
    let in_vain = read_in_vain(&found.unseen, plan);
    if in_vain.is_empty() {
        notes::tell(&empty_aggregates(found, text, &[]), text, form);
    } else if let Ok(known) = sample() {
        let known: Vec<&str> = known.fields.iter().map(|it| &*it.name).collect();
        notes::tell(&unknown_fields(&found.unseen, plan, text, &known), text, form);
        let unknown: Vec<&str> = in_vain.into_iter().filter(|it| !known.contains(it)).collect();
        notes::tell(&empty_aggregates(found, text, &unknown), text, form);
    }
    match found.emptied {
        Some(Emptied::Command(span)) => {
            let said = span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
            notes::remark(&format!("no row: `{said}` let none through"), form);
        }
        Some(Emptied::Archive) if plan.scan.range.is_none() && plan.scan.groups.is_empty() => {
            notes::remark("no row: the files hold no event", form);
        }
        Some(Emptied::Archive) => {
            notes::remark("no row: no event lies in the log groups and the time range asked for", form);
        }
        Some(Emptied::Rest) | None => {}
    }
}

/// A comparison of two periods of which one has no event: then every pattern is new, or gone.
fn empty_period(found: &Found, plan: &Plan, text: &str, files: &Files) -> Option<Diagnostic> {
    let compared = plan.steps.iter().find_map(|it| match it {
        Step::Pattern(Pattern { finding: Finding::Differences(it), .. }) => Some(it),
        _ => None,
    })?;
    let (message, help) = match found.compared? {
        Compared { current: 1.., earlier: 0 } => {
            let beginning = beginning(plan, files).filter(|it| *it > compared.earlier.end);
            let message = format!("nothing to compare with: no event lies in the earlier period, {}", compared.earlier);
            let begin =
                beginning.map(|it| format!("the logs begin at {}, and every pattern looks new", time::print(it)));
            (message, begin.unwrap_or_else(|| String::from("every pattern looks new")))
        }
        Compared { current: 0, earlier: 1.. } => {
            let message = format!("nothing to compare: no event lies in the period of the query, {}", compared.current);
            (message, String::from("every pattern looks gone"))
        }
        _ => return None,
    };
    let places = Places::of(text);
    let place = places.compared.or(places.only_call()).unwrap_or_default();
    Some(Diagnostic::new(Code::EmptyPeriod, place, &message).help(&help))
}

/// Aggregates of numbers that have a value in no row, though the field is not unknown. Where rows were dropped behind them
/// nobody knows: the others may have had one.
fn empty_aggregates(found: &Found, text: &str, unknown: &[&str]) -> Vec<Diagnostic> {
    let (query, _) = syntax::read(text);
    let keeps_rows = |it: &&Stage| matches!(it.command, Command::Sort(_) | Command::Fields(_) | Command::Display(_));
    let stats = query.stages.iter().rev().find(|it| !keeps_rows(it)).and_then(|it| match &it.command {
        Command::Stats(it) => Some(it),
        _ => None,
    });
    let is_empty = |name: &str| found.batch.column(name).is_some_and(|it| !it.is_empty() && !it.has_some());
    let warned = stats.into_iter().flat_map(|it| &it.items).filter_map(|item| {
        let ExprKind::Call { name, args } = &item.expr.kind else { return None };
        let Some(ExprKind::Field(field)) = args.first().map(|it| &it.kind) else { return None };
        let aggregate = functions::find_aggregate(&name.text).filter(|it| OF_NUMBERS.contains(&it.name))?;
        let title = item.alias.as_ref().map_or(&item.text, |it| &it.text);
        let field = field.name();
        if !is_empty(title) || unknown.contains(&field.as_ref()) {
            return None;
        }
        let message = format!("`{}` has no value: no `{field}` reads as a number", item.text);
        let help = match aggregate.name {
            "max" | "min" => "`sortsFirst` and `sortsLast` take texts, too",
            _ => "`parse` takes numbers out of texts",
        };
        Some(Diagnostic::new(Code::EmptyAggregate, item.expr.span, &message).help(help))
    });
    warned.collect()
}

/// When the log groups that a query reads begin, as far as the heads of their files tell.
fn beginning(plan: &Plan, files: &Files) -> Option<i64> {
    let groups = files.groups();
    groups.iter().filter(|it| it.is_read_by(&plan.scan)).filter_map(|it| files.beginning(it)).min()
}

/// The names among the fields read that events may lack, and a query would notice.
fn read_in_vain<'a>(read: &'a [Wanted], plan: &'a Plan) -> Vec<&'a str> {
    let mut names: Vec<&str> = read.iter().filter(|it| it.form != Form::Present).map(|it| &*it.name).collect();
    names.retain(|it| !OF_EVERY_EVENT.contains(it));
    names.retain(|it| !is_filled(plan, it));
    // Every event has these; where nobody knows the data source they say so, and no filter finds anything.
    names.extend(plan.scan.fields.iter().map(|it| &*it.name).find(|it| is_of_source(it)));
    let mut seen = std::collections::HashSet::new();
    names.retain(|it| seen.insert(*it));
    names
}

/// A warning for each of the fields read that is not among the known ones, with the names that come near.
pub fn unknown_fields(read: &[Wanted], plan: &Plan, text: &str, known: &[&str]) -> Vec<Diagnostic> {
    let mut names = read_in_vain(read, plan);
    let places = Places::of(text);
    names.retain(|it| places.find(it).is_some() || !is_looked_at(plan, it));
    if known.is_empty() {
        names.retain(|it| is_of_source(it));
    }
    let unknown = names.into_iter().filter(|it| !known.contains(it) && !is_entered(plan, it, known));
    let warned = unknown.map(|name| {
        if is_of_source(name) {
            return no_data_source(name, &places);
        }
        let place = places.find(name).unwrap_or_default();
        let warning = Diagnostic::new(Code::UnknownField, place, &format!("no event has a field `{name}`"));
        if let Some(column) = column_like(name, plan) {
            return warning.help(&format!("a column is called as it was typed: `` `{column}` ``"));
        }
        match nearest(name, known) {
            _ if name.eq_ignore_ascii_case("null") => warning.help("a field that is missing is `not ispresent(field)`"),
            None if place.text(text).starts_with('`') => {
                warning.help(&format!("backticks go round names; a text stands in quotes: `'{name}'`"))
            }
            Some(near) => warning.help(&format!("a field with a similar name: `{near}`")),
            None => warning.help("`gw fields` lists the fields that the events have"),
        }
    });
    // The parts of `cs-uri-stem` are warned of as a whole.
    let within = |it: &Diagnostic, outer: &Diagnostic| {
        outer.code == Code::SubtractionInName
            && outer.span().start <= it.span().start
            && it.span().end <= outer.span().end
    };
    warned.filter(|it| !plan.warnings.iter().any(|outer| within(it, outer))).collect()
}

/// A column of the answer whose name differs by blanks alone: that of `ms * 2` where `` `ms*2` `` is read.
fn column_like<'a>(name: &str, plan: &'a Plan) -> Option<&'a str> {
    let dense = |it: &str| it.replace(' ', "");
    let titles = plan.shown.iter().map(|it| &*it.title);
    titles.filter(|it| *it != name).find(|it| dense(it) == dense(name))
}

/// The field with the most similar name: one that events have, or one that the service gives to every event.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let system = OF_EVERY_EVENT.iter().copied();
    let bare = |it: &&str| it.trim_start_matches('@').eq_ignore_ascii_case(name.trim_start_matches('@'));
    let same = known.iter().copied().chain(system.clone()).find(bare);
    let all: Vec<&str> = known.iter().copied().chain(system).collect();
    same.or_else(|| syntax::nearest(name, &all))
}

/// Whether a `relevantfields` looks at a field because events have it: nobody asked for it by its name.
fn is_looked_at(plan: &Plan, name: &str) -> bool {
    plan.steps.iter().any(|it| matches!(it, Step::RelevantFields(it) if it.looked.iter().any(|it| it.name == name)))
}

/// Whether a `lookup … outputnew` gives the values that events lack: it needs no event that has one.
fn is_filled(plan: &Plan, name: &str) -> bool {
    let outputs = plan.steps.iter().flat_map(|it| match it {
        Step::Lookup(it) => it.outputs.as_slice(),
        Step::CidrLookup(it) => it.outputs.as_slice(),
        _ => &[],
    });
    outputs.into_iter().any(|it| it.own.is_some() && *it.into.name == *name)
}

/// Whether a name is of an object or array that the plan reads out of the message, where it is no field: `expand items`.
fn is_entered(plan: &Plan, name: &str, known: &[&str]) -> bool {
    let has_parts = known.iter().any(|it| it.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')));
    let reads_both = |expr: &Expr| {
        let mut found = [false; 2];
        expr.fields(&mut |it| found = [found[0] || *it.name == *name, found[1] || &*it.name == "@message"]);
        found == [true; 2]
    };
    has_parts
        && plan.steps.iter().any(|step| match step {
            Step::Expand(it) => reads_both(&it.array),
            Step::Fields(it) => it.items.iter().any(|(_, expr)| reads_both(expr)),
            _ => false,
        })
}

fn is_of_source(name: &str) -> bool {
    matches!(name, "@data_source_name" | "@data_source_type")
}

/// A query that asks for a data source where no event tells its own.
fn no_data_source(name: &str, places: &Places) -> Diagnostic {
    let place = places.find(name).or(places.data_source).unwrap_or_default();
    let message = format!("of the events looked at none tells its `{name}`: it is `Unknown`");
    Diagnostic::new(Code::NoDataSource, place, &message)
        .help("`--data-source NAME.TYPE=PATH` says which data source a file or folder is of")
}

/// Where a query names its fields.
struct Places {
    named: Vec<Path>,
    /// What the query's own data sources are asked by, and the calls of saved queries, whose fields stand elsewhere.
    data_source: Option<Span>,
    /// The `diff` or `logcompare`.
    compared: Option<Span>,
    calls: Vec<Span>,
}

impl Places {
    fn of(text: &str) -> Places {
        let (query, _) = syntax::read(text);
        let sources = query.stages.iter().filter_map(|it| match &it.command {
            Command::Source(source) => source.data_sources.first().map(|it| it.span),
            _ => None,
        });
        let compares = |it: &&Stage| matches!(it.command, Command::Diff(_) | Command::LogCompare(_));
        Places {
            compared: query.stages.iter().find(compares).map(|it| it.span),
            data_source: sources.into_iter().next(),
            calls: syntax::command::calls(&query).into_iter().map(|(_, span)| span).collect(),
            named: syntax::fields(&query),
        }
    }

    /// Where a field is named first; else as that of a side of a `join`, or on the way to one of its parts; else in
    /// the only saved query that is called.
    fn find(&self, name: &str) -> Option<Span> {
        let side = |it: &Path| it.name().split_once('.').is_some_and(|(_, rest)| rest == name);
        let part = |it: &Path| it.name().strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let mut named = self.named.iter();
        let exact = named.clone().find(|it| it.name() == name);
        let found = exact.or_else(|| named.clone().find(|it| side(it))).or_else(|| named.find(|it| part(it)));
        found.map(|it| it.span).or(self.only_call())
    }

    /// The call of the only saved query that is called.
    fn only_call(&self) -> Option<Span> {
        match self.calls.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
