//! Spans of time that entries tell of: a duration that had passed when the entry was written.

use value::number;

use crate::names::{DURATION_ENDS, NO_DURATIONS, UNITS, plain};

/// A duration and where it lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The field that tells it.
    pub name: String,
    /// How long it took, in milliseconds.
    pub milliseconds: f64,
    /// When it ended, in epoch milliseconds: when its entry was written, since entries tell of what is over.
    pub end: f64,
}

impl Span {
    /// When it began, in epoch milliseconds.
    pub fn start(&self) -> f64 {
        self.end - self.milliseconds
    }
}

/// No request takes longer than a month: such a number is something else.
const LONGEST: f64 = 31.0 * 86_400_000.0;

/// The spans that the fields of an entry tell of that was written at a time, in epoch milliseconds.
pub fn spans(fields: &[(String, String)], time: i64) -> Vec<Span> {
    let end = time as f64;
    let told = |(name, text): &(String, String)| {
        let milliseconds = number::read(text)? * unit(name)?;
        (0.0..LONGEST).contains(&milliseconds).then(|| Span { name: name.clone(), milliseconds, end })
    };
    let mut spans: Vec<Span> = fields.iter().filter_map(told).collect();
    // The environment of a function starts before its handler runs.
    let ran = spans.iter().find(|it| it.name == "@duration").map_or(0.0, |it| it.milliseconds);
    spans.iter_mut().filter(|it| it.name == "@initDuration").for_each(|it| it.end -= ran);
    spans
}

/// How many milliseconds the unit of a field is; nothing if it holds no duration.
fn unit(name: &str) -> Option<f64> {
    let plain = plain(name);
    if NO_DURATIONS.iter().any(|it| plain.ends_with(it)) {
        return None;
    }
    let is_one = |plain: &str| DURATION_ENDS.iter().any(|it| plain.ends_with(it));
    if is_one(&plain) {
        return Some(1.0);
    }
    UNITS.iter().find(|(end, _)| plain.strip_suffix(end).is_some_and(is_one)).map(|it| it.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, text: &str) -> Option<f64> {
        spans(&[(name.to_owned(), text.to_owned())], 1_000).first().map(|it| it.milliseconds)
    }

    #[test]
    fn durations_are_told_in_many_units() {
        for (name, text, milliseconds) in [
            ("dynamoDuration", "42", 42.0),
            ("duration", "1.5", 1.5),
            ("integrationLatency", "62", 62.0),
            ("duration_ms", "7", 7.0),
            ("elapsedSeconds", "0.25", 250.0),
            ("took_s", "2", 2_000.0),
            ("latencyMicros", "1500", 1.5),
            ("durationNs", "2000000", 2.0),
            ("metrics.durationMs", "3", 3.0),
        ] {
            assert_eq!(told(name, text), Some(milliseconds), "{name}");
        }
        for (name, text) in [
            ("duration", "soon"),
            ("duration", "-5"),
            ("latency", "1e300"),
            ("@billedDuration", "80"),
            ("retryDelay", "50"),
            ("status", "200"),
        ] {
            assert_eq!(told(name, text), None, "{name}");
        }
    }

    #[test]
    fn a_cold_start_comes_before_the_run() {
        let fields = [("@duration", "50"), ("@initDuration", "200")];
        let fields = fields.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let spans = spans(&fields, 1_000);
        assert_eq!((spans[0].start(), spans[0].end), (950.0, 1_000.0));
        assert_eq!((spans[1].start(), spans[1].end), (750.0, 950.0));
    }
}
