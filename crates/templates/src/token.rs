//! A skeleton's tokens: its words, and which of them belong to its form.

use crate::kind::Kind;
use crate::skeleton::{is_of_word, peeled};

/// A word of a skeleton.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it begins, in bytes.
    pub(crate) begin: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// What it is to the template.
    pub(crate) role: Role,
    /// Whether it says nothing of the statement that wrote the message: it is the text of a key that is not for people.
    pub(crate) is_datum: bool,
}

/// What a word is to a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is of its form: the key of a value, `"key":` and `key=`, or a level of severity. Messages that differ in it
    /// are of different templates.
    Form,
    /// It may vary.
    Word,
    /// It is a mark alone.
    Mark(Kind),
}

/// The tokens of a skeleton, in order.
///
/// A text in JSON is one token, whatever is in it, unless its key says that people are to read it: so the name of a
/// browser is a value, and a message is words. The same holds of `key="text"`, and `key=word` is no less a value.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let is_of_token = |byte: &u8| is_of_word(*byte) || Kind::of_mark(char::from(*byte)).is_some();
    let mut found = Vec::new();
    let mut at = 0;
    // Where the value of a key begins, if it is not for people and stands in no quotes.
    let mut value = None;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|it| is_of_token(it)).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let (begin, end) = peeled(bytes, at, at + run);
        at += run;
        if begin == end {
            continue;
        }
        let behind_key = begin.checked_sub(1).filter(|it| bytes[*it] == b'"').and_then(|_| behind_key(&bytes[end..]));
        // Not in quotes: there, the sign behind a word is the last of its base 64.
        let is_assigned = bytes[end..].starts_with(b"=") && begin.checked_sub(1).is_none_or(|it| bytes[it] != b'"');
        let is_form = behind_key.is_some() || is_assigned;
        let role = if is_form { Role::Form } else { role_of(&bytes[begin..end]) };
        found.push(Token { begin, end, role, is_datum: !is_form && value == Some(begin) });
        if !is_form || is_for_people(&text[begin..end]) {
            continue;
        }
        let begin = end + behind_key.unwrap_or(1);
        let length = if behind_key.is_some() { text_in_json(&bytes[begin..]) } else { assigned_text(&bytes[begin..]) };
        value = Some(begin);
        if let Some(length) = length {
            let (begin, end) = (begin + 1, begin + 1 + length);
            found.push(Token { begin, end, role: role_of(&bytes[begin..end]), is_datum: true });
            at = end + 1;
        }
    }
    found
}

/// What a word is that is no key.
fn role_of(word: &[u8]) -> Role {
    if let [mark] = word
        && let Some(kind) = Kind::of_mark(char::from(*mark))
    {
        return Role::Mark(kind);
    }
    if is_level(word) { Role::Form } else { Role::Word }
}

/// How much stands between a key in quotes and its value: `": `.
fn behind_key(behind: &[u8]) -> Option<usize> {
    let colon = behind.strip_prefix(b"\"")?.iter().position(|it| *it != b' ')? + 1;
    let value = behind.get(colon).filter(|it| **it == b':').map(|_| colon + 1)?;
    Some(value + behind[value..].iter().take_while(|it| **it == b' ').count())
}

/// How long the text in quotes is that a value in JSON begins with, if it is one; it may be cut.
fn text_in_json(value: &[u8]) -> Option<usize> {
    value.strip_prefix(b"\"").map(quoted)
}

/// How long the text in quotes is that an assigned value begins with, if what is behind it tells that these quotes are
/// its own: `"message":"k=","x"` assigns nothing.
fn assigned_text(value: &[u8]) -> Option<usize> {
    let text = value.strip_prefix(b"\"")?;
    let length = quoted(text);
    let behind = text.get(length..)?.strip_prefix(b"\"")?;
    matches!(behind.first(), None | Some(b' ' | b',' | b';' | b')' | b']' | b'}' | b'|')).then_some(length)
}

/// How long a text is, up to the quote that ends it.
fn quoted(text: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = text.iter().position(|it| {
        let ends = *it == b'"' && !is_escaped;
        is_escaped = *it == b'\\' && !is_escaped;
        ends
    });
    end.unwrap_or(text.len())
}

/// Whether a key says that its text is for people, or what happened.
fn is_for_people(key: &str) -> bool {
    const PARTS: [&str; 13] = [
        "event",
        "message",
        "msg",
        "error",
        "exception",
        "stack",
        "trace",
        "text",
        "log",
        "description",
        "reason",
        "cause",
        "detail",
    ];
    let key = key.to_ascii_lowercase();
    PARTS.iter().any(|it| key.contains(it))
}

/// Whether a word tells how severe a message is.
fn is_level(word: &[u8]) -> bool {
    const LEVELS: [&str; 9] = ["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL"];
    LEVELS.iter().any(|it| it.as_bytes() == word || it.to_lowercase().as_bytes() == word)
}

/// A part of a skeleton as people read it, without numbers: `/orders/<Number>`.
pub(crate) fn readable(text: &str) -> String {
    let mut readable = String::with_capacity(text.len());
    for it in text.chars() {
        match Kind::of_mark(it) {
            Some(kind) => readable.extend(["<", kind.name(), ">"]),
            None => readable.push(it),
        }
    }
    readable
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::skeleton::Skeleton;

    #[test]
    fn keys_and_levels_are_of_the_form() {
        let mut skeleton = Skeleton::default();
        skeleton.read(r#"{"level":"info","user" : "ann","n":5} ERROR at=noon of /a/7: done"#);
        let told = |it: &Token| {
            format!(
                "{}{}",
                readable(&skeleton.text[it.begin..it.end]),
                match it.role {
                    Role::Form => "!",
                    Role::Word => "",
                    Role::Mark(_) => "*",
                }
            )
        };
        let found: Vec<String> = tokens(&skeleton.text).iter().map(told).collect();
        assert_eq!(
            found,
            [
                "level!",
                "info!",
                "user!",
                "ann",
                "n!",
                "<Number>*",
                "ERROR!",
                "at!",
                "noon",
                "of",
                "/a/<Number>",
                "done"
            ]
        );
    }

    #[test]
    fn a_text_in_json_is_one_token_unless_it_is_for_people() {
        let texts = |text: &str| -> Vec<String> {
            tokens(text).iter().filter(|it| it.role == Role::Word).map(|it| text[it.begin..it.end].to_owned()).collect()
        };
        assert_eq!(
            texts(r#"{"agent":"a (b; c)","errorMessage" : "d e","x":"","y": "-","z":"f \"g\" h"}"#),
            ["a (b; c)", "d", "e", "", "-", r#"f \"g\" h"#]
        );
        assert_eq!(texts(r#"{"agent":"never ended"#), ["never ended"]);
        assert_eq!(texts(r#"{"agent":"#), [""; 0]);
    }

    #[test]
    fn what_is_assigned_to_a_key_is_a_value() {
        let told = |text: &str| -> Vec<String> {
            let name = |it: &Token| format!("{}{}", &text[it.begin..it.end], if it.is_datum { "*" } else { "" });
            tokens(text).iter().filter(|it| it.role == Role::Word).map(name).collect()
        };
        assert_eq!(
            told(r#"user=ann tag="View (a) Lock", host= up by=/a/b: end"#),
            ["ann*", "View (a) Lock*", "up", "/a/b*", "end"]
        );
        assert_eq!(told(r#"msg="order placed" error=timeout n = x"#), ["order", "placed", "timeout", "n", "x"]);
        assert_eq!(told(r#"/items?sort=asc&by=name"#), ["/items", "name*"]);
        assert_eq!(told(r#"{"found":true,"error":null,"of": false}"#), ["true*", "null", "false*"]);
        // None of these quotes begins a value.
        assert_eq!(told(r#"{"message":"all k=","x":"y z"}"#), ["all", "y z*"]);
        assert_eq!(told(r#"size="five inches"#), ["five", "inches"]);
    }
}
