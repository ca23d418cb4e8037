//! The templates that log messages are made of, learned from the messages: what `pattern` shows.
//!
//! [`Templates`] takes in messages, is merged with those of other parts in any order, and finishes into [`Learned`].
//!
//! | stage | where | in → out |
//! |---|---|---|
//! | take out | `kind.rs`, `skeleton.rs` | a message → its skeleton: marks in the place of times, ids, addresses and numbers |
//! | gather | `gather.rs`, `tally.rs` | skeletons → how often, when, with which values, a few samples |
//! | bound | `form.rs`, `coarse.rs` | too many words in a place → a mark; too many forms → shorter ones |
//! | cluster | `cluster.rs` | skeletons that are alike → templates (Drain) |
//! | tell | `template.rs`, `anomaly.rs` | templates → texts, expressions, what is unusual |
//!
//! The work is linear in the messages, the room bounded, and the answer the same whatever the order of the parts.
//!
//! ```
//! let mut templates = templates::Templates::default();
//! for id in ["a1b2c3d4", "e5f60718", "192a3b4c"] {
//!     let message = format!("10:20:30 [INFO] Calling DynamoDB to store for resource id {id}");
//!     templates.add(&message, None, templates::Part::Current);
//! }
//! let learned = templates.finish();
//! assert_eq!(learned.templates[0].text, "<Time-1> [INFO] Calling DynamoDB to store for resource id <ID-2>");
//! assert_eq!(learned.templates[0].count, 3);
//! ```

mod anomaly;
mod cluster;
mod coarse;
mod distinct;
mod form;
mod gather;
mod kind;
mod skeleton;
mod tally;
mod template;
mod timeline;
mod token;
mod values;

pub use anomaly::{Anomaly, Unusual, anomalies};
pub use gather::Templates;
pub use kind::Kind;
pub use tally::{MOST_SAMPLES, Part, Sample};
pub use template::{Learned, Place, Severity, Template};
pub use timeline::{MOST_PERIODS, Timeline};
pub use values::{MOST_VALUES, Values};
