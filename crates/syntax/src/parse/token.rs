//! Names, strings, numbers, regular expressions: the upper-case productions of the grammar.

use super::failure::{Expected, expected, known};
use super::input::{Input, Parsed};
use super::scan;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Name, Part, Path};
use crate::span::Span;

/// Words that are no names: in backticks they are.
pub const RESERVED: &[&str] = &["and", "as", "by", "false", "in", "like", "not", "or", "true"];

/// A word of the language, in any case.
pub(crate) fn keyword<'a>(word: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, Span> {
    move |input| {
        let found = dotted(input.rest());
        match found.eq_ignore_ascii_case(word) {
            true => Ok((input.behind(found), input.span_to(input.behind(found)))),
            false => expected(input, Expected::Token(word)),
        }
    }
}

/// A sign of the language: `(`, `,`.
pub(crate) fn sign<'a>(sign: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, Span> {
    move |input| match input.rest().starts_with(sign) {
        true => Ok((input.behind(sign), input.span_to(input.behind(sign)))),
        false => expected(input, Expected::Token(sign)),
    }
}

/// The next word, whatever it says: `count`, `countFrequent`. It has no dots.
pub(crate) fn word(input: Input) -> Parsed<Name> {
    let text = plain(input.rest());
    if text.is_empty() {
        return expected(input, Expected::Thing("a word"));
    }
    let after = input.behind(text);
    Ok((after, Name { text: text.to_owned(), span: input.span_to(after) }))
}

/// A name that the query gives: `seconds`, `@user`, `http.status`, `` `odd name` ``
pub(crate) fn name(input: Input) -> Parsed<Name> {
    if matches!(input.rest().chars().next(), Some('"' | '\'')) {
        let span = super::failure::token_at(input.whole(), input.place());
        let diagnostic = Diagnostic::new(Code::BadName, span, "a name stands without quotes, found a string");
        return known(diagnostic.help("a name with blanks or signs stands in backticks: `error rate`"));
    }
    let (after, path) = path(input)?;
    let text = path.name();
    if path.parts.iter().any(|part| matches!(part, Part::Index(_))) {
        return known(Diagnostic::new(Code::BadName, path.span, &format!("a new name has no index, found `{text}`")));
    }
    Ok((after, Name { text, span: path.span }))
}

/// `@message`, `request.headers.0`, `items[0].id`, `` a.`b-c` ``, `` @`aws.tag.team` ``
pub(crate) fn path(input: Input) -> Parsed<Path> {
    let text = input.rest();
    if RESERVED.iter().any(|word| word.eq_ignore_ascii_case(dotted(text))) {
        return expected(input, Expected::Thing("a name"));
    }
    let Some((first, mut length)) = head(text) else {
        return open_backtick(input).unwrap_or_else(|| expected(input, Expected::Thing("a name")));
    };
    let mut parts = vec![Part::Key(first)];
    while let Some((part, more)) = step(&text[length..]) {
        parts.push(part);
        length += more;
    }
    if text[length..].starts_with(".`") {
        return open_backtick(input.skip_to(input.place() as usize + length + 1))
            .unwrap_or_else(|| expected(input, Expected::Thing("a name")));
    }
    let after = input.behind(&text[..length]);
    Ok((after, Path { parts, span: input.span_to(after) }))
}

/// `cpu*`, `*.count`: a pattern of names
pub(crate) fn wildcard(input: Input) -> Parsed<Name> {
    let text = prefix(input.rest(), |it| is_name(it) || matches!(it, '.' | '*'));
    if !text.contains('*') {
        return expected(input, Expected::Thing("a name with `*`"));
    }
    let after = input.behind(text);
    Ok((after, Name { text: text.to_owned(), span: input.span_to(after) }))
}

/// A word that is no reserved one: what a function may be called.
pub(crate) fn plain_word(input: Input) -> Parsed<Name> {
    path(input)?;
    word(input)
}

/// A step inside what a call gives: `.key`, `[0]`
pub(crate) fn access_step(input: Input) -> Parsed<(Part, Span)> {
    match step(input.rest()) {
        Some((part, length)) => {
            let after = input.behind(&input.rest()[..length]);
            Ok((after, (part, input.span_to(after))))
        }
        None => expected(input, Expected::Thing("`.` and a name")),
    }
}

/// `"text"`, `'text'`: escapes undone
pub(crate) fn string(input: Input) -> Parsed<String> {
    let Some(quote) = input.rest().chars().next().filter(|it| matches!(it, '"' | '\'')) else {
        return expected(input, Expected::Thing("a string"));
    };
    match scan::string(input.rest()) {
        Some(token) => Ok((input.behind(token), unescape(&token[1..token.len() - 1]))),
        None => unterminated(input, "string", &format!("`{quote}`")),
    }
}

/// `/regex/`: without the slashes, `\/` made `/`
pub(crate) fn regex(input: Input) -> Parsed<String> {
    if !input.rest().starts_with('/') {
        return expected(input, Expected::Thing("a regular expression"));
    }
    let Some(token) = scan::regex(input.rest()) else {
        return unterminated(input, "regular expression", "`/`: inside, `/` is written `\\/`, and `[` is `\\[`");
    };
    let rest = &input.rest()[token.len()..];
    let flags = plain(rest);
    if !flags.is_empty() && flags.bytes().all(|it| b"gimsuxy".contains(&it)) {
        let start = input.place() + token.len() as u32;
        let span = Span { start, end: start + flags.len() as u32 };
        let message = format!("a flag stands inside the expression, found `{flags}` behind it");
        let help = format!("write `/(?{flags}){}`", &token[1..]);
        return known(Diagnostic::new(Code::RegexFlag, span, &message).help(&help));
    }
    Ok((input.behind(token), unslash(&token[1..token.len() - 1])))
}

/// `my-group`, `/aws/lambda/api`: a log group without quotes
pub(crate) fn bare_group(input: Input) -> Parsed<String> {
    match prefix(input.rest(), |it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '/' | '.')) {
        "" => expected(input, Expected::Thing("a name")),
        name => Ok((input.behind(name), name.to_owned())),
    }
}

/// Whether a text can stand as the first part of a path without backticks.
pub(crate) fn is_plain_head(text: &str, dotted: bool) -> bool {
    !text.is_empty() && plain(text) == text && (dotted || !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(text)))
}

/// The same of the parts behind the first.
pub(crate) fn is_plain_step(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_name)
}

/// `count`, `@@name`, `a_1`: the plain word at the start of a text, or nothing.
fn plain(text: &str) -> &str {
    let letters = text.trim_start_matches('@');
    match letters.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
        true => prefix(text, is_name),
        false => "",
    }
}

/// The same with what follows it behind dots: a keyword is no part of a path.
fn dotted(text: &str) -> &str {
    let word = plain(text);
    match text[word.len()..].starts_with('.') && step(&text[word.len()..]).is_some() {
        true => "",
        false => word,
    }
}

/// The first part of a path, and how long it is.
fn head(text: &str) -> Option<(String, usize)> {
    let word = plain(text);
    if !word.is_empty() {
        return Some((word.to_owned(), word.len()));
    }
    let system = usize::from(text.starts_with("@`"));
    let quoted = quoted(&text[system..])?;
    Some((format!("{}{quoted}", &text[..system]), system + quoted.len() + 2))
}

/// A further part of a path, and how long it is, with its dot or brackets.
fn step(text: &str) -> Option<(Part, usize)> {
    if let Some(inside) = text.strip_prefix('[') {
        let digits = prefix(inside, |it| it.is_ascii_digit());
        inside[digits.len()..].starts_with(']').then_some(())?;
        return Some((Part::Index(digits.parse().ok()?), digits.len() + 2));
    }
    let inside = text.strip_prefix('.')?;
    if let Some(quoted) = quoted(inside) {
        return Some((Part::Key(quoted.to_owned()), quoted.len() + 3));
    }
    let word = prefix(inside, is_name);
    (!word.is_empty()).then(|| (Part::Key(word.to_owned()), word.len() + 1))
}

/// What stands in the backticks at the start of a text: at least one character, none of them NUL.
fn quoted(text: &str) -> Option<&str> {
    let token = scan::backticks(text)?;
    Some(&token[1..token.len() - 1]).filter(|name| !name.is_empty() && !name.contains('\0'))
}

/// What is wrong with the backtick here, if there is one.
fn open_backtick<'a, T>(input: Input<'a>) -> Option<Parsed<'a, T>> {
    let text = input.rest().strip_prefix('@').unwrap_or(input.rest());
    if !text.starts_with('`') {
        return None;
    }
    Some(match scan::backticks(text) {
        Some(empty) => {
            let span = input.span_to(input.behind(empty));
            let message = match empty.len() {
                2 => "a name in backticks has at least one character",
                _ => "a name in backticks holds no NUL",
            };
            known(Diagnostic::new(Code::BadName, span, message))
        }
        None => unterminated(input, "name in backticks", "a backtick on the same line"),
    })
}

fn unterminated<'a, T>(input: Input<'a>, what: &str, end: &str) -> Parsed<'a, T> {
    let line = input.rest().lines().next().unwrap_or_default().trim_end();
    let span = Span { start: input.place(), end: input.place() + line.len() as u32 };
    let message = format!("the {what} that begins here never ends");
    known(Diagnostic::new(Code::Unterminated, span, &message).help(&format!("it ends with {end}")))
}

/// `\"`, `\'`, `\\`, `\n`, `\t`, `\r` undone; any other backslash stands for itself.
fn unescape(text: &str) -> String {
    let mut undone = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        if it != '\\' {
            undone.push(it);
            continue;
        }
        match rest.next() {
            Some('n') => undone.push('\n'),
            Some('t') => undone.push('\t'),
            Some('r') => undone.push('\r'),
            Some(quoted @ ('"' | '\'' | '\\')) => undone.push(quoted),
            Some(other) => undone.extend(['\\', other]),
            None => undone.push('\\'),
        }
    }
    undone
}

/// `\/` made `/`; every other escape stays.
fn unslash(text: &str) -> String {
    let mut undone = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(it) = rest.next() {
        match (it, it == '\\') {
            (_, false) => undone.push(it),
            (_, true) => match rest.next() {
                Some('/') => undone.push('/'),
                other => undone.extend(std::iter::once('\\').chain(other)),
            },
        }
    }
    undone
}

pub(super) fn is_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '@' | '_')
}

/// The characters at the start of a text that belong.
pub(super) fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|it| !belongs(it)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parts(text: &str) -> Vec<Part> {
        let (after, path) = path(Input::new(text)).unwrap();
        assert_eq!(after.rest(), "", "{text}");
        path.parts
    }

    fn key(text: &str) -> Part {
        Part::Key(text.to_owned())
    }

    #[test]
    fn paths_are_parts() {
        assert_eq!(parts("a.b.0.c"), [key("a"), key("b"), key("0"), key("c")]);
        assert_eq!(parts("`a.b`"), [key("a.b")]);
        assert_eq!(parts("@`aws.tag.x`"), [key("@aws.tag.x")]);
        assert_eq!(parts("@@x.@y"), [key("@@x"), key("@y")]);
        assert_eq!(parts("a[2].`b c`"), [key("a"), Part::Index(2), key("b c")]);
        assert_eq!(parts("in.x"), [key("in"), key("x")]);
        assert_eq!(parts("by_user"), [key("by_user")]);
    }

    #[test]
    fn reserved_words_are_no_names() {
        for word in RESERVED {
            assert!(path(Input::new(word)).is_err() && path(Input::new(&word.to_uppercase())).is_err(), "{word}");
        }
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn keywords_end_where_words_end() {
        assert!(keyword("by")(Input::new("BY x")).is_ok());
        assert!(keyword("in")(Input::new("in[1]")).is_ok());
        for other in ["byte", "by_x", "by.x", "b", ""] {
            assert!(keyword("by")(Input::new(other)).is_err(), "{other}");
        }
    }

    #[test]
    fn strings_undo_the_escapes_they_have() {
        let text = |text| string(Input::new(text)).unwrap().1;
        assert_eq!(text(r#""a\"b\'c\\d\ne\tf\rg""#), "a\"b'c\\d\ne\tf\rg");
        assert_eq!(text(r"'\d+\.\s'"), r"\d+\.\s");
        assert_eq!(text("'say \"hi\"'"), "say \"hi\"");
        assert_eq!(text("''"), "");
    }

    #[test]
    fn regexes_keep_all_escapes_but_that_of_the_slash() {
        let text = |text| regex(Input::new(text)).unwrap().1;
        assert_eq!(text(r"/a\/b\\/"), r"a/b\\");
        assert_eq!(text("/[^/]+\n/"), "[^/]+\n");
        assert_eq!(text("//"), "");
    }

    #[test]
    fn a_flag_behind_a_regex_is_told_where_it_belongs() {
        let fault = &crate::parse("filter a like /x/i").unwrap_err()[0];
        assert_eq!((fault.code, fault.help.as_deref()), (Code::RegexFlag, Some("write `/(?i)x/`")));
        assert!(crate::parse("filter a like /x/and b").is_ok());
    }

    #[test]
    fn names_that_never_end_end_with_their_line() {
        for text in ["fields `a\n| limit 1", "filter a = 'b\n| limit 1", "filter a like /b\n| limit 1", "fields a.`b\n"]
        {
            let faults = crate::parse(text).unwrap_err();
            assert_eq!((faults.len(), faults[0].code), (1, Code::Unterminated), "{text}");
        }
        assert_eq!(crate::parse("fields ``").unwrap_err()[0].code, Code::BadName);
        assert_eq!(crate::parse("fields a as 'b'").unwrap_err()[0].code, Code::BadName);
        assert_eq!(crate::parse("fields a as b[0]").unwrap_err()[0].code, Code::BadName);
    }
}
