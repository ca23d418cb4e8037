//! Answers of both sides, in a form in which they can be compared.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use plan::{Context, Counted, Plan};
use rayon::{ThreadPool, ThreadPoolBuilder};
use source::{Memory, Watch};
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

/// An archive, as the engine reads it and as the oracle does.
pub struct Archive {
    /// The files with their paths, in the order of the archive.
    pub files: Vec<(String, Vec<u8>)>,
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
}

/// The most threads that are tried.
pub const MOST_THREADS: usize = 4;

static POOLS: LazyLock<Vec<ThreadPool>> = LazyLock::new(|| {
    (1..=MOST_THREADS).filter_map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().ok()).collect()
});

/// The plan of a query.
pub fn plan(query: &str, context: &Context) -> Result<Plan, String> {
    let faults = |it: Vec<syntax::Diagnostic>| it.iter().map(|it| it.message.clone()).collect::<Vec<_>>().join("; ");
    let query = syntax::parse(query).map_err(faults)?;
    plan::build(&query, context).map_err(faults)
}

impl Archive {
    /// Files, and what a plain reader finds in them.
    pub fn new(mut files: Vec<(String, Vec<u8>)>, events: &[testkit::events::Event]) -> Archive {
        files.sort_by(|left, right| left.0.as_bytes().cmp(right.0.as_bytes()));
        let event = |(place, it): (u64, &testkit::events::Event)| oracle::Event {
            time: it.time,
            ingested: it.ingested,
            stream: it.stream.clone(),
            ..oracle::Event::new(place, &it.message)
        };
        Archive { files, events: (0..).zip(events).map(event).collect() }
    }

    /// The answer of the engine; a panic or an error is one, too.
    pub fn ask_engine(&self, plan: &Plan, manner: Manner) -> Result<Answer, String> {
        let files = self.files.iter();
        let memory = files.fold(Memory::new(), |memory, (path, bytes)| memory.file(path, None, bytes.as_slice()));
        let memory = memory.with_blocks_of(manner.block);
        let run = || POOLS[manner.threads - 1].install(|| engine::run(plan, &memory, &Watch::default()));
        let found = catch_unwind(AssertUnwindSafe(run)).map_err(|_| String::from("it panicked"))?;
        let found = found.map_err(|it| it.to_string())?;
        let cell = |column: &Column, row: usize| column.value(row).as_ref().map(Value::to_text);
        let row = |row: usize| found.batch.columns.iter().map(|it| cell(it, row)).collect();
        let counted = [
            found.statistics.records_matched,
            found.statistics.records_scanned,
            found.statistics.bytes_scanned,
        ];
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

fn order(places: &[u64]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..places.len()).collect();
    rows.sort_by_key(|it| places[*it]);
    rows
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "  {:?}", self.titles)?;
        for row in &self.rows {
            let cell = |it: &Option<String>| it.as_ref().map_or(String::from("-"), |it| format!("{it:?}"));
            writeln!(f, "  {}", row.iter().map(cell).collect::<Vec<_>>().join("  "))?;
        }
        write!(f, "  order {:?}, matched, scanned and bytes {:?}", self.order, self.statistics)
    }
}
