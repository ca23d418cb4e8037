//! `pattern`: texts, gathered by what they have in common.
//!
//! It grows to 16,000 skeletons of texts, however many texts there are: a few hundred bytes each while they have few
//! texts, and at most some 35 kilobytes.

use plan::step::Pattern;
use plan::step::pattern::{self, Finding, column};
use templates::{Anomaly, Learned, Part, Template, Templates, anomalies};
use value::{Batch, Column, Value};

use crate::Compared;
use crate::expr::eval;
use crate::gather::PLACE;

/// The texts so far.
#[derive(Clone)]
pub struct Patterns<'p> {
    pattern: &'p Pattern,
    templates: Templates,
    seen: Compared,
}

/// What a skeleton takes: few have the many values and times that take more.
const TYPICAL: usize = 4 << 10;

/// What is told of a pattern, besides the pattern itself.
struct Told<'a> {
    place: usize,
    template: &'a Template,
    anomaly: Option<Anomaly>,
}

impl<'p> Patterns<'p> {
    /// No text yet.
    pub fn new(pattern: &'p Pattern) -> Patterns<'p> {
        Patterns { pattern, templates: Templates::default(), seen: Compared::default() }
    }

    /// Takes in rows.
    pub fn add(&mut self, rows: &Batch) {
        let column = eval(&self.pattern.text, rows);
        let texts = column.texts();
        let times = self.pattern.time.as_ref().and_then(|it| rows.column(&it.column));
        let times = times.map(Column::times);
        for row in 0..rows.height {
            let Some(text) = texts.get(row) else { continue };
            let time = times.as_ref().and_then(|it| it.get(row));
            if let Some(part) = part(self.pattern.finding, time) {
                self.templates.add(text, time, part);
                self.seen.current += u64::from(part != Part::Earlier);
                self.seen.earlier += u64::from(part != Part::Current);
            }
        }
    }

    /// How many skeletons of texts it holds.
    pub fn count(&self) -> usize {
        self.templates.count()
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.templates.count() * TYPICAL
    }

    /// Takes in the texts of another part.
    pub fn merge(&mut self, other: Patterns<'p>) {
        self.templates.merge(other.templates);
        self.seen.current += other.seen.current;
        self.seen.earlier += other.seen.earlier;
    }

    /// How many texts the periods have, where two are compared.
    pub fn compared(&self) -> Option<Compared> {
        matches!(self.pattern.finding, Finding::Differences(_)).then_some(self.seen)
    }

    /// A row for each pattern, in the order that is asked for.
    pub fn finish(self) -> Batch {
        let learned = self.templates.finish();
        let anomalies = match self.pattern.finding {
            Finding::Anomalies => anomalies(&learned),
            _ => vec![None; learned.templates.len()],
        };
        let templates = learned.templates.iter().enumerate().zip(anomalies);
        let mut told: Vec<Told> =
            templates.map(|((place, template), anomaly)| Told { place, template, anomaly }).collect();
        match self.pattern.finding {
            Finding::Patterns => {}
            Finding::Anomalies => told.sort_by(|left, right| score(right).total_cmp(&score(left))),
            Finding::Differences(_) => told.sort_by_key(|it| std::cmp::Reverse(difference(it.template).abs())),
        }
        let mut rows = Batch::of_height(told.len());
        for (name, ..) in self.pattern.finding.columns() {
            rows.set(name, Column::from_values(told.iter().map(|it| cell(name, it, &learned)).collect()));
        }
        rows.set(PLACE, Column::from_places((0..told.len() as u64).collect()));
        rows
    }
}

/// In which of the periods a row lies; where none are compared, in the only one.
fn part(finding: Finding, time: Option<i64>) -> Option<Part> {
    let Finding::Differences(pattern::Periods { current, earlier }) = finding else { return Some(Part::Current) };
    match (current.holds(time?), earlier.holds(time?)) {
        (true, true) => Some(Part::Both),
        (true, false) => Some(Part::Current),
        (false, true) => Some(Part::Earlier),
        (false, false) => None,
    }
}

fn score(it: &Told) -> f64 {
    it.anomaly.as_ref().map_or(0.0, |it| it.score)
}

/// How many more messages there are now.
fn difference(it: &Template) -> i64 {
    i64::try_from(it.count).unwrap_or(i64::MAX) - i64::try_from(it.earlier).unwrap_or(i64::MAX)
}

/// How the counts of a pattern differ, in words.
fn differs(it: &Template) -> String {
    match (it.count, it.earlier) {
        (now, before) if now == before => "as often".to_owned(),
        (_, 0) => "new".to_owned(),
        (0, _) => "gone".to_owned(),
        (now, before) => {
            let percent = (now as f64 / before as f64 - 1.0) * 100.0;
            if percent.abs() < 1.0 {
                format!("{}<1 %", if now > before { '+' } else { '-' })
            } else {
                format!("{percent:+.0} %")
            }
        }
    }
}

fn cell(name: &str, it: &Told, learned: &Learned) -> Option<Value> {
    let text = |it: &str| Some(Value::text(it));
    let number = |it: f64| Some(Value::Number(it));
    let template = it.template;
    match name {
        column::PATTERN => text(&template.text),
        column::RATIO => number(template.count as f64 / learned.count.max(1) as f64),
        column::COUNT => number(template.count as f64),
        column::SEVERITY => text(template.severity().name()),
        column::ID => text(&template.id()),
        column::REGEX => text(&template.regex),
        column::SAMPLES => text(&template.samples_json()),
        column::RELATED => text(&learned.related_json(it.place)),
        column::TOKENS => text(&template.places_json()),
        column::TIMES => text(&template.timeline_json()),
        column::ANOMALY => it.anomaly.as_ref().and_then(|it| text(it.kind.name())),
        column::SCORE => number(score(it)),
        column::UNUSUAL => it.anomaly.as_ref().and_then(|it| text(&it.description)),
        column::DIFFERENCE => number(difference(template) as f64),
        column::DIFFERS => text(&differs(template)),
        _ => None,
    }
}
