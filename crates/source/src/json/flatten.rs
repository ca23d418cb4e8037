//! All fields of a document, by flat name: for what is found out about logs, and where a single pass cannot decide.

use std::collections::HashMap;

use super::scalar::Raw;
use super::scan::{DEEPEST, blanks, scalar_end, string_end};
use super::walk::plain;

/// Every field of the document that begins at `start`, in the order of the text, and where the document ends;
/// `None` if it is not in order.
///
/// Of a key that stands twice in an object the last counts, with all that is under it; of two ways to one name, the
/// last that leads to a value.
pub(crate) fn flatten(bytes: &[u8], start: usize) -> Option<(Vec<(String, Raw)>, usize)> {
    let mut flat = Flat { bytes, name: String::new(), fields: Vec::new() };
    let end = flat.value(start, 0)?;
    Some((flat.fields.into_iter().filter(|it| it.1 != Raw::Missing).collect(), end))
}

struct Flat<'a> {
    bytes: &'a [u8],
    /// The flat name of the value in hand.
    name: String,
    /// What was found; a field of an earlier key of the same name is missing again.
    fields: Vec<(String, Raw)>,
}

impl Flat<'_> {
    fn value(&mut self, at: usize, depth: u32) -> Option<usize> {
        match self.bytes.get(at)? {
            b'{' | b'[' if depth >= DEEPEST => None,
            b'{' => self.object(at, depth + 1),
            b'[' => self.array(at, depth + 1),
            b'"' => {
                let end = string_end(self.bytes, at + 1)?;
                self.add(Raw::Text { start: at as u32 + 1, end: end.quote as u32, escaped: end.escaped });
                Some(end.quote + 1)
            }
            _ => {
                let end = scalar_end(self.bytes, at);
                self.add(Raw::Bare { start: at as u32, end: end as u32 });
                (end > at).then_some(end)
            }
        }
    }

    /// Adds the field in hand, if this is a value.
    fn add(&mut self, raw: Raw) {
        if raw.scalar_of(self.bytes).is_present() {
            self.fields.push((self.name.clone(), raw));
        }
    }

    fn object(&mut self, at: usize, depth: u32) -> Option<usize> {
        let mut at = blanks(self.bytes, at + 1);
        if self.bytes.get(at) == Some(&b'}') {
            return Some(at + 1);
        }
        // Which of the fields found so far came from which key of this object.
        let mut keys: HashMap<Vec<u8>, (usize, usize)> = HashMap::new();
        loop {
            if self.bytes.get(at) != Some(&b'"') {
                return None;
            }
            let end = string_end(self.bytes, at + 1)?;
            let key = plain(&self.bytes[at + 1..end.quote]).into_owned();
            at = blanks(self.bytes, end.quote + 1);
            if self.bytes.get(at) != Some(&b':') {
                return None;
            }
            let before = self.fields.len();
            at = self.item(blanks(self.bytes, at + 1), &String::from_utf8_lossy(&key), depth)?;
            if let Some((from, to)) = keys.insert(key, (before, self.fields.len())) {
                self.fields[from..to].iter_mut().for_each(|it| it.1 = Raw::Missing);
            }
            match self.bytes.get(at) {
                Some(b',') => at = blanks(self.bytes, at + 1),
                Some(b'}') => return Some(at + 1),
                _ => return None,
            }
        }
    }

    fn array(&mut self, at: usize, depth: u32) -> Option<usize> {
        let mut at = blanks(self.bytes, at + 1);
        if self.bytes.get(at) == Some(&b']') {
            return Some(at + 1);
        }
        for index in 0_usize.. {
            at = self.item(at, &index.to_string(), depth)?;
            match self.bytes.get(at) {
                Some(b',') => at = blanks(self.bytes, at + 1),
                Some(b']') => return Some(at + 1),
                _ => return None,
            }
        }
        None
    }

    /// The value of a key, and the blanks behind it.
    fn item(&mut self, at: usize, key: &str, depth: u32) -> Option<usize> {
        let length = self.name.len();
        if depth > 1 {
            self.name.push('.');
        }
        self.name.push_str(key);
        let end = self.value(at, depth);
        self.name.truncate(length);
        Some(blanks(self.bytes, end?))
    }
}
