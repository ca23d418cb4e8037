//! What a scan tells when it is done: how much it read, and what it could not.

use std::collections::HashMap;
use std::fmt;
use std::path::PathBuf;

/// What a scan read, and what it could not read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What could not be read: by file, then by place.
    pub faults: Vec<Fault>,
    /// Events handed over; with [`Counted::All`](plan::Counted::All) all events of the groups, those outside
    /// the range included.
    pub records_scanned: u64,
    /// Bytes of the messages of those events.
    pub bytes_scanned: u64,
    /// Events dropped because a range was asked for and they have no time.
    pub records_untimed: u64,
    /// Events seen whose time lacks the year, as the older syslog has it; it was taken for one of 1972.
    pub records_yearless: u64,
    /// The most fields that an event was seen to have, of those large enough to be counted.
    pub widest: usize,
    /// Log groups that the scan looked at.
    pub groups_scanned: usize,
    /// Files of which at least the beginning could be read.
    pub files_read: usize,
    /// Blocks that were read, whether they had events that count or not. One of which it is known that no event of it can
    /// count is not.
    pub blocks_read: usize,
}

impl Report {
    /// Takes in the report of another scan of the same files: what neither could read is told once.
    pub fn add(&mut self, other: Report) {
        let new: Vec<Fault> = other.faults.into_iter().filter(|it| !self.faults.contains(it)).collect();
        self.faults.extend(new);
        self.records_scanned += other.records_scanned;
        self.bytes_scanned += other.bytes_scanned;
        self.records_untimed = self.records_untimed.max(other.records_untimed);
        self.records_yearless = self.records_yearless.max(other.records_yearless);
        self.widest = self.widest.max(other.widest);
        self.blocks_read += other.blocks_read;
    }
}

/// Something in a file that could not be read; the rest of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as it was named or found; `-` is standard input.
    pub path: PathBuf,
    /// Where, in bytes from the start of the file (inflated, where it is packed); nothing where it is the whole.
    pub at: Option<u64>,
    /// What it is.
    pub trouble: Trouble,
    /// How often: the same trouble is told once for a file, with the first place.
    pub count: u64,
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trouble {
    /// It cannot be opened or read; the reason is the system's.
    Unreadable(String),
    /// No reader knows it: bytes that are no text in UTF-8.
    Binary,
    /// A format that is known, and read by no reader yet.
    Later(&'static str),
    /// A packed stream or an archive that ends early or is damaged, and what it is; the rest of the file behind it is
    /// lost.
    Torn(&'static str),
    /// JSON that ends early or is out of order.
    TornJson,
    /// A table whose rows differ in length, or that ends early.
    TornCsv,
    /// Bytes that are no UTF-8; each stretch became U+FFFD.
    NotUtf8,
    /// An event larger than any the scan holds in memory; it was handed over in pieces.
    TooLong,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Unreadable(reason) => write!(f, "cannot be read: {reason}"),
            Trouble::Binary => write!(f, "no log format known: bytes that are no text in UTF-8"),
            Trouble::Later(what) => write!(f, "{what}: not read yet"),
            Trouble::Torn(what) => write!(f, "{what} that ends early or is damaged"),
            Trouble::TornJson => write!(f, "JSON that ends early or is out of order"),
            Trouble::TornCsv => write!(f, "CSV that ends early or is out of order"),
            Trouble::NotUtf8 => write!(f, "bytes that are no UTF-8"),
            Trouble::TooLong => write!(f, "an event too long to be held whole"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.trouble)?;
        match (self.at, self.count) {
            (Some(at), 1) => write!(f, ", at byte {at}"),
            (Some(at), count) => write!(f, ", {count} times, first at byte {at}"),
            (None, _) => Ok(()),
        }
    }
}

/// Faults while they are found: by file and by what it is.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    known: HashMap<(PathBuf, Trouble), (Option<u64>, u64)>,
}

impl Faults {
    /// Adds a fault to those of its file, or counts it there.
    pub(crate) fn add(&mut self, fault: Fault) {
        let (at, count) = self.known.entry((fault.path, fault.trouble)).or_insert((fault.at, 0));
        *at = (*at).min(fault.at);
        *count += fault.count;
    }

    /// All of them, by file, then by place.
    pub(crate) fn sorted(self) -> Vec<Fault> {
        let each = self.known.into_iter();
        let mut faults: Vec<Fault> =
            each.map(|((path, trouble), (at, count))| Fault { path, at, trouble, count }).collect();
        faults.sort_by(|a, b| a.path.cmp(&b.path).then(a.at.cmp(&b.at)).then(a.trouble.cmp(&b.trouble)));
        faults
    }
}
