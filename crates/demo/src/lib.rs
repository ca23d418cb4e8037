//! A log archive out of a seed.
//!
//! Browsers send requests through an API gateway to a function that reads and writes a table.
//! The gateway's access log and the function's structured log tell each of them, under one id.
//! [`Options`] say how much, when and in which [`Shape`]; [`write()`] writes, as fast as the disk takes it, and returns
//! a [`Summary`].
//! Equal options give equal bytes, so an archive need not be kept: its seed is enough.
//!
//! ```
//! # fn main() -> std::io::Result<()> {
//! let folder = std::env::temp_dir().join(format!("groundwatch-demo-{}", std::process::id()));
//! let options = demo::Options { requests: 100, ..demo::Options::default() };
//! let summary = demo::write(&folder, &options, &|so_far| eprintln!("{} requests", so_far.requests))?;
//! assert_eq!(summary.requests, 100);
//! # std::fs::remove_dir_all(&folder)
//! # }
//! ```
//!
//! What is in such an archive:
//! * quiet nights, a busy noon, a busier evening; latencies with a long tail; a few items that everyone wants;
//! * cold starts, throttled attempts, failures, timeouts, requests that the gateway turns away;
//! * a bad quarter of an hour, the last but one, in which the table is slow and much of that happens;
//! * and one request, [`TRACED`], that is the same in all of them.

mod access;
mod digits;
mod events;
mod export;
mod failure;
mod files;
mod fleet;
mod group;
mod handler;
mod invocation;
mod json;
mod latency;
mod lines;
mod options;
mod outcome;
mod quarter;
mod queue;
mod random;
mod request;
mod route;
mod summary;
mod traffic;
mod write;

pub use options::{Options, Runtime, Shape};
pub use request::TRACED;
pub use summary::Summary;
pub use write::write;
