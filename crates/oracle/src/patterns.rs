//! `pattern` and `relevantfields`: what is learned of all rows.

use std::collections::BTreeMap;

use functions::Args;
use plan::Field;
use plan::step::pattern::{Finding, Periods, column};
use plan::step::relevantfields::Looked;
use plan::step::{Pattern, RelevantFields};
use templates::{Anomaly, Part, Template, Templates, anomalies};
use value::{Type, Value};

use crate::{Row, eval};

/// A row for each pattern. How texts become patterns is what `templates` says; here they come in their order, at once.
pub(crate) fn pattern<'a>(it: &Pattern, rows: &[Row]) -> Vec<Row<'a>> {
    let mut learning = Templates::default();
    for row in rows {
        let Some(text) = eval(&it.text, row) else { continue };
        let time = it.time.as_ref().and_then(|field| match row.value(field) {
            Some(Value::Time(time)) => Some(time),
            _ => None,
        });
        if let Some(part) = part(it.finding, time) {
            learning.add(&text.to_text(), time, part);
        }
    }
    let learned = learning.finish();
    let unusual = anomalies(&learned);
    let mut order: Vec<usize> = (0..learned.templates.len()).collect();
    let difference = |it: &Template| it.count as i64 - it.earlier as i64;
    let score = |it: &Option<Anomaly>| it.as_ref().map_or(0.0, |it| it.score);
    match it.finding {
        Finding::Patterns => {}
        Finding::Anomalies => order.sort_by(|a, b| score(&unusual[*b]).total_cmp(&score(&unusual[*a]))),
        Finding::Differences(_) => order.sort_by_key(|it| -difference(&learned.templates[*it]).abs()),
    }
    let mut made = Vec::new();
    for (number, place) in order.into_iter().enumerate() {
        let (template, anomaly) = (&learned.templates[place], &unusual[place]);
        let (now, before) = (template.count as f64, template.earlier as f64);
        let differs = match (template.count, template.earlier) {
            (now, before) if now == before => String::from("as often"),
            (_, 0) => String::from("new"),
            (0, _) => String::from("gone"),
            _ if (now / before - 1.0).abs() < 0.01 => format!("{}<1 %", if now > before { "+" } else { "-" }),
            _ => format!("{:+.0} %", (now / before - 1.0) * 100.0),
        };
        let cells = [
            (column::PATTERN, Some(Value::text(template.text.as_str()))),
            (column::RATIO, Some(Value::Number(now / learned.count.max(1) as f64))),
            (column::COUNT, Some(Value::Number(now))),
            (column::SEVERITY, Some(Value::text(template.severity().name()))),
            (column::ID, Some(Value::text(template.id()))),
            (column::REGEX, Some(Value::text(template.regex.as_str()))),
            (column::SAMPLES, Some(Value::text(template.samples_json()))),
            (column::RELATED, Some(Value::text(learned.related_json(place)))),
            (column::TOKENS, Some(Value::text(template.places_json()))),
            (column::TIMES, Some(Value::text(template.timeline_json()))),
            (column::ANOMALY, anomaly.as_ref().map(|it| Value::text(it.kind.name()))),
            (column::SCORE, Some(Value::Number(score(anomaly)))),
            (column::UNUSUAL, anomaly.as_ref().map(|it| Value::text(it.description.as_str()))),
            (column::DIFFERENCE, Some(Value::Number(difference(template) as f64))),
            (column::DIFFERS, Some(Value::text(differs))),
        ];
        let mut row = Row::made();
        row.place = number as u64;
        for (name, of, _) in it.finding.columns() {
            let cell = cells.iter().find(|it| it.0 == name).and_then(|it| it.1.clone());
            row.set(&Field::of_query(name, of), cell);
        }
        made.push(row);
    }
    made
}

/// In which of the periods a row lies.
fn part(finding: Finding, time: Option<i64>) -> Option<Part> {
    let Finding::Differences(Periods { current, earlier }) = finding else { return Some(Part::Current) };
    let time = time?;
    match (current.holds(time), earlier.holds(time)) {
        (true, true) => Some(Part::Both),
        (true, false) => Some(Part::Current),
        (false, true) => Some(Part::Earlier),
        (false, false) => None,
    }
}

/// A row for each field: how its values differ between the rows that meet the condition and the others.
pub(crate) fn relevantfields<'a>(it: &RelevantFields, rows: &[Row]) -> Vec<Row<'a>> {
    let (met, others): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| eval(&it.condition, row) == Some(Value::Bool(true)));
    // Fields come by how far their scores are beyond what chance alone makes of so many values.
    let mut told: Vec<(f64, &str, Vec<Option<Value>>)> = Vec::new();
    for looked in &it.looked {
        let (here, there) = (shares(looked, &met), shares(looked, &others));
        let mut values: Vec<&Option<String>> = here.keys().chain(there.keys()).collect();
        values.sort();
        values.dedup();
        let of =
            |shares: &BTreeMap<Option<String>, f64>, value: &Option<String>| shares.get(value).copied().unwrap_or(0.0);
        let mut parts: Vec<(f64, f64, f64, &Option<String>)> = values
            .into_iter()
            .map(|value| {
                let (p, q) = (of(&here, value), of(&there, value));
                let half = |share: f64| if share > 0.0 { share * (2.0 * share / (p + q)).log2() / 2.0 } else { 0.0 };
                (half(p) + half(q), p, q, value)
            })
            .collect();
        parts.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.3.cmp(b.3)));
        let is_known = !met.is_empty() && !others.is_empty();
        let raw = if is_known { parts.iter().map(|it| it.0).sum::<f64>().clamp(0.0, 1.0) } else { 0.0 };
        let score = rounded(raw);
        let sizes = 1.0 / met.len() as f64 + 1.0 / others.len() as f64;
        let chance = ((parts.len().max(1) - 1) as f64 * sizes / (8.0 * 2_f64.ln())).min(1.0);
        let beyond = if is_known { rounded(raw - chance) } else { 0.0 };
        let most = parts.iter().filter(|it| it.1 > it.2).take(5);
        let contributors: Vec<serde_json::Value> = most
            .map(|(_, p, q, value)| serde_json::json!({"value": value, "conditional": rounded(*p), "baseline": rounded(*q)}))
            .collect();
        let cells = vec![
            Some(Value::text(looked.name.as_str())),
            Some(Value::Number(score)),
            Some(Value::text(serde_json::Value::Array(contributors).to_string())),
            median(looked, &met),
            median(looked, &others),
        ];
        told.push((beyond, &looked.name, cells));
    }
    told.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut made = Vec::new();
    for (number, (_, _, cells)) in told.into_iter().enumerate() {
        let mut row = Row::made();
        row.place = number as u64;
        for (name, cell) in RelevantFields::COLUMNS.iter().zip(cells) {
            row.set(&Field::of_query(name, Type::Any), cell);
        }
        made.push(row);
    }
    made
}

/// Which share of the rows has which value; numbers of many digits by their first two.
fn shares(looked: &Looked, rows: &[&Row]) -> BTreeMap<Option<String>, f64> {
    let mut counts: BTreeMap<Option<String>, f64> = BTreeMap::new();
    for row in rows {
        let text = eval(&looked.text, row).map(|it| RelevantFields::counted(&it.to_text()));
        *counts.entry(text).or_default() += 1.0;
    }
    counts.values_mut().for_each(|it| *it /= rows.len() as f64);
    counts
}

/// The median of the numbers that rows have; of none there is none.
fn median(looked: &Looked, rows: &[&Row]) -> Option<Value> {
    let half = || Some(Value::Number(50.0));
    let cells: Vec<[Option<Value>; 2]> =
        rows.iter().filter_map(|row| Some([Some(eval(&looked.number, row)?), half()])).collect();
    let args: Vec<Args> = cells.iter().map(|it| Args(it)).collect();
    if args.is_empty() { None } else { (functions::stats::PCT.rows)(&args) }
}

fn rounded(it: f64) -> f64 {
    (it * 10_000.0).round() / 10_000.0
}
