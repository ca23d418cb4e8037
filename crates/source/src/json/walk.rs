//! The one pass over a document that finds the wanted scalars and checks the rest.

use std::borrow::Cow;

use super::paths::{Edge, Node, Paths};
use super::scalar::{Raw, unescaped};
use super::scan::{DEEPEST, blanks};
use super::skip::{scalar_end, skip_container, skip_value};
use super::spelling::{Plain, Quoted, Spelling};
use super::{document, flatten};

/// Finds the wanted scalars of message after message; what it needs between them is kept.
pub(crate) struct Walk<'p> {
    paths: &'p Paths,
    /// The wanted scalars of the last message, by the number of the field.
    pub(crate) found: Vec<Raw>,
    /// The key that last set a field: `a.b` may be set by two.
    setters: Vec<usize>,
    /// The message in which a container on the way was last seen.
    seen: Vec<u64>,
    message: u64,
}

/// Why a walk ended early.
enum Stop {
    /// The document is not in order.
    Broken,
    /// A key stands twice, or two ways lead to one field: what counts is not decided by one pass.
    Tangled,
}

impl<'p> Walk<'p> {
    /// A walk that looks for these fields.
    pub(crate) fn new(paths: &'p Paths) -> Walk<'p> {
        Walk {
            paths,
            found: vec![Raw::Missing; paths.fields],
            setters: vec![0; paths.fields],
            seen: vec![0; paths.nodes.len()],
            message: 0,
        }
    }

    /// Looks into a message; the scalars it has are then in `found`.
    #[inline]
    pub(crate) fn message(&mut self, message: &[u8]) {
        self.forget();
        if let Some(start) = document::<Plain>(message) {
            self.document(message, start);
        }
    }

    /// Looks into a message in which every quote is escaped, and nothing else. Whether it could be done: not where a key
    /// stands twice.
    #[inline]
    pub(crate) fn quoted(&mut self, message: &[u8]) -> bool {
        self.forget();
        let Some(start) = document::<Quoted>(message) else { return true };
        match self.pass::<Quoted>(message, start) {
            Ok(_) => true,
            Err(Stop::Broken) => {
                self.forget();
                true
            }
            Err(Stop::Tangled) => false,
        }
    }

    /// Looks into a message of which only the first fields count, and tells how many it has: slow.
    pub(crate) fn counted(&mut self, message: &[u8], most: usize) -> usize {
        self.forget();
        let Some((fields, _)) = document::<Plain>(message).and_then(|start| flatten::flatten(message, start)) else {
            return 0;
        };
        let count = fields.len();
        self.take(fields.into_iter().take(most));
        count
    }

    /// Forgets what was found.
    #[inline]
    pub(crate) fn forget(&mut self) {
        self.found.fill(Raw::Missing);
    }

    /// Looks into the document that begins at `start`; its end, `None` if it is not in order.
    ///
    /// What was found before must have been forgotten.
    pub(crate) fn document(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        match self.pass::<Plain>(bytes, start) {
            Ok(end) => Some(end),
            Err(Stop::Broken) => {
                self.forget();
                None
            }
            Err(Stop::Tangled) => self.untangle(bytes, start),
        }
    }

    fn pass<S: Spelling>(&mut self, bytes: &[u8], start: usize) -> Result<usize, Stop> {
        self.message += 1;
        let paths = self.paths;
        let root = paths.nodes.first().ok_or(Stop::Broken)?;
        self.container::<S>(bytes, start, root, 1)
    }

    fn container<S: Spelling>(&mut self, bytes: &[u8], at: usize, node: &'p Node, depth: u32) -> Result<usize, Stop> {
        if depth > DEEPEST {
            return Err(Stop::Broken);
        }
        match bytes.get(at) {
            Some(b'{') => self.object::<S>(bytes, at, node, depth),
            Some(b'[') => self.array::<S>(bytes, at, node, depth),
            _ => Err(Stop::Broken),
        }
    }

    fn object<S: Spelling>(&mut self, bytes: &[u8], at: usize, node: &'p Node, depth: u32) -> Result<usize, Stop> {
        let mut at = blanks(bytes, at + 1);
        if bytes.get(at) == Some(&b'}') {
            return Ok(at + 1);
        }
        loop {
            if bytes.get(at) != Some(&S::OPENS) {
                return Err(Stop::Broken);
            }
            let end = S::string_end(bytes, at + S::QUOTE).ok_or(Stop::Broken)?;
            let key = &bytes[at + S::QUOTE..end.quote];
            at = blanks(bytes, end.quote + S::QUOTE);
            if bytes.get(at) != Some(&b':') {
                return Err(Stop::Broken);
            }
            at = blanks(bytes, at + 1);
            let edge = if end.escaped { node.find(&plain(key)) } else { node.find(key) };
            at = match edge {
                Some(edge) => self.value::<S>(bytes, at, edge, depth)?,
                None => skip_value::<S>(bytes, at, depth).ok_or(Stop::Broken)?,
            };
            at = blanks(bytes, at);
            match bytes.get(at) {
                Some(b',') => at = blanks(bytes, at + 1),
                Some(b'}') => return Ok(at + 1),
                _ => return Err(Stop::Broken),
            }
        }
    }

    fn array<S: Spelling>(&mut self, bytes: &[u8], at: usize, node: &'p Node, depth: u32) -> Result<usize, Stop> {
        let mut at = blanks(bytes, at + 1);
        if bytes.get(at) == Some(&b']') {
            return Ok(at + 1);
        }
        for index in 0.. {
            let edge = if index < node.indices { node.find_index(index) } else { None };
            at = match edge {
                Some(edge) => self.value::<S>(bytes, at, edge, depth)?,
                None => skip_value::<S>(bytes, at, depth).ok_or(Stop::Broken)?,
            };
            at = blanks(bytes, at);
            match bytes.get(at) {
                Some(b',') => at = blanks(bytes, at + 1),
                Some(b']') => return Ok(at + 1),
                _ => return Err(Stop::Broken),
            }
        }
        Err(Stop::Broken)
    }

    /// The value of a wanted key, which stands in `depth` containers.
    #[inline]
    fn value<S: Spelling>(&mut self, bytes: &[u8], at: usize, edge: &'p Edge, depth: u32) -> Result<usize, Stop> {
        if let Some(node) = edge.node {
            // A second look into the same container means a key that stands twice.
            if self.seen[node] == self.message {
                return Err(Stop::Tangled);
            }
            self.seen[node] = self.message;
        }
        let (raw, end) = match bytes.get(at) {
            Some(byte) if *byte == S::OPENS => {
                let start = at + S::QUOTE;
                let end = S::string_end(bytes, start).ok_or(Stop::Broken)?;
                (Raw::Text { start: start as u32, end: end.quote as u32, escaped: end.escaped }, end.quote + S::QUOTE)
            }
            Some(b'{' | b'[') => {
                let end = match edge.node {
                    Some(node) => self.container::<S>(bytes, at, &self.paths.nodes[node], depth + 1)?,
                    None => skip_container::<S>(bytes, at, depth).ok_or(Stop::Broken)?,
                };
                (Raw::Missing, end)
            }
            _ => {
                let end = scalar_end::<S>(bytes, at);
                if end == at {
                    return Err(Stop::Broken);
                }
                (Raw::Bare { start: at as u32, end: end as u32 }, end)
            }
        };
        if let Some(field) = edge.field {
            if self.found[field] != Raw::Missing && self.setters[field] != edge.number {
                return Err(Stop::Tangled);
            }
            self.found[field] = raw;
            self.setters[field] = edge.number;
        }
        Ok(end)
    }

    /// The slow and certain way: the whole document flattened, then looked up.
    #[cold]
    fn untangle(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        self.found.fill(Raw::Missing);
        let (fields, end) = flatten::flatten(bytes, start)?;
        self.take(fields.into_iter());
        Some(end)
    }

    /// Of all fields of a document, those that are wanted.
    fn take(&mut self, fields: impl Iterator<Item = (String, Raw)>) {
        let Some(root) = self.paths.nodes.first() else { return };
        for (name, raw) in fields {
            if let Some(field) = root.find(name.as_bytes()).and_then(|it| it.field) {
                self.found[field] = raw;
            }
        }
    }
}

/// A key without its escapes; as it is, where one of them is none of JSON's.
pub(super) fn plain(key: &[u8]) -> Cow<'_, [u8]> {
    match std::str::from_utf8(key).ok().and_then(unescaped) {
        Some(it) => Cow::Owned(it.into_bytes()),
        None => Cow::Borrowed(key),
    }
}
