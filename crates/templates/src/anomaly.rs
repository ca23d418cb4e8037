//! What is unusual among templates: one that comes up late, and one that comes far more or less often than it does.
//!
//! The time of all messages is parted into at most 48 periods of equal width. A template is *new* if its first message
//! lies in the last quarter of the time, and there are five of it or more. Its *frequency* is unusual if the count of a period is far
//! from the median of all periods: the distance is measured in robust deviations, 1.4826 times the median absolute
//! deviation, and never less than the square root of the median, which is what chance alone makes of it. Messages of
//! fewer than twelve periods tell nothing. Limits: there is no notion of days or weeks, so a nightly job is unusual
//! each night; and the first and the last period, which may be cut, are not looked at.

use crate::template::{Learned, Template};
use crate::timeline::Timeline;

/// The most periods that are compared.
const MOST: i64 = 48;
/// The fewest periods that tell anything.
const FEWEST: usize = 12;
/// How many deviations are far.
const FAR: f64 = 6.0;
/// How many messages a template that comes up late must have.
const FEW: u64 = 5;

/// What is unusual about a template.
#[derive(Clone, Debug, PartialEq)]
pub struct Anomaly {
    /// What.
    pub kind: Unusual,
    /// How unusual, from 0 to 1: 0.5 at the boundary.
    pub score: f64,
    /// When: the beginning of the period, in epoch milliseconds.
    pub time: i64,
    /// In words.
    pub description: String,
}

/// A way to be unusual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// Its first message comes late.
    New,
    /// A period has far more of its messages than others.
    More,
    /// A period has far fewer of them.
    Fewer,
}

impl Unusual {
    /// How it is called in an answer.
    pub fn name(self) -> &'static str {
        match self {
            Unusual::New => "new pattern",
            Unusual::More => "more often",
            Unusual::Fewer => "less often",
        }
    }
}

/// What is unusual about each of the templates, if anything is.
pub fn anomalies(learned: &Learned) -> Vec<Option<Anomaly>> {
    let whole = learned.timeline.clone().spanning(MOST);
    learned.templates.iter().map(|it| anomaly(it, &whole)).collect()
}

fn anomaly(template: &Template, whole: &Timeline) -> Option<Anomaly> {
    let counts = template.timeline.over(whole);
    if counts.len() < FEWEST {
        return None;
    }
    let begin = whole.counts().next()?.0;
    let time = |period: usize| begin.saturating_add(whole.width().saturating_mul(period as i64));
    let first = counts.iter().position(|it| *it > 0)?;
    if first * 4 >= counts.len() * 3 && template.count >= FEW {
        let share = first as f64 / counts.len() as f64;
        let description = format!("first seen after {:.0} % of the time", share * 100.0);
        // From 0.5 where the last quarter begins to 1 where it ends.
        return Some(Anomaly { kind: Unusual::New, score: share * 2.0 - 1.0, time: time(first), description });
    }
    let inner = &counts[1..counts.len() - 1];
    let typical = median(inner.iter().map(|it| *it as f64));
    let spread = median(inner.iter().map(|it| (*it as f64 - typical).abs()));
    let deviation = (1.4826 * spread).max(typical.sqrt()).max(1.0);
    let distance = |count: u64| (count as f64 - typical).abs() / deviation;
    let (period, count) =
        inner.iter().copied().enumerate().rev().max_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))?;
    if distance(count) < FAR {
        return None;
    }
    let kind = if count as f64 > typical { Unusual::More } else { Unusual::Fewer };
    let description = format!("{count} in a period that has {typical} as a rule");
    let score = distance(count) / (distance(count) + FAR);
    Some(Anomaly { kind, score, time: time(period + 1), description })
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = numbers.collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (Some(upper), 0) => (sorted[middle - 1] + upper) / 2.0,
        (Some(middle), _) => *middle,
        (None, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Part, Templates};

    const MINUTE: i64 = 60_000;

    fn found(messages: impl Iterator<Item = (i64, &'static str)>) -> Vec<(String, Option<Anomaly>)> {
        let mut it = Templates::default();
        messages.for_each(|(minute, text)| it.add(text, Some(minute * MINUTE), Part::Current));
        let learned = it.finish();
        learned.templates.iter().map(|it| it.text.clone()).zip(anomalies(&learned)).collect()
    }

    #[test]
    fn what_comes_up_late_is_new() {
        let steady = (0..40).map(|it| (it, "all is well"));
        let late = (0..6).map(|it| (34 + it % 3, "disk failed"));
        let found = found(steady.chain(late));
        assert_eq!(found[0].1, None);
        let new = found[1].1.as_ref().unwrap();
        assert_eq!((new.kind, new.time), (Unusual::New, 34 * MINUTE / (64_000) * 64_000));
        assert!((0.5..0.8).contains(&new.score), "{}", new.score);
    }

    #[test]
    fn bursts_and_gaps_are_unusual() {
        let steady = (0..40).flat_map(|it| (0..100).map(move |_| (it, "beat")));
        let burst = (0..400).map(|_| (20, "beat"));
        let it = found(steady.clone().chain(burst));
        assert_eq!(it[0].1.as_ref().unwrap().kind, Unusual::More);
        let gap = steady.filter(|it| it.0 != 12 && it.0 != 13);
        assert_eq!(found(gap)[0].1.as_ref().unwrap().kind, Unusual::Fewer);
    }

    #[test]
    fn what_is_steady_or_short_is_not_unusual() {
        assert_eq!(found((0..400).map(|it| (it / 10, "beat")))[0].1, None);
        assert_eq!(found((0..400).map(|_| (3, "beat")))[0].1, None);
        assert!(anomalies(&Learned::default()).is_empty());
    }
}
