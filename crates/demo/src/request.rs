//! One request: what a browser asks, how long each part of the answer takes, and how it ends.

use crate::latency::Latency;
use crate::outcome::{self, Outcome};
use crate::random::Random;
use crate::route::{self, Asks, Operation, Route};
use crate::traffic::{Mood, Quarter};

/// The id of the request that every archive holds: a read of 42 milliseconds, answered 50 after the handler's start.
pub const TRACED: &str = "abc-123-def-456";

/// A request, from the browser to the table and back.
pub struct Request {
    /// The gateway's id, which every line about the request carries.
    pub id: RequestId,
    /// The function's own id of the invocation.
    pub invocation: u128,
    /// When it comes to the gateway, in epoch milliseconds.
    pub arrived: i64,
    /// The number of the browser.
    pub client: u32,
    /// What is asked.
    pub route: &'static Route,
    /// The query string's only parameter.
    pub parameter: Parameter,
    /// The id of the item that a write makes.
    pub made: u128,
    /// Who answers, and what.
    pub outcome: Outcome,
    /// How often the table throttled before it answered.
    pub throttled: u32,
    /// How long each part takes.
    pub pace: Pace,
    /// The bytes of an answer that holds an item.
    pub item_bytes: u64,
}

/// The gateway's id of a request.
pub enum RequestId {
    /// [`TRACED`].
    Traced,
    /// `dQzSYgTBIAMEMmg=`, in ASCII.
    Drawn([u8; 16]),
}

/// A parameter of the query string.
#[derive(Clone, Copy)]
pub enum Parameter {
    /// No query string.
    None,
    /// `id=1017`
    Item(u32),
    /// `q=kettle`
    Search(&'static str),
}

/// How long the parts of a request take, in milliseconds.
pub struct Pace {
    /// From the gateway to the function.
    pub way: i64,
    /// From the function's start to the handler's.
    pub begin: i64,
    /// From there to the call of the table.
    pub prepare: i64,
    /// The table's answer, or each attempt that it throttles.
    pub table: i64,
    /// From there to the handler's answer.
    pub answer: i64,
    /// From there to the function's end.
    pub end: i64,
    /// From there to the gateway's answer.
    pub back: i64,
}

/// Draws the request at a place of its quarter.
pub fn draw(quarter: &Quarter, place: u64, random: &mut Random) -> Request {
    let arrived = quarter.arrival(place, random);
    let route = route::draw(random);
    let outcome = outcome::draw(route.operation, quarter.mood, random);
    let throttled = outcome::throttled(outcome, quarter.mood, random);
    let drawn = Request {
        id: RequestId::Drawn(request_id(random)),
        invocation: random.identifier(),
        arrived,
        client: skewed(BROWSERS, random),
        route,
        parameter: parameter(route, random),
        made: random.identifier(),
        outcome,
        throttled,
        pace: pace(route, quarter.mood, random),
        item_bytes: 90 + Latency { median: 240.0, spread: 1.2, slow: 2_000 }.draw(random) as u64,
    };
    if quarter.traced == Some(place) { traced(drawn) } else { drawn }
}

impl RequestId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        match self {
            RequestId::Traced => TRACED,
            RequestId::Drawn(ascii) => str::from_utf8(ascii).unwrap_or_default(),
        }
    }
}

const BROWSERS: u32 = 4_000;
const ITEMS: u32 = 10_000;

static SEARCHES: [&str; 8] =
    ["kettle", "red \"deluxe\" kettle", "crème brûlée", "tea", "100% cotton", "茶碗", "kettle 🫖", "a\\b"];

fn parameter(route: &Route, random: &mut Random) -> Parameter {
    match route.asks {
        Asks::Nothing => Parameter::None,
        Asks::Item => Parameter::Item(1 + skewed(ITEMS, random)),
        Asks::Words => Parameter::Search(SEARCHES[random.below(SEARCHES.len() as u32) as usize]),
    }
}

fn pace(route: &Route, mood: Mood, random: &mut Random) -> Pace {
    let mut up_to = |bound| i64::from(random.below(bound));
    Pace {
        way: 6 + up_to(9),
        begin: up_to(3),
        prepare: 1 + up_to(3),
        answer: 1 + up_to(6),
        end: up_to(2),
        back: 2 + up_to(6),
        table: outcome::table(route.operation.unwrap_or(Operation::GetItem), mood, random),
    }
}

/// A number below `bound`, small ones more often: one in twenty is 0 if the bound is ten thousand.
fn skewed(bound: u32, random: &mut Random) -> u32 {
    let drawn = random.bits() >> 32;
    let cube = (((drawn * drawn) >> 32) * drawn) >> 32;
    ((cube * u64::from(bound)) >> 32) as u32
}

fn request_id(random: &mut Random) -> [u8; 16] {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = random.identifier();
    let mut id: [u8; 16] = std::array::from_fn(|place| ALPHABET[(bits >> (6 * place)) as usize % 64]);
    id[15] = b'=';
    id
}

fn traced(drawn: Request) -> Request {
    Request {
        id: RequestId::Traced,
        client: 14,
        route: &route::ITEMS,
        parameter: Parameter::Item(1_017),
        outcome: Outcome::Answered(200),
        throttled: 0,
        pace: Pace { way: 10, begin: 1, prepare: 3, table: 42, answer: 5, end: 1, back: 4 },
        ..drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_items_are_asked_for_far_more_often() {
        let mut random = Random::new(5, 0);
        let items: Vec<u32> = (0..10_000).map(|_| skewed(ITEMS, &mut random)).collect();
        let first = items.iter().filter(|&&item| item == 0).count();
        assert!((350..600).contains(&first), "{first}");
        assert!(items.iter().any(|&item| item > 9_000));
    }
}
