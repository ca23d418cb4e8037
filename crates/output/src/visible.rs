//! Text on one line of a terminal: how wide it is, and signs for what would break the line or command the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Appends a text as it may stand on one line: `↵` for line ends within it, blanks for tabs, signs for other control
/// characters. Line ends and blanks at the end, which most messages have, are left out.
pub fn push(text: &str, into: &mut String) {
    let text = text.trim_end_matches(['\n', '\r', '\t', ' ']);
    if text.bytes().all(|it| (b' '..0x7f).contains(&it)) {
        into.push_str(text);
        return;
    }
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            it => into.push(sign(it)),
        }
    }
}

/// How many columns of a terminal a text takes that [`push`] made.
pub fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The longest head of a text that takes no more than so many columns, and how many it takes.
pub fn head(text: &str, columns: usize) -> (&str, usize) {
    if text.is_ascii() {
        let end = text.len().min(columns);
        return (&text[..end], end);
    }
    let mut taken = 0;
    for (at, char) in text.char_indices() {
        let width = char.width().unwrap_or(0);
        if taken + width > columns {
            return (&text[..at], taken);
        }
        taken += width;
    }
    (text, taken)
}

/// The sign that stands for a character where it would break the line or command the terminal; else itself.
pub fn sign(char: char) -> char {
    match char {
        '\n' => '↵',
        '\t' => ' ',
        // Unicode has a picture for each control character of ASCII.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        // What else commands a terminal, or turns the direction of the text behind it.
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            char::REPLACEMENT_CHARACTER
        }
        it => it,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut shown = String::new();
        push(text, &mut shown);
        shown
    }

    #[test]
    fn nothing_breaks_the_line_or_commands_the_terminal() {
        assert_eq!(shown("REPORT\tDuration: 1 ms\t\n"), "REPORT Duration: 1 ms");
        assert_eq!(shown("a\nb\r\nc\n\n"), "a↵b↵c");
        assert_eq!(shown("\u{1b}[31mred\u{7}\r."), "␛[31mred␇␍.");
        assert_eq!(shown("a\u{202e}b\u{9b}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(shown("ü 日本"), "ü 日本");
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(head("日本語", 5), ("日本", 4));
        assert_eq!(head("e\u{301}x", 1), ("e\u{301}", 1));
        assert_eq!(head("abc", 2), ("ab", 2));
        assert_eq!(head("ab", 5), ("ab", 2));
    }
}
