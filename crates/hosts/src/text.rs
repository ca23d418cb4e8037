//! A text taken out of a file: for each of its bytes, the bytes of the file it came from.

use syntax::Span;

use crate::form::Form;

/// What stands in a text where the file has a placeholder whose value is not known here.
///
/// It has three bytes, and so can be blanked out as `␣␣0` where a number must stand.
pub const HOLE: &str = "\u{fffc}";

/// A text and where it came from.
#[derive(Clone, Debug, Default)]
pub struct Text {
    text: String,
    /// In the order of the text, without gaps.
    pieces: Vec<Piece>,
    /// How the text is written in the file: the innermost form first. None if it is put together of several scalars, or
    /// is no part of the file at all.
    forms: Option<Vec<Form>>,
    /// Where it stands in the file if it has no byte of its own there.
    at: u32,
}

/// A stretch of a text that came from one stretch of the file.
#[derive(Clone, Debug)]
struct Piece {
    /// Where it starts in the text.
    start: u32,
    /// Its bytes in the file.
    from: Span,
    kind: Kind,
}

/// How a piece stands in the file.
#[derive(Clone, Debug, PartialEq)]
enum Kind {
    /// Byte for byte.
    Verbatim,
    /// As an escape, a folded line break, or the like: it has no places within.
    Coded,
    /// As a placeholder: its name, and its value where one is known.
    Hole { name: String, value: Option<String> },
}

/// A placeholder in a text.
pub struct Hole {
    /// Where it stands in the text.
    pub span: Span,
    /// Where it stands in the file.
    pub from: Span,
    /// What it is called: `Stage` of `${Stage}`.
    pub name: String,
    /// Its value, where one is known.
    pub value: Option<String>,
}

impl Text {
    /// The whole text of a file.
    pub fn whole(file: &str) -> Text {
        let mut text = Text { forms: Some(Vec::new()), ..Text::default() };
        text.push(file, 0);
        text
    }

    /// An empty text that is written so.
    pub fn written(form: Form) -> Text {
        Text { forms: Some(vec![form]), ..Text::default() }
    }

    /// The same, known to stand from this byte of the file on though nothing may follow.
    pub fn from_byte(self, at: u32) -> Text {
        Text { at, ..self }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text as a name: `…` for what is not known of it.
    pub fn name(&self) -> String {
        self.text.replace(HOLE, "…")
    }

    /// Adds what stands in the file byte for byte, from this byte on.
    pub fn push(&mut self, part: &str, from: usize) {
        let from = Span { start: from as u32, end: (from + part.len()) as u32 };
        match self.pieces.last_mut() {
            Some(last) if last.kind == Kind::Verbatim && last.from.end == from.start => last.from.end = from.end,
            _ if part.is_empty() => {}
            _ => self.pieces.push(Piece { start: self.text.len() as u32, from, kind: Kind::Verbatim }),
        }
        self.text.push_str(part);
    }

    /// Adds what these bytes of the file stand for.
    pub fn push_coded(&mut self, part: &str, from: Span) {
        if !part.is_empty() {
            self.pieces.push(Piece { start: self.text.len() as u32, from, kind: Kind::Coded });
            self.text.push_str(part);
        }
    }

    /// Adds a placeholder: its name, and its value where one is known.
    pub fn push_hole(&mut self, name: &str, value: Option<String>, from: Span) {
        let kind = Kind::Hole { name: name.trim().to_owned(), value };
        self.pieces.push(Piece { start: self.text.len() as u32, from, kind });
        self.text.push_str(HOLE);
    }

    /// Adds a text of the same file. What is put together so has no one form any more.
    pub fn append(&mut self, other: &Text) {
        let start = self.text.len() as u32;
        self.pieces.extend(other.pieces.iter().map(|it| Piece { start: it.start + start, ..it.clone() }));
        self.text.push_str(&other.text);
        self.forms = None;
    }

    /// A text whose places are places in this one, with its places in the file instead.
    pub fn within(&self, inner: &Text) -> Text {
        let mut text = Text {
            text: inner.text.clone(),
            pieces: Vec::new(),
            forms: match (&inner.forms, &self.forms) {
                (Some(inner), Some(outer)) => Some([inner.as_slice(), outer].concat()),
                _ => None,
            },
            at: self.place(Span { start: inner.at, end: inner.at }).start,
        };
        for piece in &inner.pieces {
            match piece.kind {
                Kind::Verbatim => text.pieces.extend(self.cut(piece.from).map(|mut it| {
                    it.start = it.start - piece.from.start + piece.start;
                    it
                })),
                _ => text.pieces.push(Piece { from: self.place(piece.from), ..piece.clone() }),
            }
        }
        text
    }

    /// The pieces of a stretch of this text, the first and last cut to it.
    fn cut(&self, span: Span) -> impl Iterator<Item = Piece> + '_ {
        let first = self.pieces.partition_point(|it| it.start <= span.start).saturating_sub(1);
        (first..self.pieces.len()).map(|it| (self.span_of(it), &self.pieces[it])).map_while(move |(own, piece)| {
            let (start, end) = (own.start.max(span.start), own.end.min(span.end));
            let from = match piece.kind {
                Kind::Verbatim => {
                    Span { start: piece.from.start + (start - own.start), end: piece.from.end - (own.end - end) }
                }
                _ => piece.from,
            };
            (start < end).then(|| Piece { start, from, kind: piece.kind.clone() })
        })
    }

    /// Where a piece stands in the text.
    fn span_of(&self, piece: usize) -> Span {
        let end = self.pieces.get(piece + 1).map_or(self.text.len() as u32, |it| it.start);
        Span { start: self.pieces[piece].start, end }
    }

    /// The bytes of the file that a stretch of this text came from. A place within an escape is the whole escape.
    pub fn place(&self, span: Span) -> Span {
        let pieces: Vec<Piece> = self.cut(span).collect();
        match (pieces.first(), pieces.last()) {
            // Where texts are joined, one may stand before the other in the file.
            (Some(first), Some(last)) if last.from.end < first.from.start => first.from,
            (Some(first), Some(last)) => first.from.to(last.from),
            // Between two bytes, or at the end: behind what stands before.
            _ => {
                let before = self.cut(Span { start: span.start.saturating_sub(1), end: span.start }).last();
                let at = match before {
                    Some(it) => it.from.end,
                    None => self.pieces.first().map_or(self.at, |it| it.from.start),
                };
                Span { start: at, end: at }
            }
        }
    }

    /// Whether it is a placeholder and nothing else.
    pub fn is_unknown(&self) -> bool {
        matches!(self.pieces.as_slice(), [one] if matches!(one.kind, Kind::Hole { value: None, .. }))
    }

    /// The placeholders, in order.
    pub fn holes(&self) -> Vec<Hole> {
        let hole = |(index, piece): (usize, &Piece)| match &piece.kind {
            Kind::Hole { name, value } => {
                Some(Hole { span: self.span_of(index), from: piece.from, name: name.clone(), value: value.clone() })
            }
            _ => None,
        };
        self.pieces.iter().enumerate().filter_map(hole).collect()
    }

    /// The same with these texts for its placeholders, in order.
    pub fn filled(&self, values: &[&str]) -> Text {
        let mut text = Text { forms: self.forms.clone(), at: self.at, ..Text::default() };
        let mut values = values.iter();
        for (index, piece) in self.pieces.iter().enumerate() {
            let part = match piece.kind {
                Kind::Hole { .. } => values.next().copied().unwrap_or_default(),
                _ => self.span_of(index).text(&self.text),
            };
            // A placeholder may stand for nothing; the piece is kept, so that the holes stay as many as they were.
            text.pieces.push(Piece { start: text.text.len() as u32, ..piece.clone() });
            text.text.push_str(part);
        }
        text
    }

    /// The same with these values for the placeholders of these names.
    pub fn valued(&self, values: &[(String, String)]) -> Text {
        let mut text = self.clone();
        for piece in &mut text.pieces {
            if let Kind::Hole { name, value } = &mut piece.kind
                && let Some((_, given)) = values.iter().find(|(it, _)| it == name)
            {
                *value = Some(given.clone());
            }
        }
        text
    }

    /// The same without the blanks around it.
    pub fn trimmed(&self) -> Text {
        let start = self.text.len() - self.text.trim_start().len();
        let end = self.text.trim_end().len().max(start);
        let span = Span { start: start as u32, end: end as u32 };
        let pieces = self.cut(span).map(|it| Piece { start: it.start - span.start, ..it });
        Text {
            text: span.text(&self.text).to_owned(),
            pieces: pieces.collect(),
            forms: self.forms.clone(),
            at: self.place(Span::default()).start,
        }
    }

    /// How a text stands in the file at the place of this one; None if this one has no form of its own.
    pub fn write(&self, new: &str) -> Option<String> {
        let forms = self.forms.as_ref()?;
        forms.iter().try_fold(new.to_owned(), |text, form| form.write(&text))
    }

    /// Whether a new text would stand on one line where this one does: its line breaks are not those of the file.
    pub fn folds(&self) -> bool {
        self.forms.iter().flatten().any(Form::folds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    #[test]
    fn places_lead_through_escapes_and_holes() {
        // The file: `a\tb${x}c`
        let mut text = Text::default();
        text.push("a", 0);
        text.push_coded("\t", span(1, 3));
        text.push("b", 3);
        text.push_hole("x", None, span(4, 8));
        text.push("c", 8);
        assert_eq!(text.as_str(), "a\tb\u{fffc}c");
        assert_eq!(text.place(span(0, 1)), span(0, 1));
        assert_eq!(text.place(span(1, 2)), span(1, 3));
        assert_eq!(text.place(span(2, 7)), span(3, 9));
        assert_eq!(text.place(span(7, 7)), span(9, 9));
        let filled = text.filled(&["word"]);
        assert_eq!(filled.as_str(), "a\tbwordc");
        assert_eq!(filled.place(span(4, 5)), span(4, 8));
        assert_eq!(filled.place(span(7, 8)), span(8, 9));
    }

    #[test]
    fn a_text_within_a_text_leads_to_the_file() {
        // The file: `x\\ny`, a text with one escape, in which `\n` is an escape again.
        let mut outer = Text::default();
        outer.push("x", 0);
        outer.push_coded("\\", span(1, 3));
        outer.push("ny", 3);
        let mut inner = Text::default();
        inner.push("x", 0);
        inner.push_coded("\n", span(1, 3));
        inner.push("y", 3);
        let text = outer.within(&inner);
        assert_eq!(text.place(span(1, 2)), span(1, 4));
        assert_eq!(text.place(span(2, 3)), span(4, 5));
    }

    #[test]
    fn blanks_are_trimmed_with_their_places() {
        let text = Text::whole("  ab \n").trimmed();
        assert_eq!((text.as_str(), text.place(span(0, 2))), ("ab", span(2, 4)));
        assert_eq!(Text::whole(" \n").trimmed().as_str(), "");
    }
}
