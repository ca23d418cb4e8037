//! Why the store does not do what it is asked, and what it had to repair.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of fault it is.
    pub kind: Kind,
    /// What is wrong, in the words of the service where it has some.
    pub message: String,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What is asked for breaks a rule.
    Invalid,
    /// What is named is not there.
    NotFound,
    /// What is to be created is there already.
    AlreadyExists,
    /// The log group is protected from being deleted.
    Protected,
    /// Another process has the store open.
    Locked,
    /// The disk did not do what it should: it is full, or there is no permission. Nothing was acknowledged.
    Disk,
}

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    pub(crate) fn no_group() -> Error {
        Error::new(Kind::NotFound, "The specified log group does not exist.")
    }

    pub(crate) fn no_stream() -> Error {
        Error::new(Kind::NotFound, "The specified log stream does not exist.")
    }

    pub(crate) fn disk(path: &Path, error: &io::Error) -> Error {
        let reason = match error.kind() {
            io::ErrorKind::StorageFull => String::from("the disk is full"),
            io::ErrorKind::PermissionDenied => String::from("permission denied"),
            _ => error.to_string(),
        };
        Error::new(Kind::Disk, format!("{}: {reason}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// What was not in order when the store was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Bytes that nobody had acknowledged were cut off a file.
    Cut {
        /// Which file.
        path: PathBuf,
        /// How many bytes.
        bytes: u64,
    },
    /// The last batches of a file were acknowledged, and are not on the disk as they were written: the disk itself lost
    /// them. They were cut off.
    Lost {
        /// Which file.
        path: PathBuf,
        /// How many events.
        events: u64,
    },
    /// A batch that was acknowledged is damaged, which a crash alone does not do. It is left as it is.
    Damaged {
        /// Which file.
        path: PathBuf,
        /// Where the batch begins.
        at: u64,
    },
    /// What was being created or deleted when the process ended was removed.
    Removed {
        /// Which file or folder.
        path: PathBuf,
    },
    /// The file that names a log group was lost or torn, and was written again from what is set of it.
    Named {
        /// Which file.
        path: PathBuf,
        /// The name of the log group.
        group: String,
    },
    /// What is set of a log group is lost or torn. Its events are all there; they are kept for ever, its tags are gone, and
    /// nothing protects it from being deleted. It counts as created when the earliest of what is left of it was.
    Forgotten {
        /// Which file.
        path: PathBuf,
        /// The name of the log group.
        group: String,
    },
    /// A file or folder that the store does not know, or cannot read. It is left as it is.
    Unknown {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repair::Cut { path, bytes } => {
                write!(f, "{}: {bytes} bytes that were never acknowledged were cut off", path.display())
            }
            Repair::Lost { path, events } => {
                write!(f, "{}: the disk lost the last {events} events; they were cut off", path.display())
            }
            Repair::Damaged { path, at } => {
                write!(f, "{}: the batch at byte {at} is not what was written", path.display())
            }
            Repair::Removed { path } => write!(f, "{}: was being created or deleted; removed", path.display()),
            Repair::Named { path, group } => {
                write!(f, "{}: was lost or torn; names the log group `{group}` again", path.display())
            }
            Repair::Forgotten { path, group } => write!(
                f,
                "{}: is lost or torn: the log group `{group}` has its events, but its retention, class, tags and deletion \
                 protection must be set again",
                path.display()
            ),
            Repair::Unknown { path, reason } => write!(f, "{}: {reason}; left as it is", path.display()),
        }
    }
}
