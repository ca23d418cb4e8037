//! Random queries on random logs: whatever the shape of the export, the size of blocks and the number of threads.
//!
//! `SEED` and `QUERIES` say where to begin and how long to go on; a fault tells the seed that finds it at once.

use std::sync::Arc;

use plan::{Context, Counted, Limits, Range, Table};
use testkit::logs::{self, BEGIN, LogSizes, MessageKind};
use testkit::query::{QuerySizes, query};
use testkit::random::Random;
use testkit::render::Shape;
use testkit::vocabulary::{FIELDS, Kind, NETWORK_FIELDS, SYSTEM_FIELDS};

use crate::aim::condition;
use crate::answer::{Archive, Log, MOST_THREADS, Manner, plan};
use crate::minimise::{Trial, minimised};

/// How many queries each archive is asked.
const QUERIES_AN_ARCHIVE: u64 = 25;

/// The log groups there may be.
const GROUPS: &[&str] = &["/shop/api", "/shop/api-2", "/aws/lambda/pay"];

#[test]
fn random_queries_have_the_same_answer() {
    let (seed, queries) = (setting("SEED", 1), setting("QUERIES", 10_000));
    let mut rows = 0;
    for seed in (seed..).take(queries.div_ceil(QUERIES_AN_ARCHIVE) as usize) {
        rows += archive(seed, queries.min(QUERIES_AN_ARCHIVE));
    }
    assert!(rows > queries / 2, "{queries} queries had only {rows} rows: they ask for what is not there");
}

/// Asks a small archive, and gives the number of rows in all answers.
fn archive(seed: u64, queries: u64) -> u64 {
    let mut random = Random::new(seed);
    let groups = if random.one_in(3) { GROUPS } else { &GROUPS[..1] };
    let logs: Vec<Log> = groups.iter().map(|group| log(&mut random, group)).collect();
    let archive = Archive::of(&logs);
    let mut rows = 0;
    for _ in 0..queries {
        let query_sizes = query_sizes(&mut random);
        let sources = sources(&mut random);
        let query = aimed(&mut random, &archive) + &query(&mut random, &query_sizes);
        let mut context = context(&mut random, &archive.events);
        // Periods are compared where there is one range of time.
        let compares = ["diff", "logcompare"].iter().any(|it| query.to_lowercase().contains(it));
        let sources = if compares { String::new() } else { sources };
        if compares && context.range.is_none() {
            context.range = Some(Range { start: BEGIN, end: BEGIN + random.between(1000, 3_600_000) });
        }
        // A query may define a name that the table gives already: then it stands alone.
        let looking = format!("{sources}{}{query}", looked_up(&mut random));
        let query = if plan(&looking, &context).is_ok() { looking } else { sources + &query };
        let manner = manner(&mut random);
        rows += ask(&archive, &logs, &query, context, &[manner], &format!("SEED={seed} QUERIES={queries}"));
    }
    rows
}

/// Asks both sides, and gives the number of rows in their answer; where there are two answers, the test has failed.
pub fn ask(archive: &Archive, logs: &[Log], query: &str, context: Context, manners: &[Manner], again: &str) -> u64 {
    let plan = plan(query, &context).unwrap_or_else(|fault| panic!("{again}\n{query}\nis refused: {fault}"));
    let expected = archive.ask_oracle(&plan);
    for manner in manners {
        if archive.ask_engine(&plan, *manner).as_ref() != Ok(&expected) {
            let trial = Trial { query: query.to_owned(), context, logs: logs.to_vec(), manner: *manner };
            panic!("{again}\n{}", minimised(trial));
        }
    }
    expected.rows.len() as u64
}

fn log(random: &mut Random, group: &'static str) -> Log {
    let sizes = log_sizes(random);
    Log { group, events: logs::log(random, &sizes), shape: *random.pick(Shape::ALL), seed: random.bits() }
}

/// A filter in front of some queries, for what there is in the archive; a field may have a name that no query can name.
fn aimed(random: &mut Random, archive: &Archive) -> String {
    let condition = if random.one_in(3) { condition(random, &archive.events) } else { None };
    let filter = condition.map(|it| format!("filter {it} | ")).unwrap_or_default();
    match syntax::parse(&format!("{filter}limit 1")) {
        Ok(_) => filter,
        Err(_) => String::new(),
    }
}

/// Mostly none, which means all groups.
fn sources(random: &mut Random) -> String {
    let mut text = String::new();
    while random.one_in(5) {
        text += match random.below(4) {
            0 => "SOURCE '/shop/api'",
            1 => "SOURCE logGroups(namePrefix: ['/shop'])",
            2 => "source logGroups(namePrefix: ['/aws', '/shop/api'], accountIdentifiers: ['000000000000'])",
            _ => "SOURCE '/aws/lambda/pay'",
        };
        if random.one_in(3) {
            let start = BEGIN + random.between(0, 600_000);
            text += &format!(" START={start} END={}", start + random.between(0, 3_600_000));
        }
        text += " | ";
    }
    text
}

/// Few queries look into a table: what they find may hide a field of the log.
fn looked_up(random: &mut Random) -> String {
    if !random.one_in(6) {
        return String::new();
    }
    let writing = random.word(&["output", "outputnew"]);
    match random.below(3) {
        0 => format!("lookup teams level {writing} team, status | "),
        1 => format!("lookup teams status as status, level {writing} operation, team | "),
        _ => format!("cidrlookup networks client {writing} owner as operation, level | "),
    }
}

/// Tables over what the logs mostly say; a key stands twice, and cells are empty.
fn tables() -> Vec<Arc<Table>> {
    let teams = "level,status,team,operation\nINFO,200,core,Get\nINFO,200,web,Put\nERROR,,night,\nerror,500,10,2\n";
    let networks = "range,owner,level\n10.0.0.0/8,Query,INFO\n10.0.0.7,,9\n192.0.0.0/7,10,\n::/0,six,WARN\nx,y,z\n";
    let table = |(name, text): (&str, &str)| source::table(name, text.as_bytes()).ok().map(Arc::new);
    [("teams", teams), ("networks", networks)].into_iter().filter_map(table).collect()
}

/// Most logs are small, so that there is time for many; those of objects have the fields that queries ask for.
fn log_sizes(random: &mut Random) -> LogSizes {
    let kinds = match random.below(4) {
        0 => MessageKind::OBJECTS.to_vec(),
        1 => vec![MessageKind::FlatJson, MessageKind::NestedJson, MessageKind::JsonInText, MessageKind::Lambda],
        2 => vec![MessageKind::Lambda, MessageKind::LambdaJson, MessageKind::Network, MessageKind::FlatJson],
        _ => MessageKind::ALL.to_vec(),
    };
    let span = *random.pick(&[1000, 600_000, 6 * 3_600_000, 90 * 86_400_000]);
    LogSizes { events: *random.pick(&[10, 50, 50, 250]), span, kinds, ..LogSizes::default() }
}

/// The more a query asks at once, the less is left to answer: half of them are simple.
fn query_sizes(random: &mut Random) -> QuerySizes {
    let mut fields = FIELDS.to_vec();
    if random.one_in(4) {
        fields.extend(SYSTEM_FIELDS);
        fields.push(("@log", Kind::Text));
    }
    if random.one_in(4) {
        fields.extend(NETWORK_FIELDS);
    }
    match random.below(4) {
        0 => QuerySizes { fields, ..QuerySizes::default() },
        1 => QuerySizes { fields, commands: 2, depth: 2, ..QuerySizes::default() },
        _ => QuerySizes { fields, commands: 1, depth: 1, ..QuerySizes::default() },
    }
}

/// A range of time that begins and ends at some events, or close to them.
fn context(random: &mut Random, events: &[oracle::Event]) -> Context {
    let times: Vec<i64> = events.iter().filter_map(|it| it.time).chain([BEGIN]).collect();
    let near = |random: &mut Random| *random.pick(&times) + *random.pick(&[-1000, -1, 0, 0, 0, 1, 1000]);
    let (one, other) = (near(random), near(random));
    Context {
        range: random.one_in(3).then(|| Range { start: one.min(other), end: one.max(other) }),
        now: BEGIN + random.between(0, 86_400_000),
        limit: random.one_in(4).then(|| random.between(0, 20) as u64),
        limits: Limits::Ours,
        counted: if random.one_in(2) { Counted::All } else { Counted::Handed },
        tables: tables(),
        fields: Some(FIELDS.iter().map(|(name, _)| name.replace('`', "")).collect()),
        ..Context::default()
    }
}

fn manner(random: &mut Random) -> Manner {
    let block = match random.below(4) {
        0 => 1,
        1 => 1 << 20,
        _ => 1 + random.below(600),
    };
    Manner { block, threads: 1 + random.below(MOST_THREADS), parts: if random.one_in(4) { 3 } else { 1 } }
}

/// A number of the environment.
pub fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}
