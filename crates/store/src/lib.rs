//! The durable store of written events: an archive that grows.
//!
//! A [`Store`] is a folder. Each log group is a folder in it, and each log stream a file of JSON Lines in that, in the
//! shape of `filter-log-events`: the folder is an archive like any other, which queries read at full speed. Beside each
//! file stands a journal, with a line for every batch that was acknowledged: where it lies, how long it is, and its
//! checksum. A batch is acknowledged once both are on the disk, so that what was acknowledged survives the end of the
//! process, and of the machine. What was torn by such an end is found and cut off when the store is opened again.
//!
//! ```
//! use store::{Event, LogGroup, Store};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let (store, repairs) = Store::open(folder.path()).unwrap();
//! assert!(repairs.is_empty());
//! let now = 1_767_225_600_000;
//! store.create_group(LogGroup::new("/my/api", now)).unwrap();
//! store.create_stream("/my/api", "one", now).unwrap();
//! let events = [Event { timestamp: now, message: String::from("Hello") }];
//! store.append("/my/api", "one", &events, now).unwrap();
//! assert_eq!(store.streams("/my/api").unwrap()[0].events, 1);
//! assert_eq!(store.files(now)[0].group, "/my/api");
//! ```

mod batch;
mod error;
mod folder;
mod group;
mod journal;
mod store;
mod stream;

pub use batch::{Accepted, Event, MOST_BYTES, MOST_EVENTS, OVERHEAD};
pub use error::{Error, Kind, Repair};
pub use group::LogGroup;
pub use store::{Store, StoredFile};
pub use stream::LogStream;
