//! `substr(s, start [, length])`: a part of a text.

use crate::prelude::*;

pub static SUBSTR: Function = Function {
    name: "substr",
    aliases: &[],
    params: &[once("s", Kind::Text), once("start", Kind::Number), optional("length", Kind::Number)],
    returns: Returns::Is(Type::Text),
    doc: "The part of `s` from the character (Unicode code point) `start` on, counted from 0, to the end or with \
          `length` so many characters. What lies outside of `s` is cut off.",
    examples: &[
        ("substr('xyZfooxyZ', 3)", "fooxyZ"),
        ("substr('xyZfooxyZ', 3, 3)", "foo"),
        ("substr('Grüße', 2, 2)", "üß"),
        ("substr('foo', -1, 9)", "foo"),
    ],
    row: |args| {
        let text = part(args.text(0)?, args.number(1)?);
        Some(Value::text(if args.count() > 2 { head(text, args.number(2)?) } else { text }))
    },
    column: Some(|args| {
        let (texts, starts) = (args.texts(0), args.numbers(1));
        if args.columns.len() < 3 {
            return args.make_texts(|row| Some(part(texts.get(row)?, starts.get(row)?)));
        }
        let lengths = args.numbers(2);
        args.make_texts(|row| Some(head(part(texts.get(row)?, starts.get(row)?), lengths.get(row)?)))
    }),
};

fn part(text: &str, start: f64) -> &str {
    &text[offset(text, start)..]
}

fn head(text: &str, length: f64) -> &str {
    &text[..offset(text, length)]
}

/// Where the character of this number begins, or the text ends.
fn offset(text: &str, character: f64) -> usize {
    // A conversion to an integer cuts the fraction, and what is negative or too large, too.
    let character = character as usize;
    // Up to there characters and bytes are the same, mostly.
    match text.as_bytes().get(..character) {
        Some(ahead) if ahead.is_ascii() => character,
        _ => text.char_indices().nth(character).map_or(text.len(), |(offset, _)| offset),
    }
}

#[cfg(test)]
mod tests {
    use super::{head, part};

    #[test]
    fn parts_lie_within_the_text() {
        assert_eq!(part("añb", 1.0), "ñb");
        assert_eq!(part("añb", 2.9), "b");
        assert_eq!(part("añb", 3.0), "");
        assert_eq!(part("añb", 1e300), "");
        assert_eq!(part("añb", -5.0), "añb");
        assert_eq!(head("añb", 2.0), "añ");
        assert_eq!(head("añb", -1.0), "");
        assert_eq!(head("añb", 4.0), "añb");
    }
}
