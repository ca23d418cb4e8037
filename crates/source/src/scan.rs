//! The scan: files in parallel, and large ones in blocks; each block is read, pruned and handed over.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use plan::{Counted, Scan};
use rayon::prelude::*;

use crate::archive::{Archive, File, Sizes, Times};
use crate::block::Block;
use crate::catalog::reason;
use crate::content::{BYTE_ORDER_MARK, Bytes, Format, Unpacked};
use crate::error::Error;
use crate::event::Events;
use crate::prune::Needles;
use crate::read::Reader;
use crate::report::{Fault, Report, Trouble};
use crate::stream::{MOST, Piece, Stream};
use crate::watch::Watch;
use crate::window::Window;

/// What is done with each block that has events.
pub(crate) type Visit<'v> = &'v (dyn Fn(&Block<'_>) + Sync);

/// A running scan: what all its threads share.
struct Job<'j> {
    sizes: Sizes,
    needles: Option<Needles>,
    /// Whether what is older than the watch's floor is passed over.
    heeds_floor: bool,
    watch: &'j Watch,
    visit: Visit<'j>,
    /// Files nobody has begun yet.
    waiting: AtomicUsize,
    found: Mutex<Found>,
}

/// What the threads report.
#[derive(Default)]
struct Found {
    report: Report,
    /// Files that are empty: neither read nor unreadable.
    empty: usize,
}

/// A file to be read, and which of its events are kept.
struct Task<'j> {
    file: &'j File,
    window: Window,
    /// When the events happened that were seen so far.
    times: Mutex<Times>,
}

impl<'j> Task<'j> {
    fn new(file: &'j File, window: Window) -> Task<'j> {
        Task { file, window, times: Mutex::default() }
    }

    /// Whether the file is known to have no event that counts, nor any without a time.
    fn is_outside(&self, floor: i64) -> bool {
        self.file.times.get().is_some_and(|it| {
            let window = self.window.clone().since(floor);
            it.untimed == 0 && it.ends.is_none_or(|(oldest, newest)| !window.overlaps(oldest, newest))
        })
    }
}

/// Hands over every block that may hold events of the scan.
pub(crate) fn scan(archive: &Archive, scan: &Scan, watch: &Watch, visit: Visit<'_>) -> Result<Report, Error> {
    let counts_all = scan.counted == Counted::All;
    let needles = if counts_all { None } else { Needles::new(&scan.literals) };
    let tasks = archive.files.iter().filter_map(|file| {
        let named = scan.groups.iter().filter(|it| file.origin.is_named(it));
        let bounds: Vec<_> = if scan.groups.is_empty() { vec![None] } else { named.map(|it| it.range).collect() };
        let window = Window::of(scan, &bounds, counts_all);
        (!bounds.is_empty()).then(|| Task::new(file, window))
    });
    run(archive, &tasks.collect::<Vec<_>>(), needles, !counts_all, watch, visit)
}

/// The newest event's time.
pub(crate) fn newest(archive: &Archive, watch: &Watch) -> Result<Option<i64>, Error> {
    // What is known already needs no second look.
    let known = archive.files.iter().filter_map(|it| it.times.get()?.ends).map(|it| it.1).max();
    let unknown = archive.files.iter().filter(|it| it.times.get().is_none());
    let tasks: Vec<Task<'_>> = unknown.map(|it| Task::new(it, Window::nothing())).collect();
    run(archive, &tasks, None, false, watch, &|_| {})?;
    let seen = tasks.iter().filter_map(|it| it.times.lock().unwrap_or_else(PoisonError::into_inner).ends);
    Ok(seen.map(|it| it.1).max().max(known))
}

fn run(
    archive: &Archive,
    tasks: &[Task<'_>],
    needles: Option<Needles>,
    heeds_floor: bool,
    watch: &Watch,
    visit: Visit<'_>,
) -> Result<Report, Error> {
    let sees_all = needles.is_none();
    let bytes = tasks.iter().map(|it| it.file.content.size()).sum();
    watch.bytes_total.store(bytes, Ordering::Relaxed);
    watch.bytes_done.store(0, Ordering::Relaxed);
    let job = Job {
        sizes: archive.sizes,
        needles,
        heeds_floor,
        watch,
        visit,
        waiting: AtomicUsize::new(tasks.len()),
        found: Mutex::default(),
    };
    // Each thread takes the last file nobody has begun: the newest events are mostly there, and once those are
    // known, older ones need not be looked at.
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(tasks.len()) {
            scope.spawn(|_| {
                while let Some(task) = job.next(tasks) {
                    job.file(task);
                }
            });
        }
    });
    let mut found = job.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut groups: Vec<&str> = tasks.iter().map(|it| it.file.origin.log.as_str()).collect();
    groups.sort_unstable();
    groups.dedup();
    found.report.groups_scanned = groups.len();
    archive.faults.iter().for_each(|it| found.report.fault(it.clone()));
    found.report.faults.sort_by(|a, b| a.path.as_os_str().cmp(b.path.as_os_str()).then(a.at.cmp(&b.at)));
    let all = tasks.len() + archive.faults.len();
    if watch.is_cancelled() {
        return Ok(found.report);
    }
    if all > 0 && found.report.files_read + found.empty == 0 {
        return Err(Error::Nothing { files: all, faults: found.report.faults });
    }
    if sees_all {
        for task in tasks {
            task.file.times.get_or_init(|| *task.times.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
    Ok(found.report)
}

impl<'j> Job<'j> {
    fn next<'t>(&self, tasks: &'t [Task<'t>]) -> Option<&'t Task<'t>> {
        let waiting = self.waiting.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| it.checked_sub(1)).ok()?;
        tasks.get(waiting - 1)
    }

    fn file(&self, task: &Task<'_>) {
        if self.watch.is_cancelled() {
            return;
        }
        if self.heeds_floor && task.is_outside(self.floor()) {
            self.watch.bytes_done.fetch_add(task.file.content.size(), Ordering::Relaxed);
            return self.tell(|it| it.report.files_read += 1);
        }
        let mut opened = match task.file.content.open() {
            Ok(it) => it,
            Err(error) => return self.fault(task, None, Trouble::Unreadable(reason(&error))),
        };
        let unpacked = opened.unpacked(&self.watch.bytes_done);
        let kind = task.file.kind.get_or_init(|| unpacked.kind());
        match &kind.format {
            Format::Known(reader) => {
                self.tell(|it| it.report.files_read += 1);
                self.known(task, reader, unpacked);
            }
            // A file that breaks off before its first byte is no empty one.
            Format::Empty | Format::Unknown(_) if unpacked.failure.is_some() => self.failed(task, &unpacked, 0),
            Format::Empty => self.tell(|it| it.empty += 1),
            Format::Unknown(trouble) => self.fault(task, None, trouble.clone()),
        }
    }

    fn known(&self, task: &Task<'_>, reader: &'static Reader, unpacked: Unpacked<'_>) {
        let packed = unpacked.packed;
        match unpacked.bytes {
            Bytes::Whole(bytes) => self.whole(task, reader, bytes),
            Bytes::Stream(head, rest) => {
                let stream = Stream::new(reader, head, rest, unpacked.failure, self.sizes.stream);
                self.stream(task, reader, stream, packed);
            }
        }
    }

    /// Reads bytes that are all at hand: each thread takes the events that begin in its stretch.
    fn whole(&self, task: &Task<'_>, reader: &'static Reader, bytes: &[u8]) {
        let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let size = self.sizes.whole.max(1);
        let stretches = bytes.len().div_ceil(size).max(1);
        (0..stretches).into_par_iter().rev().for_each(|stretch| {
            let (from, to) = (stretch * size, bytes.len().min((stretch + 1) * size));
            self.watch.bytes_done.fetch_add((to - from) as u64, Ordering::Relaxed);
            let start = if stretch == 0 { Some(mark) } else { (reader.after)(bytes, from..to) };
            let Some(start) = start else { return };
            let mut start = start.min(bytes.len());
            let end = (reader.after)(bytes, to.max(start)..bytes.len()).unwrap_or(bytes.len());
            while end - start > MOST {
                self.fault(task, Some(start as u64), Trouble::TooLong);
                self.piece(task, reader, &bytes[start..start + MOST], start as u64);
                start += MOST;
            }
            self.piece(task, reader, &bytes[start..end], start as u64);
        });
    }

    /// Reads a stream: while its next block is on the way, other threads may work on the last ones.
    fn stream(&self, task: &Task<'_>, reader: &'static Reader, mut stream: Stream<'_>, packed: bool) {
        let most = rayon::current_num_threads() * 2;
        let in_flight = AtomicUsize::new(0);
        let spares: Mutex<Vec<Vec<u8>>> = Mutex::default();
        let spare = || spares.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let work = |piece: Piece| {
            if piece.cut_short {
                self.fault(task, Some(piece.base), Trouble::TooLong);
            }
            self.piece(task, reader, &piece.bytes, piece.base);
            spares.lock().unwrap_or_else(PoisonError::into_inner).push(piece.bytes);
        };
        let (work, in_flight) = (&work, &in_flight);
        rayon::scope(|scope| {
            while let Some(piece) = stream.next(spare()) {
                if self.watch.is_cancelled() {
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
        if let Some(error) = &stream.failure {
            self.fault(task, Some(stream.position()), trouble_of(error, packed));
        }
    }

    /// Reads a piece of whole events, and hands them over.
    fn piece(&self, task: &Task<'_>, reader: &'static Reader, bytes: &[u8], base: u64) {
        if self.watch.is_cancelled() {
            return;
        }
        let mut window = task.window.clone();
        if self.heeds_floor {
            window = window.since(self.floor());
        }
        let mut events = Events::within(window);
        match &self.needles {
            Some(needles) => needles.read(reader, bytes, &mut events),
            None => (reader.read)(bytes, 0..bytes.len(), &mut events),
        }
        let block = Block::new(&task.file.origin, task.file.origin.stream(reader), bytes, base, events);
        if !block.is_empty() {
            (self.visit)(&block);
            self.watch.rows.fetch_add(block.len() as u64, Ordering::Relaxed);
        }
        self.count(task, &block, base);
    }

    fn count(&self, task: &Task<'_>, block: &Block<'_>, base: u64) {
        let events = block.events();
        let tally = &events.tally;
        let kept = if task.window.counts { tally.seen } else { events.len() as u64 };
        let times = Times { ends: tally.times, untimed: tally.untimed };
        {
            let mut seen = task.times.lock().unwrap_or_else(PoisonError::into_inner);
            *seen = seen.and(times);
        }
        self.tell(|it| {
            it.report.records_scanned += kept;
            it.report.bytes_scanned += events.bytes() + tally.passed_bytes;
            it.report.records_untimed += if task.window.untimed { 0 } else { tally.untimed };
        });
        for (at, trouble) in &tally.troubles {
            self.fault(task, Some(base + *at as u64), trouble.clone());
        }
        if block.replaced() > 0 {
            let path = task.file.origin.path.clone();
            let fault = Fault { path, at: Some(base), trouble: Trouble::NotUtf8, count: block.replaced() };
            self.tell(|it| it.report.fault(fault));
        }
    }

    fn floor(&self) -> i64 {
        self.watch.floor.load(Ordering::Relaxed)
    }

    fn failed(&self, task: &Task<'_>, unpacked: &Unpacked<'_>, at: u64) {
        if let Some(error) = &unpacked.failure {
            self.fault(task, Some(at), trouble_of(error, unpacked.packed));
        }
    }

    fn fault(&self, task: &Task<'_>, at: Option<u64>, trouble: Trouble) {
        let path = task.file.origin.path.clone();
        self.tell(|it| it.report.fault(Fault { path, at, trouble, count: 1 }));
    }

    fn tell(&self, tell: impl FnOnce(&mut Found)) {
        tell(&mut self.found.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn trouble_of(error: &io::Error, packed: bool) -> Trouble {
    use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    match error.kind() {
        InvalidData | InvalidInput | UnexpectedEof if packed => Trouble::TornGzip,
        _ => Trouble::Unreadable(reason(error)),
    }
}
