//! Random logs: events as services, Lambda functions and people write them, and as they come out broken.

mod json;
mod message;
mod service;

use crate::events::Event;
use crate::random::Random;
use crate::vocabulary::STREAMS;

pub use json::Style;
pub(crate) use json::string;
pub use message::MessageKind;

/// 2026-01-01T00:00:00.000Z, when random logs begin.
pub const BEGIN: i64 = 1_767_225_600_000;

/// How large a log is, and what is in it.
#[derive(Clone, PartialEq, Debug)]
pub struct LogSizes {
    /// At most so many events; at least none.
    pub events: usize,
    /// At most so many streams.
    pub streams: usize,
    /// The time from the first event to the last, in milliseconds, more or less.
    pub span: i64,
    /// The kinds of message there may be; at least one.
    pub kinds: Vec<MessageKind>,
}

impl Default for LogSizes {
    fn default() -> LogSizes {
        LogSizes { events: 60, streams: 4, span: 6 * 3_600_000, kinds: MessageKind::ALL.to_vec() }
    }
}

/// A log: events mostly in the order of time, some at the same moment, some out of order.
pub fn log(random: &mut Random, sizes: &LogSizes) -> Vec<Event> {
    let mut streams: Vec<&str> = STREAMS.to_vec();
    random.shuffle(&mut streams);
    streams.truncate(sizes.streams.max(1));
    // Most logs have one kind of message in the main, and a few of another.
    let main = *random.pick(&sizes.kinds);
    let count = random.below(sizes.events + 1);
    let step = (2 * sizes.span / count.max(1) as i64).max(1);
    let mut time = BEGIN;
    let mut events = Vec::new();
    for _ in 0..count {
        time += match random.below(5) {
            0 => 0,
            _ => random.between(0, step),
        };
        let late = if random.one_in(12) { random.between(0, 3 * step) } else { 0 };
        let kind = if random.one_in(2) { main } else { *random.pick(&sizes.kinds) };
        let time = if random.one_in(10) { time - time.rem_euclid(60_000) } else { time - late };
        events.push(Event {
            time: Some(time),
            ingested: if random.one_in(10) { None } else { Some(time + random.between(0, 5000)) },
            stream: Some(random.pick(&streams).to_string()),
            message: message::message(random, kind, time),
        });
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_log() {
        let sizes = LogSizes::default();
        assert_eq!(log(&mut Random::new(5), &sizes), log(&mut Random::new(5), &sizes));
        assert_ne!(log(&mut Random::new(5), &sizes), log(&mut Random::new(6), &sizes));
    }

    #[test]
    fn logs_have_what_trips_readers_up() {
        let mut random = Random::new(1);
        let sizes = LogSizes { events: 2000, ..LogSizes::default() };
        let mut events = Vec::new();
        while events.len() < 4000 {
            events.extend(log(&mut random, &sizes));
        }
        assert!(events.windows(2).any(|it| it[0].time == it[1].time));
        assert!(events.windows(2).any(|it| it[0].time > it[1].time));
        assert!(events.iter().any(|it| it.message.contains('\n')));
        assert!(events.iter().any(|it| it.message.starts_with("REPORT")));
        assert!(events.iter().any(|it| serde_json::from_str::<serde_json::Value>(&it.message).is_ok()));
    }
}
