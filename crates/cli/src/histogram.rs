//! How many events match over time: what stands above an answer with `--histogram`.

use plan::{Context, Counted, Limits, Plan};
use source::{Files, Watch};
use syntax::{Command, Query, Stage};
use value::Batch;

use crate::archive;
use crate::exit::Fault;

/// How many columns there are at most.
const MOST_BINS: i64 = 60;

/// The widths of bins that people read at a glance, with their milliseconds.
const WIDTHS: [(&str, i64); 16] = [
    ("1s", 1_000),
    ("5s", 5_000),
    ("10s", 10_000),
    ("30s", 30_000),
    ("1m", 60_000),
    ("5m", 300_000),
    ("10m", 600_000),
    ("30m", 1_800_000),
    ("1h", 3_600_000),
    ("3h", 10_800_000),
    ("6h", 21_600_000),
    ("12h", 43_200_000),
    ("1d", 86_400_000),
    ("7d", 604_800_000),
    ("30d", 2_592_000_000),
    ("365d", 31_536_000_000),
];

/// Counts the events that a query matches, by bins whose width suits the time they cover; nothing if it matches none.
///
/// # Errors
/// As the run of the query itself.
pub fn count(query: &Query, context: &Context, files: &Files, watch: &Watch) -> Result<Option<Batch>, Fault> {
    let ends = run(query, "min(@timestamp) as oldest, max(@timestamp) as newest", context, files, watch)?;
    let end = |column: usize| ends.columns.get(column).and_then(|it| it.value(0)?.to_time());
    let Some((oldest, newest)) = end(0).zip(end(1)) else { return Ok(None) };
    let spanned = newest.saturating_sub(oldest);
    let width = WIDTHS.iter().find(|it| spanned / it.1 < MOST_BINS).unwrap_or(&WIDTHS[WIDTHS.len() - 1]);
    let bins = format!("count(*) as `matching events` by bin({})", width.0);
    run(query, &bins, context, files, watch).map(Some)
}

/// Asks of the events that a query matches something else than it does.
fn run(query: &Query, asked: &str, context: &Context, files: &Files, watch: &Watch) -> Result<Batch, Fault> {
    let mut stages: Vec<Stage> = query.stages.iter().take_while(|it| !gathers(&it.command)).cloned().collect();
    stages.retain(|it| chooses(&it.command));
    let (asked, _) = syntax::read(&format!("stats {asked}"));
    stages.extend(asked.stages);
    let context = Context { limit: None, limits: Limits::Ours, counted: Counted::Handed, ..context.clone() };
    let plan: Plan = plan::build(&Query { stages }, &context)
        .map_err(|_| Fault::arguments("the events of this query cannot be counted over time: leave out --histogram"))?;
    let found = engine::run(&plan, files, watch);
    if let Some(interrupted) = archive::interrupted(watch) {
        return Err(interrupted);
    }
    Ok(found.map_err(Fault::trouble)?.batch)
}

/// Whether what follows is about groups, no events.
fn gathers(command: &Command) -> bool {
    matches!(command, Command::Stats(_) | Command::CountFrequent(_))
}

/// Whether a command has a say in which events match, or makes fields for one that has.
fn chooses(command: &Command) -> bool {
    matches!(
        command,
        Command::Source(_)
            | Command::Fields(_)
            | Command::Filter(_)
            | Command::FilterIndex(_)
            | Command::Parse(_)
            | Command::Json(_)
            | Command::Lookup(_)
            | Command::CidrLookup(_)
    )
}
