//! The CloudWatch Logs API, answered from log files.
//!
//! A [`Service`] is an archive and the queries asked of it; [`router`] makes it answer HTTP, in whichever protocol a
//! client speaks; [`action::ALL`] lists the operations, one file each. [`listen()`] serves a router on an address, and
//! bears with clients that are slow or broken. Queries run on threads of their own ([`jobs`]), never on the server's.
//!
//! ```
//! use std::sync::Arc;
//!
//! use server::action::{Call, Caller, find};
//! use server::{Options, Service};
//!
//! let log = "2026-01-01T00:00:00.000Z {\"level\":\"INFO\"}\n";
//! let archive = source::Memory::new().file("exports/api/000000", Some("/api"), log.as_bytes());
//! let service = Service::new(Arc::new(archive), Options::default()).unwrap();
//! let caller = Caller { access_key: None, region: String::from("us-east-1") };
//! let input = serde_json::json!({ "logGroupNamePrefix": "/" });
//! let describe = find("DescribeLogGroups").unwrap();
//! let call = Call { service: &service, operation: describe.name, caller, input };
//! let answer = (describe.run)(&call).unwrap();
//! assert_eq!(answer["logGroups"][0]["logGroupName"], "/api");
//! ```

pub mod action;
mod check;
mod clock;
mod definition;
mod error;
pub mod events;
pub mod exports;
mod frame;
mod identifier;
pub mod jobs;
mod kept;
mod listen;
pub mod live;
mod logs;
mod lookup;
mod page;
mod protocol;
mod service;
mod signature;
pub mod streams;
mod tags;
mod telling;
mod writing;

pub use clock::Clock;
pub use error::{Error, Kind};
pub use listen::{End, listen};
pub use protocol::router;
pub use service::{Archive, Options, Patience, Service, UNKNOWN_ACCOUNT};
pub use signature::AccessKey;
