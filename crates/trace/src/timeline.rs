//! The time of a story as a line of so many places: where an entry stands on it, and how a span is drawn.

use crate::span::Span;
use crate::story::Story;

/// A line of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    start: f64,
    duration: f64,
}

impl Timeline {
    /// The line of a story; nothing where no entry has a time.
    pub fn of(story: &Story) -> Option<Timeline> {
        Some(Timeline { start: story.start()?, duration: story.duration()? })
    }

    /// Where a moment lies, in epoch milliseconds: from 0 at the start to 1 at the end.
    pub fn at(&self, time: f64) -> f64 {
        if self.duration <= 0.0 { 0.0 } else { ((time - self.start) / self.duration).clamp(0.0, 1.0) }
    }

    /// A mark on a line of so many characters.
    pub fn mark(&self, time: f64, columns: usize) -> String {
        let column = (self.at(time) * columns as f64) as usize;
        format!("{}╵", " ".repeat(column.min(columns.saturating_sub(1))))
    }

    /// A bar on a line of so many characters, to an eighth of one at its end; one that is too short to see is a sliver.
    pub fn bar(&self, span: &Span, columns: usize) -> String {
        const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
        let eighths = |time: f64| (self.at(time) * columns as f64 * 8.0).round() as usize;
        // A character is filled from its left alone, so a bar begins with a whole one.
        let first = (eighths(span.start()) / 8).min(columns.saturating_sub(1));
        let length = eighths(span.end).saturating_sub(first * 8).max(1);
        format!("{}{}{}", " ".repeat(first), "█".repeat(length / 8), EIGHTHS[length % 8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(start: f64, end: f64) -> String {
        let span = Span { name: String::new(), milliseconds: end - start, end };
        Timeline { start: 0.0, duration: 100.0 }.bar(&span, 10)
    }

    #[test]
    fn a_bar_covers_its_time() {
        assert_eq!(bar(0.0, 100.0), "██████████");
        assert_eq!(bar(20.0, 50.0), "  ███");
        assert_eq!(bar(20.0, 55.0), "  ███▌");
        assert_eq!(bar(100.0, 100.0), "         █");
        assert_eq!(bar(50.0, 50.0), "     ▏");
    }

    #[test]
    fn a_mark_stays_on_the_line() {
        let line = Timeline { start: 0.0, duration: 100.0 };
        assert_eq!((line.mark(0.0, 10).as_str(), line.mark(100.0, 10).as_str()), ("╵", "         ╵"));
        assert_eq!(Timeline { start: 5.0, duration: 0.0 }.mark(5.0, 10), "╵");
    }
}
