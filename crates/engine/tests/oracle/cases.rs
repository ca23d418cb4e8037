//! Every case of the test data whose logs the plain reader reads, asked of the oracle.

use std::path::Path;
use std::sync::Arc;

use output::Results;
use plan::{Context, Definition, Limits, Parameter, Range};
use testkit::case::{Case, Expectation, GivenDefinition, GivenTable, Question};
use testkit::events;
use value::{Batch, Column, Period, Unit, Value, time};

use crate::answer::plan;

/// What no oracle can answer: they show how the engine went about it.
const NOT_ASKED: &[&str] = &["error", "warnings", "plan", "aws"];

/// The cases that are about more formats than the plain reader knows.
const READERS: &str = "readers/";

#[test]
fn the_oracle_gives_what_the_cases_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata");
    let cases = Case::all(&root).unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", faults.join("\n"))
    });
    let (mut asked, mut faults) = (0, Vec::new());
    for case in cases.iter().filter(|it| !it.expects_error() && !it.name.starts_with(READERS)) {
        let Some(events) = events_of(case) else { continue };
        let answers = case.expectations.iter().filter(|it| !NOT_ASKED.contains(&it.format.as_str()));
        for expectation in answers {
            for question in &case.questions {
                asked += 1;
                if let Err(fault) = ask(case, question, &events, expectation) {
                    faults.push(format!("{}:{}: {fault}", case.path.display(), expectation.line));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} of {asked} answers\n{}", faults.len(), faults.join("\n\n"));
    assert!(asked > 0 || cases.is_empty(), "no case is for the oracle");
}

/// The events of a case's inputs; `None` where the plain reader cannot read one.
fn events_of(case: &Case) -> Option<Vec<oracle::Event>> {
    let mut found: Vec<oracle::Event> = Vec::new();
    for input in &case.inputs {
        if input.source.is_some() || !events::FORMATS.contains(&input.format.as_str()) {
            return None;
        }
        for event in events::read(&input.format, &input.files().ok()?).ok()? {
            let place = found.len() as u64;
            let log = format!("000000000000:{}", input.group.as_deref().unwrap_or(&input.name));
            let (time, ingested, stream) = (event.time, event.ingested, event.stream);
            found.push(oracle::Event { time, ingested, stream, log, ..oracle::Event::new(place, &event.message) });
        }
    }
    Some(found)
}

fn ask(case: &Case, question: &Question, events: &[oracle::Event], expectation: &Expectation) -> Result<(), String> {
    let newest = events.iter().filter_map(|it| it.time).max();
    let table = |it: &GivenTable| source::table(&it.name, it.text.as_bytes()).map(Arc::new);
    let tables = case.tables.iter().map(table).collect::<Result<_, String>>()?;
    let definitions = case.definitions.iter().map(definition).collect();
    let plan = plan(
        &question.text,
        &Context { tables, definitions, fields: Some(names(events)), ..context(question, newest)? },
    )?;
    let answer = oracle::run(&plan, events);
    let cells = |column: usize| answer.rows.iter().map(|row| row[column].clone()).collect();
    let batch = Batch {
        names: answer.titles.iter().map(|it| it.as_str().into()).collect(),
        columns: (0..answer.titles.len()).map(|it| Column::from_values(cells(it))).collect(),
        height: answer.rows.len(),
    };
    let writer = output::find(&expectation.format).ok_or(format!("there is no writer `{}`", expectation.format))?;
    let mut text = Vec::new();
    (writer.write)(&Results::of(&batch), &mut text).map_err(|it| it.to_string())?;
    let estimates = plan::estimates(&syntax::read(&question.text).0);
    expectation.check(&String::from_utf8_lossy(&text), &|it| plan::service_error(it, &estimates))
}

/// The fields that events have, the most frequent first.
fn names(events: &[oracle::Event]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    events.iter().flat_map(|it| it.fields.keys()).for_each(|it| *counts.entry(it).or_default() += 1);
    let mut names: Vec<(&str, usize)> = counts.into_iter().collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    source::EVERY_EVENT.iter().copied().chain(names.into_iter().map(|(name, _)| name)).map(str::to_owned).collect()
}

/// What the query is asked in, as the case sets it.
fn context(question: &Question, newest: Option<i64>) -> Result<Context, String> {
    let given = |name: &str, now: i64| match question.setting(name) {
        Some(text) => moment(text, now).map(Some).ok_or(format!("`{name}={text}` is no moment")),
        None => Ok(None),
    };
    let from = given("now", 0)?.or(newest).unwrap_or_default();
    let (start, end) = (given("start", from)?, given("end", from)?);
    // The end second counts to its last millisecond.
    let whole = |end: i64| end.div_euclid(1000) * 1000 + 999;
    let range = Range { start: start.unwrap_or(i64::MIN), end: whole(end.unwrap_or(from)) };
    let limit = question.setting("limit").map(|it| it.parse().map_err(|_| format!("`limit={it}` is no number")));
    Ok(Context {
        range: (start.is_some() || end.is_some()).then_some(range),
        now: end.unwrap_or(from),
        limit: limit.transpose()?,
        limits: if question.setting("limits") == Some("service") { Limits::Service } else { Limits::Ours },
        ..Context::default()
    })
}

/// `2026-01-01T00:00:00Z`, `1767225600000`, `-1h`, `now`
fn moment(text: &str, now: i64) -> Option<i64> {
    if text == "now" {
        return Some(now);
    }
    let Some(back) = text.strip_prefix('-') else {
        // Ten digits are seconds.
        let seconds = (text.len() <= 10).then(|| text.parse::<i64>().ok()).flatten();
        return seconds.map(|it| it * 1000).or(Value::text(text).to_time());
    };
    let (count, unit) = back.split_at(back.find(|it: char| !it.is_ascii_digit())?);
    Some(time::before(now, Period { count: count.parse().ok()?, unit: Unit::read(unit)? }))
}

fn definition(it: &GivenDefinition) -> Arc<Definition> {
    let parameter = |(name, value): &(String, String)| Parameter { name: name.clone(), default: Some(value.clone()) };
    Arc::new(Definition::new(&it.name, &it.text, it.defaults.iter().map(parameter).collect(), "the case"))
}
