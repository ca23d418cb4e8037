//! Lines and columns of a file.

use syntax::Span;

/// A line and a column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// Where a byte of a file stands.
    ///
    /// ```
    /// assert_eq!(hosts::Position::of(5, "a\né b").to_string(), "2:3");
    /// ```
    pub fn of(byte: u32, file: &str) -> Position {
        let before = file.get(..byte as usize).unwrap_or(file);
        let line_start = before.rfind('\n').map_or(0, |it| it + 1);
        Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 }
    }

    /// Where a stretch of a file starts and ends.
    pub fn both(span: Span, file: &str) -> [Position; 2] {
        [Position::of(span.start, file), Position::of(span.end.max(span.start), file)]
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}
