//! When requests come: quarters of an hour, some busier than others, one of them bad.

use crate::options::Options;
use crate::random::Random;

/// A quarter of an hour.
///
/// It is the part of an archive that is made on its own: it has its own random numbers, and no environment of the
/// function outlives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quarter {
    /// Its place in the archive, from 0.
    pub number: u64,
    /// Its first instant, in epoch milliseconds.
    pub start: i64,
    /// How many requests come in it.
    pub requests: u64,
    /// How things go.
    pub mood: Mood,
    /// The place, among its requests, of the traced one.
    pub traced: Option<u64>,
}

/// How things go in a quarter of an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// A failure here and there.
    Calm,
    /// The table is slow and throttles; much fails.
    Bad,
}

/// The quarters of an archive, in the order of time.
///
/// The last but one is the bad one, and the traced request comes in the last, which is never empty.
pub fn quarters(options: &Options) -> Vec<Quarter> {
    let count = u64::from(options.hours) * 4;
    let mood = |number| if number + 2 == count { Mood::Bad } else { Mood::Calm };
    let start = |number: u64| options.start() + number as i64 * QUARTER;
    let weight = |number| weight(start(number), mood(number));
    let whole: u64 = (0..count).map(weight).sum();
    let before = |weight: u64| (u128::from(options.requests) * u128::from(weight) / u128::from(whole)) as u64;

    let mut weights = 0;
    (0..count)
        .map(|number| {
            let first = before(weights);
            weights += weight(number);
            let requests = before(weights) - first;
            let traced = (number + 1 == count && requests > 0).then(|| place_of(TRACED_ARRIVAL, requests));
            Quarter { number, start: start(number), requests, mood: mood(number), traced }
        })
        .collect()
}

impl Quarter {
    /// When the request at a place comes, in epoch milliseconds; the next one never comes earlier.
    pub fn arrival(&self, place: u64, random: &mut Random) -> i64 {
        let drawn = (place as f64 + random.fraction()) * (QUARTER as f64 / self.requests as f64);
        let within = if self.traced == Some(place) { TRACED_ARRIVAL } else { drawn as i64 };
        self.start + within.min(QUARTER - 1)
    }
}

const QUARTER: i64 = 900_000;

/// When the traced request comes, in milliseconds after the start of its quarter.
/// Its handler starts 11 milliseconds later: ten minutes and a tenth of a second from the end of the archive.
const TRACED_ARRIVAL: i64 = 300_089;

/// Requests in each hour of the day (UTC), in proportion: a quiet night, a busy noon, a busier evening.
const HOURS: [u64; 24] =
    [40, 28, 20, 17, 16, 21, 38, 66, 95, 118, 131, 142, 160, 155, 146, 139, 133, 140, 164, 196, 210, 178, 120, 71];

fn weight(start: i64, mood: Mood) -> u64 {
    let hour = HOURS[(start.rem_euclid(86_400_000) / 3_600_000) as usize % HOURS.len()];
    match mood {
        Mood::Calm => hour,
        // Who gets an error tries again.
        Mood::Bad => hour + hour / 3,
    }
}

/// The place of the request whose share of the quarter holds an instant.
fn place_of(within: i64, requests: u64) -> u64 {
    (u128::from(requests) * within as u128 / QUARTER as u128) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_request_has_its_quarter() {
        for requests in [0, 1, 2, 95, 96, 97, 10_000, u64::MAX] {
            let quarters = quarters(&Options { requests, ..Options::default() });
            assert_eq!(quarters.len(), 96);
            assert_eq!(quarters.iter().map(|it| it.requests).sum::<u64>(), requests);
            let traced: Vec<u64> = quarters.iter().filter_map(|it| it.traced).collect();
            assert_eq!(traced.len(), usize::from(requests > 0));
            assert_eq!(quarters[95].traced.is_some(), requests > 0);
        }
    }

    #[test]
    fn evenings_are_busier_than_nights() {
        let quarters = quarters(&Options { requests: 100_000, ..Options::default() });
        let of_hour = |hour| quarters.iter().find(|it| it.start / 3_600_000 % 24 == hour).map_or(0, |it| it.requests);
        assert!(of_hour(20) > 10 * of_hour(4));
    }

    #[test]
    fn requests_come_in_order_and_the_traced_one_at_its_time() {
        for requests in [1, 2, 3, 100, 5_000] {
            let quarter = Quarter { number: 0, start: 0, requests, mood: Mood::Calm, traced: None };
            let quarter = Quarter { traced: Some(place_of(TRACED_ARRIVAL, requests)), ..quarter };
            let mut random = Random::new(1, requests);
            let arrivals: Vec<i64> = (0..requests).map(|place| quarter.arrival(place, &mut random)).collect();
            assert!(arrivals.is_sorted());
            assert!(arrivals.contains(&TRACED_ARRIVAL));
            assert!(arrivals.iter().all(|arrival| (0..QUARTER).contains(arrival)));
        }
    }
}
