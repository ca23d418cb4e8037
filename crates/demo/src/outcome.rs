//! How a request ends, and how that depends on the quarter of an hour.

use crate::failure::{self, Cause, Failure};
use crate::latency::Latency;
use crate::random::Random;
use crate::route::Operation;
use crate::traffic::Mood;

/// How a request ends.
#[derive(Clone, Copy)]
pub enum Outcome {
    /// The handler answers; with 404 the item was not found.
    Answered(u64),
    /// The handler catches an exception.
    Failed(&'static Failure),
    /// The function is stopped after its three seconds.
    TimedOut,
    /// The function is stopped as it takes too much memory.
    OutOfMemory,
    /// The gateway turns the request away; the function never hears of it.
    TurnedAway,
}

/// How a request for an operation of the table ends, or for none.
pub fn draw(operation: Option<Operation>, mood: Mood, random: &mut Random) -> Outcome {
    let troubles = &TROUBLES[mood as usize];
    let Some(operation) = operation else {
        return if random.happens(troubles.turned_away) { Outcome::TurnedAway } else { Outcome::Answered(405) };
    };
    let ends = [troubles.turned_away, troubles.timed_out, troubles.out_of_memory, troubles.failed];
    let fine = 1_000_000 - ends.iter().sum::<u32>();
    match random.place(ends.into_iter().chain([fine])) {
        0 => Outcome::TurnedAway,
        1 => Outcome::TimedOut,
        2 => Outcome::OutOfMemory,
        3 => Outcome::Failed(failure::draw(operation, mood, random)),
        _ if operation == Operation::PutItem => Outcome::Answered(201),
        _ if random.happens(60_000) => Outcome::Answered(404),
        _ => Outcome::Answered(200),
    }
}

/// How often the table throttles a request that ends so.
pub fn throttled(outcome: Outcome, mood: Mood, random: &mut Random) -> u32 {
    match outcome {
        Outcome::Failed(Failure { cause: Cause::Throttling, .. }) => 3,
        // Refused at once: the table is not asked.
        Outcome::Answered(405) => 0,
        Outcome::Answered(_) if random.happens(TROUBLES[mood as usize].throttled) => 1 + random.below(2),
        _ => 0,
    }
}

/// How long the table takes for an operation, in milliseconds.
pub fn table(operation: Operation, mood: Mood, random: &mut Random) -> i64 {
    let troubles = &TROUBLES[mood as usize];
    let latency = match operation {
        Operation::GetItem => &troubles.read,
        Operation::PutItem => &troubles.write,
    };
    latency.millis(random).min(LONGEST)
}

/// The longest that the table takes if it answers at all, in milliseconds.
/// With all else that a handler does, this stays below the function's three seconds.
const LONGEST: i64 = 2_200;

/// How often things go wrong, in a million, and how slow the table is.
struct Troubles {
    turned_away: u32,
    timed_out: u32,
    out_of_memory: u32,
    failed: u32,
    throttled: u32,
    read: Latency,
    write: Latency,
}

/// By mood.
static TROUBLES: [Troubles; 2] = [
    Troubles {
        turned_away: 300,
        timed_out: 150,
        out_of_memory: 100,
        failed: 2_000,
        throttled: 3_000,
        read: Latency { median: 9.0, spread: 0.9, slow: 4_000 },
        write: Latency { median: 14.0, spread: 0.8, slow: 4_000 },
    },
    Troubles {
        turned_away: 30_000,
        timed_out: 50_000,
        out_of_memory: 8_000,
        failed: 220_000,
        throttled: 200_000,
        read: Latency { median: 75.0, spread: 1.3, slow: 20_000 },
        write: Latency { median: 120.0, spread: 1.2, slow: 20_000 },
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_quarter_is_worse() {
        let failures = |mood| {
            let mut random = Random::new(2, 0);
            let ends = (0..5_000).map(|_| draw(Some(Operation::GetItem), mood, &mut random));
            ends.filter(|end| !matches!(end, Outcome::Answered(_))).count()
        };
        assert!((4..50).contains(&failures(Mood::Calm)), "{}", failures(Mood::Calm));
        assert!((1_200..1_900).contains(&failures(Mood::Bad)), "{}", failures(Mood::Bad));
    }

    #[test]
    fn the_table_is_slow_at_times_but_never_too_slow() {
        let mut random = Random::new(2, 1);
        let times: Vec<i64> = (0..50_000).map(|_| table(Operation::PutItem, Mood::Bad, &mut random)).collect();
        assert_eq!(times.iter().max(), Some(&LONGEST));
        assert!(times.iter().all(|time| *time >= 1));
    }
}
