//! The work of a scan's threads: a file is opened, cut into blocks, and each block read, pruned and handed over.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use plan::{Scan, Sequence};
use rayon::prelude::*;

use crate::archive::Sizes;
use crate::block::Block;
use crate::catalog::reason;
use crate::content::{Asked, BYTE_ORDER_MARK, Bytes, Format, Unpacked};
use crate::event::Events;
use crate::inflate::trouble_of;
use crate::kept::Inflated;
use crate::members::LARGEST;
use crate::notes::{Found, Notes};
use crate::prune::Needles;
use crate::read::{self, Reader};
use crate::report::Trouble;
use crate::stream::{MOST, Piece, Stream};
use crate::task::Task;
use crate::watch::Watch;
use crate::window::{self, ALL_TIMES};
use crate::zones::Zone;

/// What is done with each block that has events.
pub(crate) type Visit<'v> = &'v (dyn Fn(&Block<'_>) + Sync);

/// What is done with bytes whose events are known not to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// They are passed over.
    PassedOver,
    /// They are read all the same: their events must be counted.
    Read,
}

/// A running scan: what all its threads share.
pub(crate) struct Job<'j> {
    sizes: Sizes,
    needles: Option<Needles>,
    beyond: Beyond,
    watch: &'j Watch,
    visit: Visit<'j>,
    /// How many of an event's fields count.
    most_fields: Option<usize>,
    /// Whether the groups of files are looked for, and no events.
    heads_alone: bool,
    sequence: Sequence,
    /// Whether others like it are to follow.
    walks: bool,
    /// Files nobody has begun yet.
    waiting: AtomicUsize,
    notes: Notes,
}

impl<'j> Job<'j> {
    /// A job that looks for these texts, and hands its blocks to `visit`.
    pub(crate) fn new(
        sizes: Sizes,
        needles: Option<Needles>,
        beyond: Beyond,
        watch: &'j Watch,
        visit: Visit<'j>,
    ) -> Job<'j> {
        let waiting = AtomicUsize::new(0);
        Job {
            sizes,
            needles,
            beyond,
            watch,
            visit,
            most_fields: None,
            heads_alone: false,
            sequence: Sequence::default(),
            walks: false,
            waiting,
            notes: Notes::default(),
        }
    }

    /// The same job, done as a scan asks for.
    pub(crate) fn of(self, scan: &Scan) -> Job<'j> {
        Job { most_fields: scan.most_fields, sequence: scan.sequence, walks: scan.walks, ..self }
    }

    /// The same job, which looks for the groups that files name, and for no event.
    pub(crate) fn for_heads(self) -> Job<'j> {
        Job { heads_alone: true, ..self }
    }

    /// Says how much there is to do.
    pub(crate) fn begin(&self, tasks: &[Task<'_>]) {
        let bytes = tasks.iter().map(|it| it.file.content.size()).sum();
        self.watch.bytes_total.store(bytes, Ordering::Relaxed);
        self.watch.bytes_done.store(0, Ordering::Relaxed);
        self.waiting.store(tasks.len(), Ordering::Relaxed);
    }

    /// Whether the job was told to end early.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.watch.is_cancelled()
    }

    /// What was told, once all threads are done.
    pub(crate) fn end(self) -> Found {
        self.notes.end()
    }

    /// Of the files that nobody has begun the last, or the first.
    pub(crate) fn next<'t>(&self, tasks: &'t [Task<'t>]) -> Option<&'t Task<'t>> {
        let waiting = self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1)).ok()?;
        match self.sequence {
            Sequence::NewestFirst => tasks.get(waiting - 1),
            Sequence::OldestFirst => tasks.get(tasks.len() - waiting),
        }
    }

    /// Reads a file.
    pub(crate) fn file(&self, task: &Task<'_>) {
        if self.is_cancelled() {
            return;
        }
        task.recall_groups();
        if self.passes_over(task, &task.file.bytes_from(0)) {
            self.watch.bytes_done.fetch_add(task.file.content.size(), Ordering::Relaxed);
            return self.notes.add(|it| it.report.files_read += 1);
        }
        if let Some(kept) = task.seen.inflated.find()
            && let Format::Known(reader) = &task.file.kind().format
        {
            self.notes.add(|it| it.report.files_read += 1);
            return self.inflated(task, reader, &kept);
        }
        let mut opened = match task.file.content.open() {
            Ok(it) => it,
            Err(error) => return self.notes.fault(task, None, Trouble::Unreadable(reason(&error))),
        };
        let unpacked = opened.unpacked(Asked::All, &self.watch.bytes_done);
        let kind = task.file.kind.get_or_init(|| unpacked.kind());
        match &kind.format {
            Format::Known(reader) => {
                self.notes.add(|it| it.report.files_read += 1);
                self.known(task, reader, unpacked);
            }
            Format::Empty | Format::Unknown(_) => self.unknown(task, &kind.format, &unpacked),
        }
    }

    /// Tells of a file that has no events, and why.
    fn unknown(&self, task: &Task<'_>, format: &Format, unpacked: &Unpacked<'_>) {
        let read = match &unpacked.bytes {
            Bytes::Whole(bytes) => bytes.len(),
            Bytes::Inflated(_, packed) => *packed,
            Bytes::Stream(..) => 0,
        };
        self.watch.bytes_done.fetch_add(read as u64, Ordering::Relaxed);
        match (&unpacked.failure, format) {
            // A file that breaks off before its first byte is no empty one.
            (Some(error), _) => self.notes.fault(task, Some(0), trouble_of(error)),
            (None, Format::Unknown(trouble)) => self.notes.fault(task, None, trouble.clone()),
            (None, _) => self.notes.add(|it| it.empty += 1),
        }
    }

    fn known(&self, task: &Task<'_>, reader: &'static Reader, unpacked: Unpacked<'_>) {
        // What is inflated again on a walk will be so for the next page, too.
        let keeps = self.walks && task.seen.zones.length().is_some_and(|it| it < LARGEST as u64);
        let mark = mark(unpacked.head()) as u64;
        task.seen.zones.learn(Zone::empty(0..mark));
        let Unpacked { bytes, failure } = if keeps { unpacked.collected() } else { unpacked };
        match bytes {
            Bytes::Whole(bytes) => {
                task.learn_end(bytes.len() as u64);
                self.whole(task, reader, bytes, bytes.len());
            }
            Bytes::Inflated(bytes, packed) => {
                let inflated = Inflated { bytes, packed, failure: failure.as_ref().map(trouble_of) };
                match keeps {
                    true => self.inflated(task, reader, &task.seen.inflated.keep(inflated)),
                    false => self.inflated(task, reader, &inflated),
                }
            }
            Bytes::Stream(head, rest) => {
                let stream = Stream::new(reader, head, rest, failure, self.sizes.stream);
                self.stream(task, reader, stream);
            }
        }
    }

    /// Reads what a file was inflated to.
    fn inflated(&self, task: &Task<'_>, reader: &'static Reader, inflated: &Inflated) {
        let end = inflated.bytes.len() as u64;
        match &inflated.failure {
            Some(trouble) => self.notes.broken_off(task, end, trouble.clone()),
            None => task.learn_end(end),
        }
        self.whole(task, reader, &inflated.bytes, inflated.packed);
    }

    /// Reads bytes that are all at hand, and so many in the file: each thread takes the next stretch nobody has begun, and
    /// of that the events that begin in it.
    fn whole(&self, task: &Task<'_>, reader: &'static Reader, bytes: &[u8], packed: usize) {
        let size = self.sizes.whole.max(1);
        let stretches = bytes.len().div_ceil(size).max(1);
        let in_sequence = (0..stretches).map(|number| match self.sequence {
            Sequence::NewestFirst => stretches - 1 - number,
            Sequence::OldestFirst => number,
        });
        in_sequence.par_bridge().for_each(|stretch| {
            let (from, to) = (stretch * size, bytes.len().min((stretch + 1) * size));
            let before = |at: usize| at as u64 * packed as u64 / bytes.len().max(1) as u64;
            self.watch.bytes_done.fetch_add(before(to) - before(from), Ordering::Relaxed);
            let start = if stretch == 0 { Some(mark(bytes)) } else { (reader.after)(bytes, from..to) };
            let Some(start) = start else { return };
            let mut start = start.min(bytes.len());
            let end = (reader.after)(bytes, to.max(start)..bytes.len()).unwrap_or(bytes.len());
            while end - start > MOST {
                self.piece(task, reader, &bytes[start..start + MOST], start as u64, Some(Trouble::TooLong));
                start += MOST;
            }
            self.piece(task, reader, &bytes[start..end], start as u64, None);
        });
    }

    /// Reads a stream: while its next block is on the way, other threads may work on the last ones.
    fn stream(&self, task: &Task<'_>, reader: &'static Reader, mut stream: Stream<'_>) {
        let most = rayon::current_num_threads() * 2;
        let in_flight = AtomicUsize::new(0);
        let spares: Mutex<Vec<Vec<u8>>> = Mutex::default();
        let spare = || spares.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let work = |piece: Piece| {
            let trouble = piece.cut_short.then_some(Trouble::TooLong);
            self.piece(task, reader, &piece.bytes, piece.base, trouble);
            spares.lock().unwrap_or_else(PoisonError::into_inner).push(piece.bytes);
        };
        let (work, in_flight) = (&work, &in_flight);
        rayon::scope(|scope| {
            while let Some(piece) = stream.next(spare()) {
                if self.is_cancelled() || self.passes_over(task, &task.file.bytes_from(piece.base)) {
                    return;
                }
                // Where other files wait, every thread has enough to do, and a block is best worked on while it is
                // still in the cache.
                let busy = self.waiting.load(Ordering::Relaxed) > 0 || in_flight.load(Ordering::Relaxed) >= most;
                if busy {
                    work(piece);
                } else {
                    in_flight.fetch_add(1, Ordering::Relaxed);
                    scope.spawn(move |_| {
                        work(piece);
                        in_flight.fetch_sub(1, Ordering::Relaxed);
                    });
                }
            }
        });
        match &stream.failure {
            Some(error) => self.notes.broken_off(task, stream.position(), trouble_of(error)),
            None if stream.has_ended() => task.learn_end(stream.position()),
            None => {}
        }
    }

    /// Reads a piece of whole events, unless none of them counts, and hands them over. It may be known already that
    /// something is wrong with it.
    fn piece(&self, task: &Task<'_>, reader: &'static Reader, bytes: &[u8], base: u64, trouble: Option<Trouble>) {
        let place = base..base + bytes.len() as u64;
        if self.is_cancelled() || self.passes_over(task, &place) {
            return;
        }
        let mut events = self.events(task, reader, bytes, &place);
        trouble.into_iter().for_each(|it| events.trouble(0, it));
        let stream = task.file.origin.stream(reader);
        let block = Block::new(&task.file.origin, stream, bytes, base, events).with_most_fields(self.most_fields);
        if !block.is_empty() {
            (self.visit)(&block);
            self.watch.rows.fetch_add(block.len() as u64, Ordering::Relaxed);
        }
        self.notes.block(task, &block, base);
    }

    /// Whether bytes of a file are passed over, since none of their events counts; what is told of them is.
    fn passes_over(&self, task: &Task<'_>, bytes: &Range<u64>) -> bool {
        let remarks = task.outside(bytes, self.horizon(task)).filter(|_| self.beyond == Beyond::PassedOver);
        remarks.iter().for_each(|it| self.notes.remark(task, it));
        remarks.is_some()
    }

    /// The events of a piece that are kept.
    fn events(&self, task: &Task<'_>, reader: &'static Reader, bytes: &[u8], place: &Range<u64>) -> Events {
        let mut events = task.events(reader, self.horizon(task));
        match (reader.stream, self.needles_of(task, place)) {
            (read::Stream::Group(heads), _) if self.heads_alone => {
                events.tally.unseen = true;
                (heads.0)(bytes, 0..bytes.len(), &mut events);
            }
            (read::Stream::Packed | read::Stream::Made, _) | (_, None) => {
                (reader.read)(bytes, 0..bytes.len(), &mut events)
            }
            (_, Some(needles)) => {
                events.tally.unseen = true;
                needles.read(reader, bytes, &mut events);
            }
        }
        events
    }

    /// What is looked for in the events of a piece before anything else of them is.
    fn needles_of(&self, task: &Task<'_>, place: &Range<u64>) -> Option<&Needles> {
        let learns = self.walks && !task.seen.zones.covers(place);
        // The names of a severity or a facility do not stand in the message, so no text of the query need.
        self.needles.as_ref().filter(|_| !learns && !task.file.origin.is_syslog())
    }

    /// The times of the events of a file that count still, as the file says them.
    fn horizon(&self, task: &Task<'_>) -> plan::Range {
        match self.beyond {
            Beyond::Read => ALL_TIMES,
            Beyond::PassedOver => {
                let start = self.watch.floor.load(Ordering::Relaxed);
                let end = self.watch.ceiling.load(Ordering::Relaxed);
                window::earlier(plan::Range { start, end }, task.file.origin.shift)
            }
        }
    }
}

/// How many bytes at the head stand before the first event.
fn mark(head: &[u8]) -> usize {
    if head.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
}
