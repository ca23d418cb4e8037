//! Cases, the grammar reader, seeded random queries and logs.
//!
//! What the tests of all other crates share, and nothing that they test: [`Case`](case::Case) is an expectation
//! somebody wrote down, [`Grammar`](grammar::Grammar) the language on one page, [`Random`](random::Random) the seed
//! that logs and queries are made from.
//!
//! ```
//! use testkit::{events, logs, query, random::Random, render};
//!
//! let mut random = Random::new(7);
//! let log = logs::log(&mut random, &logs::LogSizes::default());
//! let archive = render::render(render::Shape::Export, &log, &mut random);
//! assert_eq!(events::read("export", &archive.files)?, archive.events);
//! let text = query::query(&mut random, &query::QuerySizes::default());
//! assert!(!text.is_empty());
//! # Ok::<(), String>(())
//! ```

pub mod case;
pub mod containers;
pub mod corpus;
pub mod events;
pub mod grammar;
pub mod logs;
pub mod query;
pub mod random;
pub mod render;
pub mod time;
pub mod vocabulary;
