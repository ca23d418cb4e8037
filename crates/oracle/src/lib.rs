//! The language in its plainest form: events in, rows out, one row at a time.
//!
//! This is what the engine must do, written to be read: it knows no columns, no blocks, no threads and no haste. It is
//! also the shortest way to learn the language. [`run`] takes a [`plan::Plan`] and [`Event`]s, and gives [`Rows`];
//! [`fields`] says which fields a message yields. What a function means stands in its own file, as its row form.
//!
//! ```
//! let query = syntax::parse("filter status >= 500 | stats count(*) as n by path").unwrap();
//! let plan = plan::build(&query, &plan::Context::default()).unwrap();
//! let messages = [r#"{"status": 200, "path": "/"}"#, r#"{"status": 503, "path": "/pay"}"#];
//! let events: Vec<_> = (0..).zip(messages).map(|(place, it)| oracle::Event::new(place, it)).collect();
//! let rows = oracle::run(&plan, &events);
//! assert_eq!(rows.titles, ["path", "n"]);
//! assert_eq!(rows.texts(), [[Some("/pay".to_string()), Some("1".to_string())]]);
//! ```

mod cut;
pub mod fields;
mod patterns;
mod step;
mod subquery;
mod table;
mod whole;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use functions::Args;
use plan::{Expr, Field, Form, Plan, Range, Scan, Step, Which};
use value::Value;

/// An event of the archive.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// When it happened, in epoch milliseconds, where its file says so.
    pub time: Option<i64>,
    /// When the service received it, in epoch milliseconds, where its file says so.
    pub ingested: Option<i64>,
    /// The log stream, where it is known.
    pub stream: Option<String>,
    /// The account and the log group: `000000000000:/aws/lambda/api`.
    pub log: String,
    /// Where it lies in the archive: a later event has a greater place.
    pub place: u64,
    /// What was logged.
    pub message: String,
    /// What [`fields::discover`] finds in the message.
    pub fields: HashMap<String, String>,
}

/// An answer, and what was read for it.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// What the columns are called.
    pub titles: Vec<String>,
    /// The rows, a cell for each title.
    pub rows: Vec<Vec<Option<Value>>>,
    /// The place of each row's event; behind a `stats`, of no row.
    pub places: Option<Vec<u64>>,
    /// How many events came through the filters before the first `stats`.
    pub matched: u64,
    /// How many events there are in the log groups, whatever their time.
    pub scanned: u64,
    /// How many bytes their messages take.
    pub bytes: u64,
}

/// A row on its way: an event, or a group that a `stats` made; and what the commands before defined.
#[derive(Clone)]
struct Row<'a> {
    event: Option<&'a Event>,
    place: u64,
    made: HashMap<Arc<str>, Value>,
}

/// Answers a query.
pub fn run(plan: &Plan, events: &[Event]) -> Rows {
    if let Some(most) = plan.scan.most_fields {
        // As the service discovers them: so many of each event, and no more.
        let mut plan = plan.clone();
        plan.scan.most_fields = None;
        let first = |it: &Event| Event { fields: fields::first(&it.message, most), ..it.clone() };
        return run(&plan, &events.iter().map(first).collect::<Vec<Event>>());
    }
    let (plan, within) = &subquery::settled(plan, events);
    let groups: Vec<&Event> = events.iter().filter(|it| is_in_groups(&plan.scan, it)).collect();
    let mut rows: Vec<Row> = groups.iter().filter(|it| is_in_range(&plan.scan, it)).map(|it| Row::of(it)).collect();
    // Events are matched as the first step that gathers rows finds them; several rows may be of one event.
    let first = plan.steps.iter().position(Step::gathers).unwrap_or(plan.steps.len());
    let (looking, gathering) = plan.steps.split_at(first);
    rows = looking.iter().fold(rows, step::run);
    let matched = rows.iter().map(|it| it.place).collect::<std::collections::BTreeSet<_>>().len() as u64;
    rows = gathering.iter().fold(rows, step::run);
    let cells = |row: &Row| plan.shown.iter().map(|it| row.value(&it.field)).collect();
    Rows {
        titles: plan.shown.iter().map(|it| it.title.to_string()).collect(),
        rows: rows.iter().map(cells).collect(),
        places: plan.shows_events().then(|| rows.iter().map(|it| it.place).collect()),
        matched,
        scanned: groups.len() as u64 + within.iter().map(|it| it.scanned).sum::<u64>(),
        bytes: (groups.iter().map(|it| it.message.len() as u64)).chain(within.iter().map(|it| it.bytes)).sum(),
    }
}

impl Event {
    /// An event without a time, of a group without a name.
    pub fn new(place: u64, message: &str) -> Event {
        let fields = fields::discover(message);
        Event { place, message: message.to_owned(), fields, log: String::from("000000000000:"), ..Event::default() }
    }

    /// The value of a field of the log: one that every event has, or one that the message yields.
    fn value(&self, name: &str) -> Option<Value> {
        match name {
            "@message" => Some(Value::text(self.message.as_str())),
            "@timestamp" => self.time.map(Value::Time),
            "@ingestionTime" => self.ingested.map(Value::Time),
            "@logStream" => self.stream.as_deref().map(Value::text),
            "@log" => Some(Value::text(self.log.as_str())),
            "@ptr" => Some(Value::Place(self.place)),
            name => self.fields.get(name).map(|it| Value::text(it.as_str())),
        }
    }
}

impl Rows {
    /// The cells as they print.
    pub fn texts(&self) -> Vec<Vec<Option<String>>> {
        let text = |cell: &Option<Value>| cell.as_ref().map(Value::to_text);
        self.rows.iter().map(|row| row.iter().map(text).collect()).collect()
    }
}

impl<'a> Row<'a> {
    fn of(event: &'a Event) -> Row<'a> {
        Row { event: Some(event), place: event.place, made: HashMap::new() }
    }

    /// A row that is no event, without values yet.
    fn made() -> Row<'a> {
        Row { event: None, place: 0, made: HashMap::new() }
    }

    /// A field of the log is text, read as a number where the plan says so; behind a `stats` there is only its place.
    fn value(&self, field: &Field) -> Option<Value> {
        let Some(wanted) = field.wanted() else { return self.made.get(&field.column).cloned() };
        let value = match self.event {
            Some(event) => event.value(&wanted.name),
            None => (&*wanted.name == "@ptr").then_some(Value::Place(self.place)),
        };
        match wanted.form {
            Form::Text => value,
            Form::Number => value?.to_number().map(Value::Number),
            Form::Present => Some(Value::Bool(value.is_some())),
        }
    }

    /// The same row, with another value of a name.
    fn with(&self, field: &Field, value: Option<Value>) -> Row<'a> {
        let mut row = self.clone();
        row.set(field, value);
        row
    }

    /// Gives a name a value, or takes away the one that it had.
    fn set(&mut self, field: &Field, value: Option<Value>) {
        self.made.remove(&field.column);
        self.made.extend(value.map(|it| (field.column.clone(), it)));
    }
}

/// The value of an expression in a row.
fn eval(expr: &Expr, row: &Row) -> Option<Value> {
    match expr {
        Expr::Field(field) => row.value(field),
        Expr::Literal(value) => value.clone(),
        // The list of its values stands in its place before any row comes.
        Expr::Subquery(_) => None,
        Expr::Call(function, args) => {
            let args: Vec<Option<Value>> = args.iter().map(|it| eval(it, row)).collect();
            (function.row)(&Args(&args))
        }
    }
}

/// Several `SOURCE` are a union; none means all log groups.
fn is_in_groups(scan: &Scan, event: &Event) -> bool {
    scan.groups.is_empty() || scan.groups.iter().any(|it| names(&it.which, &event.log))
}

fn names(which: &Which, log: &str) -> bool {
    let (account, group) = log.split_once(':').unwrap_or(("", log));
    match which {
        Which::Named(name) => name == group || name == log,
        Which::Prefixed { prefixes, accounts, except } => {
            (prefixes.is_empty() || prefixes.iter().any(|it| group.starts_with(it.as_str())))
                && (accounts.is_empty() || accounts.iter().any(|it| it == account))
                && !except.iter().any(|it| it == log)
        }
    }
}

/// An event without a time is in no range, but counts where no range was asked for, or one that lets it in.
fn is_in_range(scan: &Scan, event: &Event) -> bool {
    let holds = |range: Option<Range>| range.is_none_or(|it| event.time.is_some_and(|time| it.holds(time)));
    let sources = &scan.groups;
    (holds(scan.range) || scan.keeps_untimed && event.time.is_none())
        && (sources.is_empty() || sources.iter().any(|it| names(&it.which, &event.log) && holds(it.range)))
}
