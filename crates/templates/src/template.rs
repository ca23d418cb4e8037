//! A template as it is told: its text with numbered places, its expression, its samples and its values.

use md5::{Digest, Md5};
use serde_json::{Map, Value, json};

use crate::cluster::Cluster;
use crate::kind::Kind;
use crate::tally::Sample;
use crate::timeline::{MOST_PERIODS, Timeline};
use crate::values::Values;

/// The templates of messages, the most frequent first.
#[derive(Clone, Debug, Default)]
pub struct Learned {
    /// The templates.
    pub templates: Vec<Template>,
    /// How many messages there were in the current period.
    pub count: u64,
    /// How many in the earlier one.
    pub earlier: u64,
    /// When the messages of the current period were logged.
    pub timeline: Timeline,
}

/// What messages have in common, and where they differ.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its text, with `<Time-1>`, `<Token-2>` and the like where messages differ.
    pub text: String,
    /// A regular expression that its messages match.
    pub regex: String,
    /// How many messages of the current period are of it.
    pub count: u64,
    /// How many of the earlier one.
    pub earlier: u64,
    /// Some of its messages.
    pub samples: Vec<Sample>,
    /// When those of the current period were logged.
    pub timeline: Timeline,
    /// The places where messages differ, in order.
    pub places: Vec<Place>,
}

/// A place of a template where messages differ.
#[derive(Clone, Debug)]
pub struct Place {
    /// What stands there.
    pub kind: Kind,
    /// What stands there, in the words of the messages: the key or the word before it, where there is one.
    pub name: Option<String>,
    /// Its values.
    pub values: Values,
}

/// How severe the messages of a template are, as its text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It speaks of an error.
    Error,
    /// It speaks of a warning.
    Warn,
    /// It speaks of neither.
    Info,
}

impl Severity {
    /// `ERROR`, `WARN`, `INFO`
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "ERROR",
            Severity::Warn => "WARN",
            Severity::Info => "INFO",
        }
    }
}

impl Template {
    /// The same for the same text, always: 32 digits of base sixteen.
    pub fn id(&self) -> String {
        Md5::digest(self.text.as_bytes()).iter().map(|it| format!("{it:02x}")).collect()
    }

    /// What its text says of errors and warnings, in any case.
    pub fn severity(&self) -> Severity {
        let text = self.text.to_ascii_lowercase();
        match text.contains("error") {
            true => Severity::Error,
            false if text.contains("warn") => Severity::Warn,
            false => Severity::Info,
        }
    }

    /// Its samples: `[{"timestamp":1700000000000,"message":"…"}]`.
    pub fn samples_json(&self) -> String {
        let told = self.samples.iter().map(|it| match it.time {
            Some(time) => json!({"timestamp": time, "message": *it.text}),
            None => json!({"message": *it.text}),
        });
        Value::Array(told.collect()).to_string()
    }

    /// Its places, each with what it is called and the values it has.
    pub fn places_json(&self) -> String {
        let told = self.places.iter().enumerate().map(|(index, place)| {
            let counted = place.values.counted();
            let numbers: Vec<f64> = counted.iter().filter_map(|(value, _)| value.parse().ok()).collect();
            let is_numeric = !counted.is_empty() && numbers.len() == counted.len();
            let is_code = |it: &f64| (100.0..600.0).contains(it) && it.fract() == 0.0;
            let is_error_code = is_numeric && numbers.iter().all(is_code) && numbers.iter().any(|it| *it >= 400.0);
            let values: Map<String, Value> =
                counted.into_iter().map(|(it, count)| (it.to_owned(), json!(count))).collect();
            json!({
                "dynamicTokenPosition": index + 1,
                "tokenString": marked(place.kind, index),
                "isNumeric": is_numeric,
                "isErrorCode": is_error_code,
                "enumerations": values,
                "inferredTokenName": place.name.as_deref().unwrap_or(place.kind.name()),
            })
        });
        Value::Array(told.collect()).to_string()
    }

    /// When its messages were logged: `{"1700000000000":12}`, how many in the period that begins then.
    pub fn timeline_json(&self) -> String {
        let counts = self.timeline.counts().map(|(begin, count)| (begin.to_string(), json!(count)));
        Value::Object(counts.collect()).to_string()
    }
}

impl Learned {
    /// The templates that come when this one comes, the most closely related first: those whose counts over time make
    /// an angle with its own of a cosine of at least 0.8. Only the most frequent templates are looked at.
    pub fn related(&self, place: usize) -> Vec<&Template> {
        const CANDIDATES: usize = 100;
        const MOST: usize = 5;
        const CLOSE: f64 = 0.8;
        let whole = self.timeline.clone().spanning(MOST_PERIODS as i64);
        let own = match self.templates.get(place) {
            Some(it) if place < CANDIDATES => it.timeline.over(&whole),
            _ => return Vec::new(),
        };
        let mut found: Vec<(f64, usize)> = (self.templates.iter().take(CANDIDATES).enumerate())
            .filter(|(other, _)| *other != place)
            .map(|(other, it)| (cosine(&own, &it.timeline.over(&whole)), other))
            .filter(|(close, _)| *close >= CLOSE)
            .collect();
        found.sort_by(|left, right| right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)));
        found.iter().take(MOST).filter_map(|(_, it)| self.templates.get(*it)).collect()
    }

    /// The same, as JSON: `[{"patternId":"…","pattern":"…"}]`.
    pub fn related_json(&self, place: usize) -> String {
        let told = self.related(place).into_iter().map(|it| json!({"patternId": it.id(), "pattern": it.text}));
        Value::Array(told.collect()).to_string()
    }
}

/// Tells clusters as templates, the most frequent first.
pub(crate) fn learned(clusters: Vec<Cluster>) -> Learned {
    let mut it = Learned::default();
    for cluster in clusters {
        it.count += cluster.tally.count;
        it.earlier += cluster.tally.earlier;
        it.timeline.merge(cluster.tally.timeline.clone());
        it.templates.push(template(cluster));
    }
    let order = |left: &Template, right: &Template| {
        right.count.cmp(&left.count).then(right.earlier.cmp(&left.earlier)).then_with(|| left.text.cmp(&right.text))
    };
    it.templates.sort_unstable_by(order);
    it
}

fn template(cluster: Cluster) -> Template {
    let (mut text, mut regex) = (String::new(), String::from("(?s)^"));
    let mut places = Vec::new();
    let mut values = cluster.tally.values.into_iter();
    for it in cluster.text.chars() {
        let Some(kind) = Kind::of_mark(it) else {
            match it {
                ' ' => regex.push_str(r"\s+"),
                // It stands for a control character.
                char::REPLACEMENT_CHARACTER => regex.push('.'),
                _ => regex.push_str(&regex::escape(it.encode_utf8(&mut [0; 4]))),
            }
            text.push(it);
            continue;
        };
        let name = name(&text);
        text.push_str(&marked(kind, places.len()));
        regex.push_str(".*?");
        places.push(Place { kind, name, values: values.next().unwrap_or_default() });
    }
    regex.push('$');
    Template {
        text,
        regex,
        count: cluster.tally.count,
        earlier: cluster.tally.earlier,
        samples: cluster.tally.samples,
        timeline: cluster.tally.timeline,
        places,
    }
}

/// `<Time-1>`
fn marked(kind: Kind, index: usize) -> String {
    format!("<{}-{}>", kind.name(), index + 1)
}

/// What the text before a place calls it: `"key":"`, `key=`, `Key: `.
fn name(before: &str) -> Option<String> {
    let key = before.trim_end_matches(['"', '\'', ' ', '[', '(']).strip_suffix([':', '='])?;
    let key = key.trim_end_matches(['"', '\'', ' ']);
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '@');
    let begin = key.char_indices().rev().take_while(|(_, it)| is_part(*it)).last()?.0;
    Some(key[begin..].to_owned())
}

fn cosine(left: &[u64], right: &[u64]) -> f64 {
    let dot = |left: &[u64], right: &[u64]| -> f64 { left.iter().zip(right).map(|(a, b)| *a as f64 * *b as f64).sum() };
    let lengths = dot(left, left) * dot(right, right);
    if lengths == 0.0 { 0.0 } else { dot(left, right) / lengths.sqrt() }
}
