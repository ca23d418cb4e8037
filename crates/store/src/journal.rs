//! The journal of a log stream: a line for each batch that was acknowledged, and one in front that names the stream.
//!
//! A line ends with the checksum of what stands before it, so a torn line is told from a whole one:
//!
//! ```text
//! {"logStreamName":"one","creationTime":1767225600000} 5f3a…
//! {"at":0,"length":84,"crc":3735928559,"events":1,"first":1767225600000,"last":1767225600000,"received":…} 91c0…
//! ```

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Which stream a journal is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Head {
    pub(crate) log_stream_name: String,
    /// In epoch milliseconds.
    pub(crate) creation_time: i64,
}

/// A batch that was acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Where it begins in the file of events.
    pub(crate) at: u64,
    pub(crate) length: u64,
    /// The CRC-32 of its bytes.
    pub(crate) crc: u32,
    pub(crate) events: u64,
    /// The times of its first and last event, and of its receipt.
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) received: i64,
}

/// What stands in a journal, as far as it is whole.
#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) head: Head,
    pub(crate) batches: Vec<Batch>,
    /// How long the journal is behind each of the batches.
    pub(crate) ends: Vec<u64>,
    /// How long it is without any.
    pub(crate) head_end: u64,
}

/// A line of a journal.
pub(crate) fn line(entry: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(entry).unwrap_or_default();
    let crc = crc32fast::hash(&line);
    line.extend_from_slice(format!(" {crc:08x}\n").as_bytes());
    line
}

/// Reads a journal as far as its lines are whole and follow each other; nothing where the first is not.
pub(crate) fn read(bytes: &[u8]) -> Option<Journal> {
    let mut lines = bytes.split_inclusive(|it| *it == b'\n');
    let first = lines.next()?;
    let head_end = first.len() as u64;
    let mut journal = Journal { head: entry(first)?, batches: Vec::new(), ends: Vec::new(), head_end };
    let mut end = head_end;
    for line in lines {
        let Some(batch) = entry::<Batch>(line).filter(|it| it.at == journal.length()) else { break };
        end += line.len() as u64;
        journal.batches.push(batch);
        journal.ends.push(end);
    }
    Some(journal)
}

fn entry<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    let line = line.strip_suffix(b"\n")?;
    let (entry, sum) = line.split_at_checked(line.len().checked_sub(9)?)?;
    let sum = std::str::from_utf8(sum.strip_prefix(b" ")?).ok()?;
    let holds = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(entry);
    holds.then(|| serde_json::from_slice(entry).ok())?
}

impl Journal {
    /// How many bytes of events were acknowledged.
    pub(crate) fn length(&self) -> u64 {
        self.batches.last().map_or(0, |it| it.at + it.length)
    }

    /// How long the journal is.
    pub(crate) fn end(&self) -> u64 {
        self.ends.last().copied().unwrap_or(self.head_end)
    }

    /// Forgets the last batch.
    pub(crate) fn pop(&mut self) -> Option<Batch> {
        self.ends.pop();
        self.batches.pop()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn batch(at: u64) -> Batch {
        Batch { at, length: 10, crc: 7, events: 1, first: -1, last: 2, received: i64::MAX }
    }

    #[test]
    fn a_journal_that_is_cut_anywhere_is_read_up_to_its_last_whole_line() {
        let head = Head { log_stream_name: String::from("a \"b\"\n日本"), creation_time: 5 };
        let lines = [line(&head), line(&batch(0)), line(&batch(10)), line(&batch(20))];
        let whole = lines.concat();
        let ends: Vec<usize> = lines
            .iter()
            .scan(0, |end, it| {
                *end += it.len();
                Some(*end)
            })
            .collect();
        for cut in 0..=whole.len() {
            let found = read(&whole[..cut]);
            let count = ends.iter().filter(|it| **it <= cut).count();
            assert_eq!(found.as_ref().map_or(0, |it| it.batches.len() + 1), count, "cut at {cut}");
            if let Some(it) = found {
                assert_eq!((it.head.clone(), it.end()), (head.clone(), ends[count - 1] as u64));
            }
        }
    }

    #[test]
    fn a_changed_byte_ends_a_journal() {
        let head = Head { log_stream_name: String::from("a"), creation_time: 5 };
        let whole = [line(&head), line(&batch(0)), line(&batch(10))].concat();
        let second = line(&head).len() + line(&batch(0)).len();
        for at in second..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed).unwrap().batches.len(), 1, "byte {at}");
        }
        let gap = [line(&head), line(&batch(0)), line(&batch(11))].concat();
        assert_eq!(read(&gap).unwrap().length(), 10);
    }
}
