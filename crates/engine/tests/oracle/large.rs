//! Queries on logs of more events than the engine keeps at once.

use plan::{Context, Counted};
use testkit::logs::{self, LogSizes, MessageKind};
use testkit::random::Random;
use testkit::render::Shape;

use crate::answer::{Archive, Log, Manner};
use crate::random::{ask, setting};

/// Orders of many rows; in most of them many rows are equal.
const ORDERS: &[&str] = &[
    "",
    "sort @timestamp",
    "sort status desc",
    "sort status, absent",
    "sort found, latency desc",
    "sort latency desc, level",
    "filter ispresent(latency) or status = 404 | sort latency",
    "fields latency / 7 as part | sort part desc",
    "sort level desc",
    "stats count(*) as n, pct(latency, 90) by requestId, status | sort n desc",
];

/// Queries within a query, of many rows or with many pairs.
const WITHIN: &[&str] = &[
    "filter level in (source logGroups() | sort @timestamp desc | limit 50 | fields level) | stats count(*) by level",
    "stats count(*) as n by requestId, level | join left=a right=b where a.level = b.level (source logGroups() \
     | limit 900 | display level, latency) | stats count(*) as pairs, sum(b.latency) as total by a.n, b.level",
    "stats count(*) as n by requestId, level | join left=a right=b where a.level = b.level (source logGroups() \
     | limit 900 | display level, latency) | sort b.latency desc | limit 70",
    "filter status = 404 | join type=left left=a right=b where b.user = a.requestId (source logGroups() \
     | sort latency | limit 9000 | display requestId as user, latency) | fields a.requestId, b.latency",
];

/// Many events are alike, and the engine must tell on the way which of them count.
#[test]
fn large_logs_have_the_same_answer() {
    let seed = setting("SEED", 1);
    let mut random = Random::new(seed);
    for moment in [1000, 1] {
        let logs = vec![large_log(&mut random, moment)];
        let archive = Archive::of(&logs);
        let mut queries: Vec<String> = ORDERS.iter().flat_map(|order| best(&mut random, order)).collect();
        queries.extend(WITHIN.iter().map(|it| it.to_string()));
        for query in queries {
            // What is too old to count is passed over only where it need not be counted.
            let context = Context { counted: Counted::Handed, ..Context::default() };
            let block = 1 << random.between(11, 15);
            // The archive is read from behind, so that what comes late may stand before what is there.
            let manners = [(1, 5), (3, 2)].map(|(threads, parts)| Manner { block, threads, parts });
            ask(&archive, &logs, &query, context, &manners, &format!("SEED={seed}"));
        }
    }
}

/// Queries for the best rows in an order; most rows of the archive count, or else none are passed over.
fn best(random: &mut Random, order: &str) -> Vec<String> {
    let look = random.word(&["", "filter latency > 100", "filter level = 'ERROR'"]);
    let rest = random.word(&["limit 1", "limit 50", "limit 30000", "dedup status | limit 3"]);
    let queries = [["", order, "limit 100"], ["", order, "limit 4000"], [look, order, rest], ["", order, "tail 4000"]];
    queries.map(|it| it.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" | ")).to_vec()
}

/// A log whose times are multiples of so many milliseconds.
fn large_log(random: &mut Random, moment: i64) -> Log {
    let sizes = LogSizes { events: 10_000, streams: 5, span: 500, kinds: MessageKind::OBJECTS.to_vec() };
    let mut events = Vec::new();
    while events.len() < 30_000 {
        events.extend(logs::log(random, &sizes));
    }
    events.iter_mut().for_each(|it| it.time = it.time.map(|time| time - time.rem_euclid(moment)));
    Log { group: "/large", events, shape: Shape::Export, seed: random.bits() }
}
