//! Random queries on random logs: whatever the shape of the export, the size of blocks and the number of threads.
//!
//! `SEED` and `QUERIES` say where to begin and how long to go on; a fault tells the seed that finds it at once.

use plan::{Context, Counted, Limits, Range};
use testkit::logs::{self, BEGIN, LogSizes, MessageKind};
use testkit::query::{QuerySizes, query};
use testkit::random::Random;
use testkit::render::{Shape, render};
use testkit::vocabulary::{FIELDS, SYSTEM_FIELDS};

use crate::answer::{Archive, MOST_THREADS, Manner, plan};
use crate::minimise::{Trial, minimised};

/// How many queries each log is asked.
const QUERIES_A_LOG: u64 = 25;

#[test]
fn random_queries_have_the_same_answer() {
    let (seed, queries) = (setting("SEED", 1), setting("QUERIES", 10_000));
    let mut rows = 0;
    for seed in (seed..).take(queries.div_ceil(QUERIES_A_LOG) as usize) {
        rows += log(seed, queries.min(QUERIES_A_LOG));
    }
    assert!(rows > queries / 2, "{queries} queries had only {rows} rows: they ask for what is not there");
}

/// Asks a log, and gives the number of rows in all answers.
fn log(seed: u64, queries: u64) -> u64 {
    let mut random = Random::new(seed);
    let log_sizes = sizes(&mut random);
    let events = logs::log(&mut random, &log_sizes);
    let shape = *random.pick(Shape::ALL);
    let render_seed = random.bits();
    let rendered = render(shape, &events, &mut Random::new(render_seed));
    let archive = Archive::new(rendered.files, &rendered.events);
    let fields = [FIELDS, SYSTEM_FIELDS].concat();
    let sizes = QuerySizes { fields, ..QuerySizes::default() };
    let mut rows = 0;
    for _ in 0..queries {
        let text = query(&mut random, &sizes);
        let context = context(&mut random);
        let plan = match plan(&text, &context) {
            Ok(plan) => plan,
            Err(fault) => panic!("SEED={seed}: {text}\nis refused: {fault}"),
        };
        let manner = Manner { block: block(&mut random), threads: 1 + random.below(MOST_THREADS) };
        let (expected, found) = (archive.ask_oracle(&plan), archive.ask_engine(&plan, manner));
        rows += expected.rows.len() as u64;
        if found.as_ref() != Ok(&expected) {
            let trial = Trial { query: text, context, events, shape, render_seed, manner };
            panic!("SEED={seed} QUERIES={queries}\n{}", minimised(trial));
        }
    }
    rows
}

fn sizes(random: &mut Random) -> LogSizes {
    let kinds = match random.below(3) {
        0 => MessageKind::OBJECTS.to_vec(),
        _ => MessageKind::ALL.to_vec(),
    };
    let span = *random.pick(&[1000, 600_000, 6 * 3_600_000, 90 * 86_400_000]);
    LogSizes { events: *random.pick(&[3, 30, 100]), span, kinds, ..LogSizes::default() }
}

fn context(random: &mut Random) -> Context {
    let range = random.one_in(3).then(|| {
        let start = BEGIN + random.between(-1000, 3 * 3_600_000);
        Range { start, end: start + random.between(0, 6 * 3_600_000) }
    });
    Context {
        range,
        now: BEGIN + random.between(0, 86_400_000),
        limit: random.one_in(4).then(|| random.between(0, 20) as u64),
        limits: Limits::Ours,
        counted: if random.one_in(2) { Counted::All } else { Counted::Handed },
    }
}

fn block(random: &mut Random) -> usize {
    match random.below(4) {
        0 => 1,
        1 => 1 << 20,
        _ => 1 + random.below(600),
    }
}

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(otherwise)
}
