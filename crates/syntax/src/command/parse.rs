//! `parse`: fields taken out of a text.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Expected, Input, Parsed, expected, keyword, known, name, path, regex, separated, string, unexpected,
};
use crate::query::{Command, Name, Path};
use crate::span::Span;

/// `parse @message "[*] *" as level, text`
#[derive(Clone, PartialEq, Debug)]
pub struct Parse {
    /// The field that is read; `@message` if none is named.
    pub from: Option<Path>,
    /// How.
    pub by: ParseBy,
}

/// How a text is taken apart.
#[derive(Clone, PartialEq, Debug)]
pub enum ParseBy {
    /// `"[*] *" as level, text`
    Glob {
        /// The text with its stars, escapes undone.
        pattern: String,
        /// Where the pattern stands, with its quotes.
        span: Span,
        /// What the stars stand for, in order: at least one.
        names: Vec<Name>,
    },
    /// `/\[(?<level>\w+)\]/`, `/(\d+)/ as code`
    Regex {
        /// The expression, without the slashes, `\/` made `/`.
        pattern: String,
        /// Where the pattern stands, with its slashes.
        span: Span,
        /// What its group is called, where that is not said inside.
        alias: Option<Name>,
        /// Which places of the text count.
        matches: Matches,
    },
    /// `logfmt as line`
    Logfmt {
        /// What the map of keys and values is called.
        name: Name,
    },
    /// `csv as host, method, path`
    Csv {
        /// What the cells are called, in order: at least one.
        names: Vec<Name>,
    },
}

/// Which places count where an expression fits at several of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Matches {
    /// The first.
    First,
    /// `multi`: each, as a row of its own
    All,
}

pub static PARSE: CommandSyntax = CommandSyntax {
    name: "parse",
    aliases: &[],
    synopsis: "parse [field] \"text * text\" as name, … | parse [field] /expression/ [as name] [multi] \
               | parse [field] logfmt as name | parse [field] csv as name, …",
    doc: "Takes fields out of a text, `@message` if no field is named: by a text with a `*` for each, \
          or by a regular expression with named groups, `(?<name>…)`, with `multi` a row for each match. \
          `logfmt` makes a map of pairs such as `level=info`, `csv` names the cells of a line. \
          A row that does not match stays, without the fields.",
    parse,
};

fn parse(input: Input) -> Parsed<Command> {
    // `parse logfmt as x` names no field; `parse logfmt csv as x` does.
    if let Ok((after, by)) = alt((logfmt, csv)).parse(input) {
        return Ok((after, Command::Parse(Parse { from: None, by })));
    }
    let (rest, from) = opt(path).parse(input)?;
    match alt((glob, groups, logfmt, csv)).parse(rest) {
        Err(nom::Err::Error(_)) => no_way(rest, from.as_ref()),
        found => found.map(|(after, by)| (after, Command::Parse(Parse { from, by }))),
    }
}

/// Nothing says how the text is taken apart: `parse @message`, `parse @message logfmt`, `parse logfmt @message as x`
fn no_way<'a>(input: Input<'a>, from: Option<&Path>) -> Parsed<'a, Command> {
    if let Ok((after, _)) = alt((keyword("logfmt"), keyword("csv"))).parse(input) {
        return expected(after, Expected::Token("as"));
    }
    let fault = unexpected(input.whole(), input.place(), "expected a string or a regular expression");
    let word = from.map(Path::name).filter(|it| ["logfmt", "csv"].iter().any(|word| it.eq_ignore_ascii_case(word)));
    known(match word {
        Some(word) => fault.help(&format!("`{word}` stands behind the field: `parse @message {word} as …`")),
        None => fault,
    })
}

/// `"[*] *" as level, text`
fn glob(input: Input) -> Parsed<ParseBy> {
    let (rest, pattern) = string(input)?;
    let span = input.span_to(rest);
    let (after, names) = opt(preceded(keyword("as"), cut(separated(name)))).parse(rest)?;
    match names {
        Some(names) => Ok((after, ParseBy::Glob { pattern, span, names })),
        None => {
            let diagnostic = Diagnostic::new(Code::MissingNames, span, "a name for each `*` stands behind the pattern");
            known(diagnostic.help("write `parse @message \"[*] *\" as level, text`"))
        }
    }
}

/// `/\[(?<level>\w+)\]/`, `/(\d+)/ as code`, `/(?<id>i-\w+)/ multi`
fn groups(input: Input) -> Parsed<ParseBy> {
    let (rest, pattern) = regex(input)?;
    let span = input.span_to(rest);
    let (rest, alias) = opt(preceded(keyword("as"), cut(name))).parse(rest)?;
    let (after, multi) = opt(keyword("multi")).parse(rest)?;
    let matches = if multi.is_some() { Matches::All } else { Matches::First };
    Ok((after, ParseBy::Regex { pattern, span, alias, matches }))
}

/// `logfmt as line`
fn logfmt(input: Input) -> Parsed<ParseBy> {
    let (rest, _) = (keyword("logfmt"), keyword("as")).parse(input)?;
    cut(name).map(|name| ParseBy::Logfmt { name }).parse(rest)
}

/// `csv as host, method, path`
fn csv(input: Input) -> Parsed<ParseBy> {
    let (rest, _) = (keyword("csv"), keyword("as")).parse(input)?;
    cut(separated(name)).map(|names| ParseBy::Csv { names }).parse(rest)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;

    fn read(text: &str) -> Parse {
        match crate::parse(text).unwrap().stages.remove(0).command {
            Command::Parse(it) => it,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn globs_name_what_they_take() {
        let it = read(r#"PARSE @message "[*] \"*\"" as level, @text"#);
        assert_eq!(it.from.unwrap().name(), "@message");
        let ParseBy::Glob { pattern, names, .. } = it.by else { panic!() };
        assert_eq!((pattern.as_str(), names[1].text.as_str()), ("[*] \"*\"", "@text"));
        assert!(read("parse 'a*' as b").from.is_none());
    }

    #[test]
    fn regexes_may_have_an_alias() {
        let text = "parse a.b /(?<c>\\d+\\/x),\n y/ as d";
        let ParseBy::Regex { pattern, span, alias, .. } = read(text).by else { panic!() };
        assert_eq!((pattern.as_str(), alias.unwrap().text.as_str()), ("(?<c>\\d+/x),\n y", "d"));
        assert_eq!(span.text(text), "/(?<c>\\d+\\/x),\n y/");
        assert!(matches!(read("parse /(?<c>x)/").by, ParseBy::Regex { alias: None, matches: Matches::First, .. }));
        assert!(matches!(read("parse /x/ as multi MULTI").by, ParseBy::Regex { matches: Matches::All, .. }));
    }

    #[test]
    fn formats_may_have_a_field_or_none() {
        assert!(matches!(read("parse logfmt as a"), Parse { from: None, by: ParseBy::Logfmt { .. } }));
        assert!(matches!(read("parse csv logfmt as a"), Parse { from: Some(_), by: ParseBy::Logfmt { .. } }));
        assert!(matches!(read("parse x csv as a, b").by, ParseBy::Csv { names } if names.len() == 2));
        assert!(crate::parse("parse logfmt @message").is_err());
        assert!(crate::parse("parse x logfmt as a, b").is_err());
    }

    #[test]
    fn a_pattern_and_its_names_belong_together() {
        let code = |text: &str| crate::parse(text).unwrap_err()[0].code;
        assert_eq!(code("parse @message '*'"), Code::MissingNames);
        assert_eq!(code("parse @message as a"), Code::Unexpected);
        assert_eq!(code("parse @message /x/ as a, b"), Code::Unexpected);
    }
}
