//! A diagnostic drawn under the query, as plain text.

use unicode_width::UnicodeWidthChar;

use crate::diagnostic::{Diagnostic, Label};

/// The diagnostic with the lines of the query it is about, its places underlined.
///
/// ```
/// let text = "fields level\n| limit ten";
/// let faults = syntax::parse(text).unwrap_err();
/// let drawn = "\
/// error[unexpected]: `limit` takes a whole number, found `ten`
///   |
/// 2 | | limit ten
///   |         ^^^";
/// assert_eq!(syntax::render(&faults[0], text), drawn);
/// ```
pub fn render(diagnostic: &Diagnostic, text: &str) -> String {
    let marks = marks(diagnostic, text);
    let margin = marks.iter().map(|mark| (mark.line + 1).to_string().len()).max().unwrap_or(1);
    let mut lines = vec![format!("{}[{}]: {}", diagnostic.severity(), diagnostic.code, diagnostic.message)];
    let mut shown = None;
    for mark in &marks {
        match shown {
            None => lines.push(format!("{:margin$} |", "")),
            Some(line) if line + 1 < mark.line => lines.push("...".to_owned()),
            _ => {}
        }
        if shown != Some(mark.line) {
            let drawn: String = mark.text.chars().map(drawn).collect();
            lines.push(format!("{:>margin$} | {drawn}", mark.line + 1).trim_end().to_owned());
            shown = Some(mark.line);
        }
        let sign = if mark.main { "^" } else { "-" };
        let under = format!("{:margin$} | {:2$}{3} {4}", "", "", mark.from, sign.repeat(mark.width), mark.label);
        lines.push(under.trim_end().to_owned());
    }
    if let Some(help) = &diagnostic.help {
        lines.push(format!("{:margin$} = help: {help}", ""));
    }
    lines.join("\n")
}

/// What is underlined in one line.
struct Mark<'a> {
    line: usize,
    text: &'a str,
    /// In columns of the line as drawn.
    from: usize,
    width: usize,
    main: bool,
    label: &'a str,
}

/// The marks of all labels, from line to line. Of a label over several lines the first and the last are marked.
fn marks<'a>(diagnostic: &'a Diagnostic, text: &'a str) -> Vec<Mark<'a>> {
    let mut marks = Vec::new();
    for (place, label) in diagnostic.labels.iter().enumerate() {
        marks.extend(marks_of(label, place == 0, text));
    }
    marks.sort_by_key(|mark| mark.line);
    marks
}

fn marks_of<'a>(label: &'a Label, main: bool, text: &'a str) -> Vec<Mark<'a>> {
    let (start, end) = (label.span.start as usize, label.span.end.max(label.span.start) as usize);
    let mut marks = Vec::new();
    let mut begin = 0;
    for (line, with_end) in text.split_inclusive('\n').chain(text.is_empty().then_some("")).enumerate() {
        let content = with_end.trim_end_matches(['\n', '\r']);
        let behind = begin + with_end.len();
        let is_last = behind == text.len();
        let touches = start < behind && (end > begin || start >= begin) || (is_last && start >= behind);
        if touches {
            let from = start.clamp(begin, begin + content.len()) - begin;
            let to = end.clamp(begin, begin + content.len()) - begin;
            let from = columns(content, from);
            let width = columns(content, to).saturating_sub(from).max(1);
            marks.push(Mark { line, text: content, from, width, main, label: "" });
        }
        begin = behind;
    }
    let last = marks.len().saturating_sub(1);
    if marks.len() > 2 {
        marks.drain(1..last);
    }
    if let Some(mark) = marks.last_mut() {
        mark.label = &label.text;
    }
    marks
}

/// How many columns the first bytes of a line take.
fn columns(line: &str, bytes: usize) -> usize {
    line.char_indices()
        .take_while(|(place, _)| *place < bytes)
        .map(|(_, it)| drawn(it).chars().map(width).sum::<usize>())
        .sum()
}

/// A character as drawn: a tab is four spaces, what a terminal would obey is a replacement.
fn drawn(it: char) -> String {
    match it {
        '\t' => "    ".to_owned(),
        _ if it.is_control() => '\u{fffd}'.to_string(),
        _ => it.to_string(),
    }
}

fn width(it: char) -> usize {
    it.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::span::Span;

    fn drawn(text: &str, main: &str, other: Option<&str>) -> String {
        let span = |part: &str| {
            let start = text.find(part).unwrap_or_default();
            Span { start: start as u32, end: (start + part.len()) as u32 }
        };
        let it = Diagnostic::new(Code::Redefined, span(main), "found").saying("here").help("do");
        render(&other.map_or(it.clone(), |other| it.also(span(other), "there")), text)
    }

    #[test]
    fn two_places_in_one_line() {
        let lines = "error[redefined]: found\n  |\n1 | a b c\n  |   ^ here\n  | - there\n  = help: do";
        assert_eq!(drawn("a b c", "b", Some("a")), lines);
    }

    #[test]
    fn two_places_far_apart() {
        let text = "a\n\n\n\n\n\n\n\n\nb";
        let lines = "error[redefined]: found\n   |\n 1 | a\n   | - there\n...\n10 | b\n   | ^ here\n   = help: do";
        assert_eq!(drawn(text, "b", Some("a")), lines);
    }

    #[test]
    fn a_place_over_several_lines() {
        let text = "x 'a\nb\nc' y";
        let lines = "error[redefined]: found\n  |\n1 | x 'a\n  |   ^^\n...\n3 | c' y\n  | ^^ here\n  = help: do";
        assert_eq!(drawn(text, "'a\nb\nc'", None), lines);
    }

    #[test]
    fn wide_characters_and_tabs_are_counted_as_drawn() {
        let lines = "error[redefined]: found\n  |\n1 |     日é x\n  |         ^ here\n  = help: do";
        assert_eq!(drawn("\t日é x", "x", None), lines);
        assert!(drawn("\u{1b}[0m x", "x", None).contains("\u{fffd}[0m x\n  |      ^ here"));
    }

    #[test]
    fn odd_places_are_drawn_somewhere() {
        for (start, end) in [(0, 0), (3, 3), (9, 99), (2, 1), (1, 3)] {
            for text in ["", "abc", "a\r\nb\n", "\n\n", "日"] {
                let it = Diagnostic::new(Code::Redefined, Span { start, end }, "found");
                assert!(render(&it, text).contains('^'), "{start} {end} {text:?}");
            }
        }
    }
}
