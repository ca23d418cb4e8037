//! Files that hold files: zip and tar, found by content, as folders whose members are files of the archive.

mod part;
mod tar;
mod zip;

use std::fs::{File, Metadata};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::catalog::is_passed_over;
use crate::content::{Content, is_settled};
use crate::inflate::{Packing, trouble_of};
use crate::map::map;
use crate::report::Trouble;

pub(crate) use part::{Part, Store};

/// How many bytes tell a container from other files.
const HEAD: u64 = 512;

/// How many packed bytes are looked at for them, first of all.
const PACKED: usize = 1 << 10;

/// How many inflated bytes are written at a time.
const WRITTEN: usize = 1 << 18;

/// What a zip archive begins with: a member, or the end of one that has none.
const ZIP: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// What stands in the first header of a tar archive, and where.
const TAR: [&[u8]; 2] = [b"ustar\0", b"ustar  \0"];
const TAR_AT: usize = 257;

/// A kind of file that holds files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Zip,
    Tar,
}

impl Container {
    /// The container that begins so.
    pub(crate) fn of(head: &[u8]) -> Option<Container> {
        if ZIP.iter().any(|it| head.starts_with(it)) {
            return Some(Container::Zip);
        }
        let is_tar = |head: &[u8]| TAR.iter().any(|it| head.starts_with(it));
        head.get(TAR_AT..).is_some_and(is_tar).then_some(Container::Tar)
    }

    /// What is said of one where none is opened.
    pub(crate) fn unopened(self) -> Trouble {
        Trouble::Later(match self {
            Container::Zip => "a zip archive in an archive or a pipe",
            Container::Tar => "a tar archive in an archive or a pipe",
        })
    }
}

/// What a container holds.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Its files, by their paths in it.
    pub(crate) members: Vec<(PathBuf, Part)>,
    /// What is wrong with a file, or with the container itself, and where.
    pub(crate) faults: Vec<(Option<PathBuf>, Option<u64>, Trouble)>,
}

impl Listing {
    fn add(&mut self, path: PathBuf, part: Part) {
        self.members.push((path, part));
    }

    /// Notes what is wrong with the container.
    fn fault(&mut self, at: Option<u64>, trouble: Trouble) {
        self.faults.push((None, at, trouble));
    }

    /// Notes why a member is not read.
    fn pass_over(&mut self, path: PathBuf, trouble: Trouble) {
        self.faults.push((Some(path), None, trouble));
    }
}

/// What a file is, once somebody has looked into it.
pub(crate) enum Seen {
    /// A file by itself.
    File(Content),
    /// A container of files.
    Container(Listing),
}

/// Looks whether a file is a container, packed or not, and what it holds.
///
/// A packed one is inflated into a file without a name, which ends with the process.
pub(crate) fn look(content: Content) -> Seen {
    let Some((head, packing)) = head(&content) else { return Seen::File(content) };
    let Some(container) = Container::of(&head) else { return Seen::File(content) };
    let mut torn = None;
    let store = match (packing, content) {
        (Some(packing), content) => unpack(packing, &content, &mut torn),
        (None, Content::Path(path)) => store(path),
        (None, Content::Spool(map)) => Ok(Store::Mapped(map)),
        (None, content) => return Seen::File(content),
    };
    let mut listing = Listing::default();
    match store.map(Arc::new) {
        Ok(store) => list(container, &store, &mut listing),
        Err(error) => listing.fault(None, trouble_of(&error)),
    }
    if let Some((at, trouble)) = torn {
        // That the container ends early too is no second trouble.
        listing.faults.retain(|(path, _, _)| path.is_some());
        listing.fault(Some(at), trouble);
    }
    Seen::Container(in_order(listing))
}

/// The first bytes of a file, inflated where they are packed. Nothing of a pipe, which can be read only once, nor of
/// what cannot be read: the scan will tell.
fn head(content: &Content) -> Option<(Vec<u8>, Option<Packing>)> {
    let mut bytes = bytes(content).ok()??;
    let mut head = Vec::with_capacity(PACKED);
    (&mut bytes).take(PACKED as u64).read_to_end(&mut head).ok()?;
    let packing = Packing::of(&head);
    if let Some(packing) = packing {
        let all = io::Cursor::new(std::mem::replace(&mut head, Vec::with_capacity(HEAD as usize))).chain(bytes);
        // One that is torn here holds nothing.
        let _ = packing.inflate(all).ok()?.take(HEAD).read_to_end(&mut head);
    }
    Some((head, packing))
}

/// All bytes of a regular file.
fn bytes(content: &Content) -> io::Result<Option<Box<dyn Read + Send + '_>>> {
    let is_regular = |it: Metadata| it.is_file() && it.len() > 0;
    match content {
        Content::Path(path) if is_regular(path.metadata()?) => Ok(Some(Box::new(File::open(path)?))),
        Content::Spool(map) => Ok(Some(Box::new(&map[..]))),
        _ => Ok(None),
    }
}

fn store(path: PathBuf) -> io::Result<Store> {
    let file = File::open(&path)?;
    let metadata = file.metadata()?;
    match is_settled(&metadata).then(|| map(&file)) {
        Some(Ok(map)) => Ok(Store::Mapped(map)),
        _ => Ok(Store::Named(path, metadata.len())),
    }
}

/// The inflated bytes of a file, in a file without a name; where and why they end early.
fn unpack(packing: Packing, content: &Content, torn: &mut Option<(u64, Trouble)>) -> io::Result<Store> {
    let packed = bytes(content)?.unwrap_or_else(|| Box::new(io::empty()));
    let mut inflated = packing.inflate(packed)?;
    let file = tempfile::tempfile()?;
    let mut written = BufWriter::with_capacity(WRITTEN, &file);
    let copied = io::copy(&mut inflated, &mut written);
    written.flush()?;
    if let Err(error) = copied {
        let trouble = trouble_of(&error);
        // A full disk is no damage, and what is there would pass for all.
        if !matches!(trouble, Trouble::Torn(_)) {
            return Err(error);
        }
        *torn = Some((file.metadata()?.len(), trouble));
    }
    Ok(Store::Mapped(map(&file)?))
}

fn list(container: Container, store: &Arc<Store>, listing: &mut Listing) {
    match container {
        Container::Zip => zip::list(store, listing),
        Container::Tar => tar::list(store, listing),
    }
}

/// The members by the bytes of their paths. Of those with one path the last counts, as it does when they are unpacked.
fn in_order(mut listing: Listing) -> Listing {
    listing.members.reverse();
    listing.members.sort_by(|a, b| a.0.as_os_str().as_encoded_bytes().cmp(b.0.as_os_str().as_encoded_bytes()));
    listing.members.dedup_by(|later, first| later.0 == first.0);
    listing
}

/// The path of a member without what leads out of the container; nothing of one that is passed over.
fn inner_path(path: &Path) -> Option<PathBuf> {
    let inner: PathBuf = path.components().filter(|it| matches!(it, Component::Normal(_))).collect();
    (!inner.as_os_str().is_empty() && !is_passed_over(&inner)).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_known_by_their_first_bytes() {
        let mut tar = vec![0; 600];
        tar[257..263].copy_from_slice(b"ustar\0");
        assert_eq!(Container::of(&tar), Some(Container::Tar));
        assert_eq!(Container::of(&tar[..262]), None);
        tar[257..265].copy_from_slice(b"ustar  \0");
        assert_eq!(Container::of(&tar), Some(Container::Tar));
        assert_eq!(Container::of(b"PK\x03\x04"), Some(Container::Zip));
        assert_eq!(Container::of(b"PK lines"), None);
        assert_eq!(Container::of(b""), None);
    }

    #[test]
    fn paths_stay_inside() {
        for (path, inner) in [
            ("a/b.log", Some("a/b.log")),
            ("./a/b.log", Some("a/b.log")),
            ("/etc/a.log", Some("etc/a.log")),
            ("../../a.log", Some("a.log")),
            ("..", None),
            ("", None),
            ("a/.hidden/b.log", None),
            ("__MACOSX/._b.log", None),
            ("exports/aws-logs-write-test", None),
        ] {
            assert_eq!(inner_path(Path::new(path)), inner.map(PathBuf::from), "{path:?}");
        }
    }
}
