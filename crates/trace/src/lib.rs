//! One request across all log groups: its entries are searched, the links they reveal followed, and its story told.
//!
//! [`search`] goes over the archive in rounds: each looks for the ids that are known by now, and what is found may reveal
//! more of them, as the line of a gateway names the invocation it made. A [`Story`] is all of it in the order of time,
//! with what each [`Entry`] tells; a [`Format`] writes it.
//!
//! ```
//! use source::{Memory, Watch};
//! use trace::{Question, search};
//!
//! let gateway = br#"{"requestId":"gateway-0001","integrationRequestId":"lambda-0002","status":"200"}"#;
//! let lambda = br#"{"requestId":"lambda-0002","level":"INFO","message":"it works"}"#;
//! let archive = Memory::new().file("gateway/a.jsonl", None, *gateway).file("lambda/a.jsonl", None, *lambda);
//! let story = search(&archive, &Question::of("gateway-0001"), &Watch::default())?;
//! assert_eq!(story.entries.len(), 2);
//! assert_eq!(story.ids[1].id, "lambda-0002");
//! # Ok::<(), source::Error>(())
//! ```

mod entry;
mod identifier;
mod invocation;
mod names;
mod search;
mod span;
mod story;
mod telling;
mod timeline;
mod write;

use std::io;

use output::Zone;

pub use entry::{Entry, Failure, Level};
pub use identifier::{Identifier, Link};
pub use invocation::Invocation;
pub use search::{MOST_ENTRIES, MOST_LINKS, Question, search};
pub use span::Span;
pub use story::Story;
pub use write::{ALL, find};

/// A form that a story is told in.
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Writes a story; fails only where writing fails.
    pub write: fn(&Story, &Look, &mut dyn io::Write) -> io::Result<()>,
}

/// How a story is to look; only `text` heeds the width and colours.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// How many columns of characters a line may take; without, nothing is cut.
    pub width: Option<usize>,
    /// Whether there are colours.
    pub colours: Colours,
    /// The zone that its times are told in.
    pub zone: Zone,
}

/// Whether there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None.
    #[default]
    Plain,
    /// Those of a terminal.
    Terminal,
}
