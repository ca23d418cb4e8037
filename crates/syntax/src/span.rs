//! Places in the query text.

/// A place in the query text, in bytes. Found by slice: no parser ever counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Hash)]
pub struct Span {
    /// Where the first byte is.
    pub start: u32,
    /// Where the byte behind the last one is.
    pub end: u32,
}

impl Span {
    /// The place of `part`, which must be a slice of `whole`.
    pub fn of(whole: &str, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len());
        Span { start: start as u32, end: (start + part.len()).min(whole.len()) as u32 }
    }

    /// From the start of this one to the end of the other.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start, end: other.end }
    }

    /// The text that stands here.
    pub fn text(self, whole: &str) -> &str {
        whole.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}
