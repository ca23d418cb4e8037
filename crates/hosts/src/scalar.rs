//! YAML's scalars, decoded anew with the place of every character.
//!
//! The parser gives the value of a scalar and the bytes it stands in, not which came from which. Each style is decoded
//! here a second time, and the parser's value decides: where the two disagree, the whole scalar is one place.

use syntax::Span;

use crate::form::{Escape, Form};
use crate::text::Text;

/// How a scalar is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `text`
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// The text of a scalar that stands here, with its places.
pub fn decode(yaml: &str, value: &str, style: Style, span: Span) -> Text {
    let raw = span.text(yaml);
    let mut text = Text::written(form(yaml, value, style, span)).from_byte(span.start);
    let decoded = match style {
        Style::Plain => flow(raw, span.start as usize, style),
        Style::SingleQuoted | Style::DoubleQuoted => {
            flow(raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default(), span.start as usize + 1, style)
        }
        Style::Literal | Style::Folded => block(yaml, value, style, span),
    };
    let mut left = value;
    for (part, from, coded) in decoded {
        // A block may end in more line breaks than its value.
        let breaks = part.trim_matches('\n').is_empty() && part.starts_with(left);
        let part = if breaks { left } else { part.as_str() };
        let Some(rest) = left.strip_prefix(part) else { break };
        match coded {
            true => text.push_coded(part, from),
            false => text.push(part, from.start as usize),
        }
        left = rest;
    }
    if text.as_str() == value {
        return text;
    }
    let mut whole = Text::written(form(yaml, value, style, span)).from_byte(span.start);
    whole.push_coded(value, span);
    whole
}

/// What was decoded, the bytes it came from, and whether they are other bytes.
type Decoded = Vec<(String, Span, bool)>;

fn form(yaml: &str, value: &str, style: Style, span: Span) -> Form {
    let start = span.start as usize;
    let before = yaml.get(..start).unwrap_or_default();
    let indentation = " ".repeat(before.len() - before.rfind('\n').map_or(0, |it| it + 1));
    let raw = span.text(yaml);
    // Lines behind the first of a scalar that is no block stand where its second does.
    let next = raw.split('\n').skip(1).find(|it| !it.trim().is_empty());
    let next: String = next.map(|it| it.chars().take_while(|it| *it == ' ').collect()).unwrap_or_default();
    let folded = |escape: Escape| match raw.contains('\n') {
        true => Form { folds: true, ..Form::block(escape, &next) },
        false => Form::one_line(escape, " "),
    };
    match style {
        Style::Literal => Form::block(Escape::None, &indentation),
        Style::Folded => Form { folds: true, ..Form::block(Escape::None, &indentation) },
        Style::Plain => folded(Escape::None),
        Style::SingleQuoted => folded(Escape::SingleQuoted),
        Style::DoubleQuoted if value.contains('\n') => Form::one_line(Escape::DoubleQuoted, "\\n"),
        Style::DoubleQuoted => folded(Escape::DoubleQuoted),
    }
}

/// A plain or quoted scalar: escapes, and lines that are folded.
fn flow(raw: &str, start: usize, style: Style) -> Decoded {
    let mut decoded = Decoded::new();
    let span = |from: usize, to: usize| Span { start: (start + from) as u32, end: (start + to) as u32 };
    let mut at = 0;
    while let Some(next) = raw[at..].chars().next() {
        let rest = &raw[at..];
        // Blanks are content unless a line ends behind them.
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_break = rest[blanks..].starts_with(['\n', '\r']);
        let (part, length, coded) = if is_break {
            let length = rest.len() - rest.trim_start().len();
            let breaks = rest[..length].matches('\n').count().max(1);
            let fold = if breaks == 1 { String::from(" ") } else { "\n".repeat(breaks - 1) };
            (fold, length, true)
        } else if style == Style::SingleQuoted && rest.starts_with("''") {
            (String::from("'"), 2, true)
        } else if style == Style::DoubleQuoted && next == '\\' {
            escape(rest)
        } else {
            (next.to_string(), next.len_utf8(), false)
        };
        decoded.push((part, span(at, at + length), coded));
        at += length;
    }
    decoded
}

/// An escape of a scalar in double quotes, and how many bytes it has.
fn escape(rest: &str) -> (String, usize, bool) {
    let Some(sign) = rest[1..].chars().next() else { return (String::new(), 1, true) };
    let digits = match sign {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let code = rest.get(2..2 + digits).and_then(|it| u32::from_str_radix(it, 16).ok());
        let text = code.and_then(char::from_u32).map(String::from).unwrap_or_default();
        return (text, (2 + digits).min(rest.len()), true);
    }
    let text = match sign {
        '0' => "\0",
        'a' => "\u{7}",
        'b' => "\u{8}",
        't' | '\t' => "\t",
        'n' => "\n",
        'v' => "\u{b}",
        'f' => "\u{c}",
        'r' => "\r",
        'e' => "\u{1b}",
        'N' => "\u{85}",
        '_' => "\u{a0}",
        'L' => "\u{2028}",
        'P' => "\u{2029}",
        // The line goes on behind the blanks of the next.
        '\n' | '\r' => {
            let behind = rest[1..].trim_start_matches('\r').trim_start_matches('\n');
            return (String::new(), rest.len() - behind.trim_start_matches([' ', '\t']).len(), true);
        }
        other => return (other.to_string(), 1 + other.len_utf8(), true),
    };
    (text.to_owned(), 2, true)
}

/// A line of a block, its indentation taken off.
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// Where its line break ends.
    end: usize,
}

/// A literal or folded block.
fn block(yaml: &str, value: &str, style: Style, span: Span) -> Decoded {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = yaml.get(..start).unwrap_or_default();
    let indentation = before.len() - before.rfind('\n').map_or(0, |it| it + 1);
    let mut lines = Vec::new();
    let mut at = start;
    while at < end {
        let line_end = yaml[at..].find('\n').map_or(yaml.len(), |it| at + it + 1);
        // The span reaches to what comes next: the blanks ahead of that are no line.
        if line_end > end && yaml[at..end].trim().is_empty() {
            break;
        }
        let own = if at == start { 0 } else { indentation };
        let line = &yaml[at..line_end];
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let from = at + own.min(blanks);
        lines.push(Line { text: yaml[from..line_end].trim_end_matches(['\n', '\r']), start: from, end: line_end });
        at = line_end;
    }
    let at = |from: usize, to: usize| Span { start: from as u32, end: to as u32 };
    // Empty lines ahead of the text lie ahead of the span.
    let ahead = value.len() - value.trim_start_matches('\n').len();
    let mut decoded = Decoded::new();
    if ahead > 0 {
        decoded.push(("\n".repeat(ahead), at(start, start), true));
    }
    let more = |line: &Line| line.text.starts_with([' ', '\t']);
    let mut place = 0;
    while let Some(line) = lines.get(place) {
        decoded.push((line.text.to_owned(), at(line.start, line.start + line.text.len()), false));
        let content_end = line.start + line.text.len();
        let next = (place + 1..lines.len()).find(|it| !lines[*it].text.is_empty() || style == Style::Literal);
        let break_of = |text: String, until: usize| (text, at(content_end, until), true);
        match next {
            Some(next) if style == Style::Folded => {
                let breaks = next - place;
                let kept = more(line) || more(&lines[next]);
                let fold = match breaks {
                    _ if kept => "\n".repeat(breaks),
                    1 => String::from(" "),
                    _ => "\n".repeat(breaks - 1),
                };
                // A line break alone is a place of its own; folded, it takes the indentation with it.
                let until = if kept && breaks == 1 { line.end } else { lines[next].start };
                decoded.push(break_of(fold, until));
                place = next;
            }
            Some(next) => {
                decoded.push(break_of(String::from("\n"), line.end));
                place = next;
            }
            None => {
                decoded.push(break_of("\n".repeat(lines.len() - place), line.end));
                break;
            }
        }
    }
    decoded
}
