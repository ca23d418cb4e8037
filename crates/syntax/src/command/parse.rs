//! `parse`: fields taken out of a text.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Expected, Input, Parsed, expected, keyword, known, name, not_yet, path, refuse_word, regex, separated, string,
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
    },
}

pub static PARSE: CommandSyntax = CommandSyntax {
    name: "parse",
    aliases: &[],
    synopsis: "parse [field] \"text * text\" as name, … | parse [field] /expression/ [as name]",
    doc: "Takes fields out of a text, `@message` if no field is named: by a text with a `*` for each, \
          or by a regular expression with named groups, `(?<name>…)`. \
          A row that does not match stays, without the fields.",
    parse: Some(parse),
};

fn parse(input: Input) -> Parsed<Command> {
    let (rest, from) = opt(path).parse(input)?;
    let (after, by) = match alt((glob, groups)).parse(rest) {
        Err(nom::Err::Error(_)) => return no_pattern(rest, from.is_some()),
        found => found?,
    };
    let (after, ()) = refuse_word(after, "multi", "`parse … multi`")?;
    Ok((after, Command::Parse(Parse { from, by })))
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

/// `/\[(?<level>\w+)\]/`, `/(\d+)/ as code`
fn groups(input: Input) -> Parsed<ParseBy> {
    let (rest, pattern) = regex(input)?;
    let span = input.span_to(rest);
    let (after, alias) = opt(preceded(keyword("as"), cut(name))).parse(rest)?;
    Ok((after, ParseBy::Regex { pattern, span, alias }))
}

fn no_pattern<'a>(input: Input<'a>, named: bool) -> Parsed<'a, Command> {
    for (word, what) in [("logfmt", "`parse … logfmt`"), ("csv", "`parse … csv`")] {
        if let (true, Ok((_, span))) = (named, keyword(word)(input)) {
            return not_yet(span, what);
        }
    }
    expected(input, Expected::Thing("a string or a regular expression"))
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
        let ParseBy::Regex { pattern, span, alias } = read(text).by else { panic!() };
        assert_eq!((pattern.as_str(), alias.unwrap().text.as_str()), ("(?<c>\\d+/x),\n y", "d"));
        assert_eq!(span.text(text), "/(?<c>\\d+\\/x),\n y/");
        assert!(matches!(read("parse /(?<c>x)/").by, ParseBy::Regex { alias: None, .. }));
    }

    #[test]
    fn a_pattern_and_its_names_belong_together() {
        let code = |text: &str| crate::parse(text).unwrap_err()[0].code;
        assert_eq!(code("parse @message '*'"), Code::MissingNames);
        assert_eq!(code("parse @message as a"), Code::Unexpected);
        assert_eq!(code("parse @message /x/ as a, b"), Code::Unexpected);
    }
}
