//! JSON objects, appended to bytes key by key.

use crate::digits;

/// An object being written; `close` ends it.
pub struct Object<'a> {
    out: &'a mut Vec<u8>,
    before: u8,
}

/// Begins an object at the end of `out`.
pub fn object(out: &mut Vec<u8>) -> Object<'_> {
    Object { out, before: b'{' }
}

impl Object<'_> {
    /// `"key":"value"`
    pub fn text(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        self.out.push(b'"');
        escape(self.out, value.as_bytes());
        self.out.push(b'"');
        self
    }

    /// `"key":42`
    pub fn number(mut self, key: &str, value: u64) -> Self {
        self.key(key);
        digits::number(self.out, value);
        self
    }

    /// `"key":"42"`
    pub fn quoted(mut self, key: &str, value: u64) -> Self {
        self.key(key);
        self.out.push(b'"');
        digits::number(self.out, value);
        self.out.push(b'"');
        self
    }

    /// `"key":true`
    pub fn word(mut self, key: &str, value: &str) -> Self {
        self.key(key);
        self.out.extend_from_slice(value.as_bytes());
        self
    }

    /// `"key":"9a3c…"`
    pub fn uuid(mut self, key: &str, value: u128) -> Self {
        self.key(key);
        self.out.push(b'"');
        digits::uuid(self.out, value);
        self.out.push(b'"');
        self
    }

    /// `"key":` and whatever `write` appends, which must be JSON.
    pub fn value(mut self, key: &str, write: impl FnOnce(&mut Vec<u8>)) -> Self {
        self.key(key);
        write(self.out);
        self
    }

    /// The closing brace, with the opening one if there was no key.
    pub fn close(self) {
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str) {
        self.out.push(self.before);
        self.before = b',';
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }
}

/// The inside of a JSON string: text with its quotes, backslashes and control characters escaped.
pub fn escape(out: &mut Vec<u8>, text: &[u8]) {
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        out.extend_from_slice(&rest[..at]);
        match rest[at] {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', byte]),
            byte => {
                out.extend_from_slice(b"\\u");
                digits::padded::<2>(out, 0);
                out.extend_from_slice(&[b'0' + (byte >> 4), b"0123456789abcdef"[usize::from(byte & 15)]]);
            }
        }
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn objects_read_back() {
        let text = "a \"quoted\" back\\slash\nline\ttab \u{1} \u{1f} crème 🦀";
        let mut out = Vec::new();
        object(&mut out)
            .text("text", text)
            .number("number", 42)
            .quoted("quoted", 42)
            .word("word", "true")
            .uuid("id", 0)
            .value("nested", |out| object(out).close())
            .close();
        let read: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(
            read,
            serde_json::json!({
                "text": text, "number": 42, "quoted": "42", "word": true,
                "id": "00000000-0000-4000-8000-000000000000", "nested": {},
            })
        );
    }
}
