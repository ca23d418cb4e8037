//! Answers of both sides, in a form in which they can be compared.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::atomic::Ordering::Relaxed;

use plan::{Context, Counted, Plan, Scan};
use rayon::{ThreadPool, ThreadPoolBuilder};
use source::{Block, Group, Memory, Report, Source, Watch};
use testkit::random::Random;
use testkit::render::{Shape, render};
use value::{Column, Value};

/// What a query gave.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// What the columns are called.
    pub titles: Vec<String>,
    /// The cells as they print.
    pub rows: Vec<Vec<Option<String>>>,
    /// Which row's event is the first in the archive, which the second, and so on; behind a `stats`, nothing.
    pub order: Option<Vec<usize>>,
    /// Events matched and scanned, bytes scanned; only where they were all to be counted.
    pub statistics: Option<[u64; 3]>,
}

/// A log of one group, and how it was exported.
#[derive(Clone, Debug)]
pub struct Log {
    /// The log group.
    pub group: &'static str,
    /// The events, before they were exported.
    pub events: Vec<testkit::events::Event>,
    /// How they were exported.
    pub shape: Shape,
    /// The seed of what is left to chance in that.
    pub seed: u64,
}

/// An archive, as the engine reads it and as the oracle does.
#[derive(Default)]
pub struct Archive {
    /// The files, with their groups and paths, in the order of the archive.
    pub files: Vec<(&'static str, String, Vec<u8>)>,
    /// The events in them, in the order of the archive.
    pub events: Vec<oracle::Event>,
}

/// How the engine is to go about it.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// How many bytes a block has, more or less.
    pub block: usize,
    /// How many threads there are, from 1 to [`MOST_THREADS`].
    pub threads: usize,
    /// In how many parts the archive is read, the last part first: blocks come in no order.
    pub parts: u64,
}

/// An archive that hands over its files in parts, the part with the first of them last.
struct Parts<'m> {
    memory: &'m Memory,
    count: u64,
}

impl Source for Parts<'_> {
    fn scan(&self, scan: &Scan, watch: &Watch, visit: &(dyn Fn(&Block<'_>) + Sync)) -> Result<Report, source::Error> {
        for part in 1..self.count {
            self.memory.scan(scan, watch, &|block| {
                if self.part_of(block) == part {
                    visit(block)
                }
            })?;
        }
        self.memory.scan(scan, watch, &|block| {
            if self.part_of(block) == 0 {
                visit(block)
            }
        })
    }

    fn newest(&self, watch: &Watch) -> Result<Option<i64>, source::Error> {
        self.memory.newest(watch)
    }

    fn groups(&self) -> Vec<Group> {
        self.memory.groups()
    }

    fn beginning(&self, group: &Group) -> Option<i64> {
        self.memory.beginning(group)
    }
}

impl Parts<'_> {
    /// By the number of the file: which events a block has may change from one reading to the next.
    fn part_of(&self, block: &Block<'_>) -> u64 {
        if block.is_empty() { 0 } else { (block.place(0) >> 40) % self.count }
    }
}

/// The most threads that are tried.
pub const MOST_THREADS: usize = 4;

/// How many rows of an answer are shown.
const SHOWN: usize = 30;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    (1..=MOST_THREADS).filter_map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().ok()).collect()
});

/// The plan of a query.
pub fn plan(query: &str, context: &Context) -> Result<Plan, String> {
    let faults = |it: Vec<syntax::Diagnostic>| it.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("; ");
    let query = syntax::parse(&plan::expanded(query, context)).map_err(faults)?;
    plan::build(&query, context).map_err(faults)
}

impl Archive {
    /// The logs in their shapes, one behind the other.
    pub fn of(logs: &[Log]) -> Archive {
        let mut archive = Archive::default();
        for log in logs {
            let rendered = render(log.shape, &log.events, &mut Random::new(log.seed));
            let name = rendered.log.unwrap_or_else(|| unnamed(log.group));
            archive.add_log(log.group, rendered.files, &rendered.events, &name);
        }
        archive
    }

    /// Adds the files of a group, and what a correct reader finds in them.
    pub fn add(&mut self, group: &'static str, files: Vec<(String, Vec<u8>)>, events: &[testkit::events::Event]) {
        self.add_log(group, files, events, &unnamed(group));
    }

    /// Adds the files of a group, and what a correct reader finds in them: events of the log of this name.
    fn add_log(
        &mut self,
        group: &'static str,
        files: Vec<(String, Vec<u8>)>,
        events: &[testkit::events::Event],
        log: &str,
    ) {
        let start = self.files.len();
        self.files.extend(files.into_iter().map(|(path, bytes)| (group, path, bytes)));
        self.files[start..].sort_by(|left, right| left.1.as_bytes().cmp(right.1.as_bytes()));
        for event in events {
            let place = self.events.len() as u64;
            let (time, ingested, stream) = (event.time, event.ingested, event.stream.clone());
            self.events.push(oracle::Event {
                time,
                ingested,
                stream,
                log: log.to_owned(),
                ..oracle::Event::new(place, &event.message)
            });
        }
    }

    /// The answer of the engine; a panic or an error is one, too.
    pub fn ask_engine(&self, plan: &Plan, manner: Manner) -> Result<Answer, String> {
        let file = |memory: Memory, (group, path, bytes): &(&str, String, Vec<u8>)| {
            memory.file(path, Some(group), bytes.as_slice())
        };
        let memory = self.files.iter().fold(Memory::new(), file);
        let memory = memory.with_blocks_of(manner.block);
        let parts = Parts { memory: &memory, count: manner.parts };
        // What did not count for another run counts in this one.
        let watch = Watch::default();
        watch.floor.store(i64::MAX, Relaxed);
        watch.ceiling.store(i64::MIN, Relaxed);
        let run = || POOLS[manner.threads - 1].install(|| engine::run(plan, &parts, &watch));
        let found = catch_unwind(AssertUnwindSafe(run)).map_err(|_| String::from("it panicked"))?;
        let found = found.map_err(|it| it.to_string())?;
        let cell = |column: &Column, row: usize| column.value(row).as_ref().map(Value::to_text);
        let row = |row: usize| found.batch.columns.iter().map(|it| cell(it, row)).collect();
        let counted =
            [found.statistics.records_matched, found.statistics.records_scanned, found.statistics.bytes_scanned];
        let place = |it: Option<Value>| if let Some(Value::Place(it)) = it { it } else { u64::MAX };
        let places = found.pointers.map(|it| (0..it.len()).map(|row| place(it.value(row))).collect());
        Ok(Answer {
            titles: found.batch.names.iter().map(|it| it.to_string()).collect(),
            rows: (0..found.batch.height).map(row).collect(),
            order: places.map(|it: Vec<u64>| order(&it)),
            statistics: (plan.scan.counted == Counted::All).then_some(counted),
        })
    }

    /// The answer of the oracle.
    pub fn ask_oracle(&self, plan: &Plan) -> Answer {
        let found = oracle::run(plan, &self.events);
        let statistics = [found.matched, found.scanned, found.bytes];
        Answer {
            rows: found.texts(),
            titles: found.titles,
            order: found.places.map(|it| order(&it)),
            statistics: (plan.scan.counted == Counted::All).then_some(statistics),
        }
    }
}

/// What the log of a group is called where the data does not say it.
fn unnamed(group: &str) -> String {
    format!("000000000000:{group}")
}

fn order(places: &[u64]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..places.len()).collect();
    rows.sort_by_key(|it| places[*it]);
    rows
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "  {:?}", self.titles)?;
        for row in self.rows.iter().take(SHOWN) {
            let cell = |it: &Option<String>| it.as_ref().map_or(String::from("-"), |it| format!("{it:?}"));
            writeln!(f, "  {}", row.iter().map(cell).collect::<Vec<_>>().join("  "))?;
        }
        if self.rows.len() > SHOWN {
            writeln!(f, "  … {} rows", self.rows.len())?;
        }
        write!(f, "  order {:?}, matched, scanned and bytes {:?}", self.order, self.statistics)
    }
}
