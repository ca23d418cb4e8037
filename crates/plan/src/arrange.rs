//! The order in which the service runs the commands of a query, where it is not the order they stand in.
//!
//! A query falls into stretches, each ended by a `stats`, or by a command that takes the rows as a whole. Within a
//! stretch, `sort`, `dedup` and `limit` belong to its result, wherever they stand; and a filter behind the first `stats`
//! that names only what exists before it acts before it.

use crate::patterns::{Asked, Earlier};
use syntax::{Code, Command, Diagnostic, Expr, ExprKind, Query, Span, Stage, command};

/// The commands of a query, in the order they run.
pub struct Arranged {
    /// `SOURCE` commands.
    pub sources: Vec<(command::Source, Span)>,
    /// The stretches: the last one has no end of its own.
    pub stretches: Vec<Stretch>,
    /// What may not be meant as it is written.
    pub warnings: Vec<Diagnostic>,
    /// What cannot be.
    pub faults: Vec<Diagnostic>,
}

/// The commands up to a `stats` or the like, or to the end.
#[derive(Default)]
pub struct Stretch {
    /// Those that look at one row at a time, in order.
    pub rows: Vec<Stage>,
    /// The `sort` that counts: the last.
    pub sort: Option<(command::Sort, Span)>,
    /// What keeps one row for each set of values.
    pub dedup: Option<(command::Dedup, Span)>,
    /// The least of the limits.
    pub limit: Option<(u64, Span)>,
    /// The least of those that take any rows.
    pub any: Option<(u64, Span)>,
    /// The least of the counts of last rows.
    pub tail: Option<(u64, Span)>,
    /// What ends it; nothing ends the last.
    pub end: Option<(End, Span)>,
}

/// What ends a stretch.
pub enum End {
    /// `stats count(*) as n by level`
    Stats(command::Stats),
    /// `countFrequent srcAddr, dstAddr`
    CountFrequent(command::CountFrequent),
    /// `pattern @message | diff previousWeek`
    Pattern(Option<Expr>, Asked),
    /// `logcompare timeshift 7d`
    LogCompare(command::LogCompare),
    /// `relevantfields level where status >= 500`
    RelevantFields(command::RelevantFields),
    /// `accum bytes`: what takes the rows as a whole, in the order of the `sort` before it
    Whole(Stage),
}

/// Arranges a query's commands.
pub fn arrange(query: &Query) -> Arranged {
    let mut it = Arranged { sources: Vec::new(), stretches: Vec::new(), warnings: Vec::new(), faults: Vec::new() };
    let mut stretch = Stretch::default();
    for (place, stage) in query.stages.iter().enumerate() {
        if let Some((_, first)) = &stretch.dedup
            && !matches!(stage.command, Command::Limit(_) | Command::Estimate)
        {
            it.faults.push(behind_dedup(stage.span, *first));
        }
        match &stage.command {
            Command::Source(source) => it.sources.push((source.clone(), stage.span)),
            Command::Sort(sort) => stretch.sort = Some((sort.clone(), stage.span)),
            Command::Dedup(dedup) => stretch.dedup = Some((dedup.clone(), stage.span)),
            Command::Limit(limit) => {
                let of_kind = match limit.chosen {
                    command::Chosen::First => &mut stretch.limit,
                    command::Chosen::Any => &mut stretch.any,
                };
                *of_kind = Some(least(*of_kind, limit.count, stage.span));
            }
            Command::Tail(tail) => {
                stretch.tail = Some(least(stretch.tail, tail.count, stage.span));
                it.warnings.push(tail_is_old(stage.span));
            }
            Command::Stats(stats) => it.end(&mut stretch, End::Stats(stats.clone()), stage.span),
            Command::CountFrequent(counted) => {
                it.end(&mut stretch, End::CountFrequent(counted.clone()), stage.span);
            }
            Command::Pattern(pattern) => {
                if let Some((_, sort)) = stretch.sort.take() {
                    it.faults.push(behind_sort(stage.span, sort));
                }
                let asked = match query.stages.get(place + 1).map(|it| &it.command) {
                    Some(Command::Anomaly) => Asked::Anomalies,
                    Some(Command::Diff(diff)) => Asked::Differences(Earlier::of(diff.with)),
                    _ => Asked::Patterns,
                };
                it.end(&mut stretch, End::Pattern(Some(pattern.text.clone()), asked), stage.span);
            }
            Command::Anomaly | Command::Diff(_) => {
                let before = place.checked_sub(1).map(|it| &query.stages[it].command);
                if !matches!(before, Some(Command::Pattern(_))) {
                    it.faults.push(not_behind_pattern(stage));
                }
            }
            Command::LogCompare(compared) => it.end(&mut stretch, End::LogCompare(compared.clone()), stage.span),
            Command::RelevantFields(relevant) => {
                it.end(&mut stretch, End::RelevantFields(relevant.clone()), stage.span);
            }
            Command::Accum(_)
            | Command::Autoregress(_)
            | Command::AppendCols(_)
            | Command::Join(_)
            | Command::Filldown(_)
            | Command::Sessionize(_)
            | Command::Outlier(_)
            | Command::AddTotals(command::AddTotals { col: Some(true), .. }) => {
                it.end(&mut stretch, End::Whole(stage.clone()), stage.span);
            }
            Command::Fields(_)
            | Command::Display(_)
            | Command::Filter(_)
            | Command::FilterIndex(_)
            | Command::Parse(_)
            | Command::Json(_)
            | Command::Unnest(_)
            | Command::Expand(_)
            | Command::Unmask(_)
            | Command::Lookup(_)
            | Command::CidrLookup(_)
            | Command::Saved(_)
            | Command::FillMissing(_)
            | Command::AddTotals(_) => stretch.rows.push(stage.clone()),
            // It runs none of them.
            Command::Estimate => {}
        }
    }
    it.stretches.push(stretch);
    it.check_before_stats();
    it.hoist();
    it
}

impl Arranged {
    fn end(&mut self, stretch: &mut Stretch, end: End, span: Span) {
        self.stretches.push(Stretch { end: Some((end, span)), ..std::mem::take(stretch) });
    }

    /// `sort` and `limit` before a `stats`: without effect before the only one, a fault before one of several.
    fn check_before_stats(&mut self) {
        let of_groups = |it: &&Stretch| !matches!(it.end, Some((End::Whole(_), _)) | None);
        let several = self.stretches.iter().filter(of_groups).count() > 1;
        for stretch in &mut self.stretches {
            let word = match &stretch.end {
                Some((End::Stats(_), _)) => "stats",
                Some((End::CountFrequent(_), _)) => "countFrequent",
                Some((End::Pattern(..), _)) => "pattern",
                Some((End::LogCompare(_), _)) => "logcompare",
                Some((End::RelevantFields(_), _)) => "relevantfields",
                Some((End::Whole(_), _)) | None => continue,
            };
            let sort = stretch.sort.take().map(|(_, span)| ("sort", span));
            let limit = stretch.limit.take().map(|(_, span)| ("limit", span));
            let any = stretch.any.take().map(|(_, span)| ("limit any", span));
            let tail = stretch.tail.take().map(|(_, span)| ("tail", span));
            for (name, span) in [sort, limit, any, tail].into_iter().flatten() {
                if several {
                    let message = format!("`{name}` stands before the last `stats`");
                    let fault = Diagnostic::new(Code::SortBetweenStats, span, &message);
                    self.faults
                        .push(fault.help(&format!("with several `stats`, `{name}` stands behind the last of them")));
                } else {
                    let message = format!("`{name}` has no effect before `{word}`");
                    let warning = Diagnostic::new(Code::SortBeforeStats, span, &message);
                    self.warnings.push(warning.help(&format!("behind the `{word}`, `{name}` works on its rows")));
                }
            }
        }
    }

    /// Moves filters, and parts of them, from behind the first `stats` to before it.
    fn hoist(&mut self) {
        let [first, behind, ..] = self.stretches.as_mut_slice() else { return };
        let Some((End::Stats(stats), _)) = &first.end else { return };
        let mut made = names_of(stats);
        let keys: Vec<String> =
            stats.by.iter().filter(|it| it.alias.is_none()).filter_map(|it| plain(&it.expr)).collect();
        let mut kept = Vec::new();
        for stage in behind.rows.drain(..) {
            let (Command::Filter(filter) | Command::FilterIndex(filter)) = &stage.command else {
                made.extend(defined_by(&stage.command));
                kept.push(stage);
                continue;
            };
            let mut staying: Option<Expr> = None;
            for conjunct in conjuncts(&filter.condition) {
                let names = names_in(conjunct);
                let outputs = names.iter().filter(|it| made.contains(it)).count();
                let crosses = names.iter().all(|it| !made.contains(it) || keys.contains(it));
                if outputs == names.len() || !crosses {
                    // One that mixes both stays, and binding says which name does not exist there.
                    staying = Some(match staying {
                        None => conjunct.clone(),
                        Some(left) => both(left, conjunct.clone()),
                    });
                    continue;
                }
                let message = "this condition names only what exists before `stats`, and acts before it";
                let warning = Diagnostic::new(Code::FilterBeforeStats, conjunct.span, message);
                self.warnings.push(warning.help("written before the `stats`, the filter says what it does"));
                let command = Command::Filter(command::Filter { condition: conjunct.clone() });
                first.rows.push(Stage { command, span: conjunct.span });
            }
            if let Some(condition) = staying {
                kept.push(Stage { command: Command::Filter(command::Filter { condition }), span: stage.span });
            }
        }
        behind.rows = kept;
    }
}

fn least(known: Option<(u64, Span)>, count: u64, span: Span) -> (u64, Span) {
    (known.map_or(count, |(least, _)| least.min(count)), span)
}

fn tail_is_old(span: Span) -> Diagnostic {
    Diagnostic::new(Code::Deprecated, span, "the service has given `tail` up")
        .help("`sort` the other way round, and `limit`, keep the same rows")
}

fn behind_dedup(span: Span, dedup: Span) -> Diagnostic {
    Diagnostic::new(Code::DedupFollowed, span, "only `limit` may stand behind `dedup`")
        .also(dedup, "the `dedup`")
        .help("`sort` and the other commands stand before the `dedup`")
}

fn behind_sort(pattern: Span, sort: Span) -> Diagnostic {
    Diagnostic::new(Code::PatternSorted, sort, "no `sort` may stand before a `pattern`")
        .also(pattern, "the `pattern`")
        .help("behind the `pattern`, `sort` orders the patterns: `sort @sampleCount desc`")
}

fn not_behind_pattern(stage: &Stage) -> Diagnostic {
    let name = if stage.command == Command::Anomaly { "anomaly" } else { "diff" };
    Diagnostic::new(Code::PatternFirst, stage.span, &format!("`{name}` stands right behind a `pattern`"))
        .help(&format!("it is about patterns: `pattern @message | {name}`"))
}

/// The names that a `stats` gives.
fn names_of(stats: &command::Stats) -> Vec<String> {
    let items = stats.by.iter().chain(&stats.items);
    items.map(|it| it.alias.as_ref().map_or_else(|| crate::columns::title(it), |alias| alias.text.clone())).collect()
}

/// The names that a command behind a `stats` defines.
fn defined_by(command: &Command) -> Vec<String> {
    match command {
        Command::Fields(it) | Command::Display(it) => it
            .items
            .iter()
            .map(|it| it.alias.as_ref().map_or_else(|| crate::columns::title(it), |alias| alias.text.clone()))
            .collect(),
        Command::Parse(it) => crate::parse::parsed_names(it).into_iter().map(|it| it.text).collect(),
        Command::Json(it) => vec![it.alias.text.clone()],
        Command::Unnest(it) => vec![it.into.text.clone()],
        Command::Expand(it) => vec![it.field.name()],
        Command::Lookup(it) => crate::tables::names(&it.outputs).collect(),
        Command::CidrLookup(it) => crate::tables::names(&it.outputs).collect(),
        Command::AddTotals(it) => vec![crate::totals::name(it)],
        _ => Vec::new(),
    }
}

fn plain(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Field(path) => Some(path.name()),
        _ => None,
    }
}

fn conjuncts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Call { name, args } if name.text == "and" => args.iter().flat_map(conjuncts).collect(),
        _ => vec![expr],
    }
}

fn both(left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let name = syntax::Name { text: String::from("and"), span };
    Expr { kind: ExprKind::Call { name, args: vec![left, right] }, span }
}

fn names_in(expr: &Expr) -> Vec<String> {
    match &expr.kind {
        ExprKind::Field(path) => vec![path.name()],
        ExprKind::Call { args, .. } | ExprKind::List(args) => args.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

/// Whether a query calls a function whose value hangs on the time range.
pub fn hangs_on_now(query: &Query) -> bool {
    query.stages.iter().any(|stage| match &stage.command {
        Command::Fields(it) | Command::Display(it) => it.items.iter().any(|it| asks_for_now(&it.expr)),
        Command::Filter(it) | Command::FilterIndex(it) => asks_for_now(&it.condition),
        Command::Unnest(it) => asks_for_now(&it.list),
        Command::Join(it) => hangs_on_now(&it.query),
        Command::AppendCols(it) => hangs_on_now(&it.query),
        Command::Stats(it) => it.items.iter().chain(&it.by).any(|it| asks_for_now(&it.expr)),
        Command::Pattern(it) => asks_for_now(&it.text),
        Command::RelevantFields(it) => asks_for_now(&it.condition),
        Command::CountFrequent(_)
        | Command::Saved(_)
        | Command::Anomaly
        | Command::Diff(_)
        | Command::LogCompare(_) => false,
        Command::Source(it) => it.start.is_some() || it.end.is_some(),
        Command::Parse(_) | Command::Json(_) | Command::Expand(_) | Command::Unmask(_) => false,
        Command::Sessionize(_) | Command::Outlier(_) => false,
        Command::FillMissing(_) | Command::Lookup(_) | Command::CidrLookup(_) => false,
        Command::AddTotals(_) | Command::Accum(_) | Command::Autoregress(_) | Command::Filldown(_) => false,
        Command::Sort(_) | Command::Limit(_) | Command::Tail(_) | Command::Dedup(_) | Command::Estimate => false,
    })
}

fn asks_for_now(expr: &Expr) -> bool {
    use functions::{Fact, Need};
    let (name, args) = match &expr.kind {
        ExprKind::Call { name, args } => (name, args),
        ExprKind::Query(query) => return hangs_on_now(query),
        _ => return false,
    };
    let of_range = |need| matches!(need, Need::Hidden(Fact::Start | Fact::End));
    functions::find(&name.text).is_some_and(|it| it.params.iter().any(|it| of_range(it.need)))
        || args.iter().any(asks_for_now)
}
