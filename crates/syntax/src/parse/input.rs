//! Where a parser stands in the query.

use super::failure::Failure;
use super::scan::blanks;
use crate::span::Span;

/// What a parser gives: the input behind what it read, and the value.
pub(crate) type Parsed<'a, T> = nom::IResult<Input<'a>, T, Failure>;

/// The rest of a query, which begins with a token or is empty: blanks and comments go with the token before them.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    whole: &'a str,
    rest: &'a str,
    /// The end of the last token, blanks excluded.
    end: u32,
    /// How many expressions stand around this place.
    depth: usize,
}

impl<'a> Input<'a> {
    /// The start of a query.
    pub fn new(whole: &'a str) -> Input<'a> {
        Input { whole, rest: whole, end: 0, depth: 0 }.blanks()
    }

    /// The whole query.
    pub fn whole(self) -> &'a str {
        self.whole
    }

    /// What is still to be read.
    pub fn rest(self) -> &'a str {
        self.rest
    }

    /// Where the next token is; the end of the last one if there is none.
    pub fn place(self) -> u32 {
        if self.rest.is_empty() { self.end } else { Span::of(self.whole, self.rest).start }
    }

    /// Behind a token, which must be a start of the rest, and the blanks behind it.
    pub fn behind(self, token: &str) -> Input<'a> {
        let rest = self.rest.get(token.len()..).unwrap_or_default();
        Input { rest, end: Span::of(self.whole, rest).start, ..self }.blanks()
    }

    /// At a place farther on.
    pub fn skip_to(self, place: usize) -> Input<'a> {
        let rest = self.whole.get(place..).unwrap_or_default();
        Input { rest, end: Span::of(self.whole, rest).start, ..self }.blanks()
    }

    /// From the next token to the last token before the later input.
    pub fn span_to(self, later: Input<'a>) -> Span {
        let start = self.place();
        Span { start, end: later.end.max(start) }
    }

    /// The text of that span.
    pub fn text_to(self, later: Input<'a>) -> &'a str {
        self.span_to(later).text(self.whole)
    }

    /// The same place, one expression further inside; none where it would be too deep.
    pub fn deeper(self, limit: usize) -> Option<Input<'a>> {
        (self.depth < limit).then_some(Input { depth: self.depth + 1, ..self })
    }

    /// The same place, as deep as the other.
    pub fn as_deep_as(self, other: Input<'a>) -> Input<'a> {
        Input { depth: other.depth, ..self }
    }

    fn blanks(self) -> Input<'a> {
        let rest = self.rest.get(blanks(self.rest).len()..).unwrap_or_default();
        Input { rest, ..self }
    }
}
