//! The function's environments: each answers one request at a time and writes one log stream.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::latency::Latency;
use crate::random::Random;

/// The environments of a quarter of an hour.
#[derive(Default)]
pub struct Fleet {
    /// Environments that wait, the last used one on top: it is taken first, as the service does.
    idle: Vec<Environment>,
    /// Until when an environment works, and which.
    busy: BinaryHeap<Reverse<(i64, usize)>>,
    working: Vec<Environment>,
    vacant: Vec<usize>,
}

/// The memory of an environment, in megabytes.
pub const MEMORY: u64 = 128;

/// A copy of the function in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environment {
    /// Its log stream, by the number the log group knows it by.
    pub stream: usize,
    /// How long it took to start, in hundredths of a millisecond, if it has not answered a request yet.
    pub cold: Option<u64>,
    /// The most memory it used so far, in megabytes.
    pub memory: u64,
}

impl Environment {
    /// An environment that must start first.
    pub fn cold(stream: usize, random: &mut Random) -> Environment {
        let start = Latency { median: 210.0, spread: 0.4, slow: 10_000 }.draw(random);
        Environment { stream, cold: Some((start * 100.0) as u64), memory: 71 + u64::from(random.below(14)) }
    }
}

impl Fleet {
    /// The environment that takes a request which comes at `time`; none if all that there are work.
    pub fn take(&mut self, time: i64) -> Option<Environment> {
        while let Some(&Reverse((until, place))) = self.busy.peek()
            && until <= time
        {
            self.busy.pop();
            self.idle.push(self.working[place]);
            self.vacant.push(place);
        }
        self.idle.pop()
    }

    /// Says until when an environment works; after that it can be taken.
    pub fn works(&mut self, environment: Environment, until: i64) {
        let place = match self.vacant.pop() {
            Some(place) => {
                self.working[place] = environment;
                place
            }
            None => {
                self.working.push(environment);
                self.working.len() - 1
            }
        };
        self.busy.push(Reverse((until, place)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_used_environment_is_taken_first() {
        let environment = |stream| Environment { stream, cold: None, memory: 70 };
        let mut fleet = Fleet::default();
        assert_eq!(fleet.take(0), None);
        fleet.works(environment(1), 10);
        fleet.works(environment(2), 20);
        assert_eq!(fleet.take(9), None);
        assert_eq!(fleet.take(20), Some(environment(2)));
        assert_eq!(fleet.take(20), Some(environment(1)));
        assert_eq!(fleet.take(99), None);
        fleet.works(environment(2), 30);
        assert_eq!(fleet.take(30), Some(environment(2)));
    }
}
