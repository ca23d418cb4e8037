//! `source`: the log groups that are read.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::sequence::preceded;

use super::CommandSyntax;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{
    Expected, Input, Parsed, bare_group, closing, expected, instant, keyword, known, path, quantity, separated, sign,
    string, word,
};
use crate::query::{Command, Duration, Literal, Name};
use crate::span::Span;

/// `SOURCE '/aws/lambda/api' START=-1d END=now`
#[derive(Clone, PartialEq, Debug)]
pub struct Source {
    /// Which groups; all, where only data sources or tags are named.
    pub kind: SourceKind,
    /// `dataSource(['amazon_vpc.flow'])`: one of these the events come from; none asks for nothing.
    pub data_sources: Vec<Name>,
    /// `logGroupTags([{"key": "team", "values": ["a"]}])`: the groups have tags that fit all of these.
    pub tags: Vec<Tag>,
    /// The start of the range of time, where the command says so.
    pub start: Option<Moment>,
    /// The end of the range of time, where the command says so.
    pub end: Option<Moment>,
    /// Where all that stands.
    pub span: Span,
}

/// How log groups are named.
#[derive(Clone, PartialEq, Debug)]
pub enum SourceKind {
    /// `'/aws/lambda/api'`, `"api"`, `api`
    Group(Name),
    /// `logGroups(namePrefix: ['/aws/lambda'], class: ['STANDARD'])`
    Groups(LogGroups),
}

/// What the groups have in common; a list that is empty asks for nothing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LogGroups {
    /// `namePrefix: ['/aws/lambda', '/aws/ecs']`: one of these begins the name
    pub prefixes: Vec<Name>,
    /// `accountIdentifiers: ['111122223333']`: one of these is the account
    pub accounts: Vec<Name>,
    /// `class: ['INFREQUENT_ACCESS']`: one of these is the class
    pub classes: Vec<Name>,
}

/// A tag of log groups: `{"key": "team", "values": ["payment*", "!test"]}`
#[derive(Clone, PartialEq, Debug)]
pub struct Tag {
    /// What the tag is called.
    pub key: Name,
    /// One of these is its value; none asks only for the tag.
    pub values: Vec<Name>,
}

/// A moment, on the clock or counted back from now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    /// `now`
    Now,
    /// `-1d`
    Before(Duration),
    /// `1767225600000`: milliseconds since 1970
    At(u64),
}

pub static SOURCE: CommandSyntax = CommandSyntax {
    name: "source",
    aliases: &[],
    synopsis: "source 'group' | source logGroups(namePrefix: ['…'], accountIdentifiers: ['…'], class: ['…']) \
               | source dataSource(['name.type']) | source logGroupTags([{\"key\": \"…\", \"values\": [\"…\"]}])",
    doc: "Says which log groups are read, by name, by what their names begin with, or by the data sources of their \
          events. An archive knows no tags of log groups. Several are a union. `start=-1d end=now` behind it bound the time.",
    parse: source,
};

/// What the parentheses of a `source` name.
enum Part {
    Groups(LogGroups),
    DataSources(Vec<Name>),
    Tags(Vec<Tag>),
}

fn source(input: Input) -> Parsed<Command> {
    let (rest, (kind, data_sources, tags)) = alt((selected, group)).parse(input)?;
    let bound = |name| opt(preceded((keyword(name), sign("=")), cut(moment)));
    let (rest, start) = bound("start").parse(rest)?;
    let (rest, end) = bound("end").parse(rest)?;
    Ok((rest, Command::Source(Source { kind, data_sources, tags, start, end, span: input.span_to(rest) })))
}

/// `'/aws/lambda/api'`, `api`
fn group(input: Input) -> Parsed<(SourceKind, Vec<Name>, Vec<Tag>)> {
    let quoted = path.map(|it| it.name());
    match alt((string, bare_group, quoted)).parse(input) {
        Ok((after, text)) => {
            Ok((after, (SourceKind::Group(Name { text, span: input.span_to(after) }), Vec::new(), Vec::new())))
        }
        Err(nom::Err::Error(_)) => expected(input, Expected::Thing("the name of a log group")),
        Err(failure) => Err(failure),
    }
}

/// `dataSource(['amazon_vpc.flow']) logGroups(namePrefix: ['/vpc'])`: each of the three at most once, in any order
fn selected(input: Input) -> Parsed<(SourceKind, Vec<Name>, Vec<Tag>)> {
    let (mut groups, mut data_sources, mut tags) = (None, None, None);
    let (mut rest, mut part) = selector(input)?;
    loop {
        let again = match part {
            Part::Groups(it) => groups.replace(it).is_some(),
            Part::DataSources(it) => data_sources.replace(it).is_some(),
            Part::Tags(it) => tags.replace(it).is_some(),
        };
        if again {
            let message = "a `source` has each of `logGroups`, `dataSource` and `logGroupTags` once";
            return known(Diagnostic::new(Code::UnknownOption, input.span_to(rest), message));
        }
        (rest, part) = match selector(rest) {
            Err(nom::Err::Error(_)) => break,
            found => found?,
        };
    }
    let kind = SourceKind::Groups(groups.unwrap_or_default());
    Ok((rest, (kind, data_sources.unwrap_or_default(), tags.unwrap_or_default())))
}

fn selector<'a>(input: Input<'a>) -> Parsed<'a, Part> {
    alt((log_groups.map(Part::Groups), data_source.map(Part::DataSources), log_group_tags.map(Part::Tags))).parse(input)
}

/// `dataSource(['amazon_vpc.flow'])`
fn data_source(input: Input) -> Parsed<Vec<Name>> {
    let (rest, (_, open)) = (keyword("dataSource"), sign("(")).parse(input)?;
    let (rest, list) = cut(sign("[")).parse(rest)?;
    let (rest, names) = cut(separated(text)).parse(rest)?;
    let (rest, _) = closing("]", list, rest)?;
    let (after, _) = closing(")", open, rest)?;
    Ok((after, names))
}

/// `logGroupTags([{"key": "team", "values": ["a", "!b"]}])`
fn log_group_tags(input: Input) -> Parsed<Vec<Tag>> {
    let (rest, (_, open)) = (keyword("logGroupTags"), sign("(")).parse(input)?;
    let (rest, list) = cut(sign("[")).parse(rest)?;
    let (rest, tags) = cut(separated(tag)).parse(rest)?;
    let (rest, _) = closing("]", list, rest)?;
    let (after, _) = closing(")", open, rest)?;
    Ok((after, tags))
}

/// `{"key": "team", "values": ["a", "!b"]}`, `{"key": "team"}`
fn tag(input: Input) -> Parsed<Tag> {
    let (rest, open) = sign("{")(input)?;
    let (rest, (_, _, key)) = cut((spelled("key"), sign(":"), text)).parse(rest)?;
    let (rest, more) = opt(sign(",")).parse(rest)?;
    let (rest, values) = match more {
        None => (rest, Vec::new()),
        Some(_) => {
            let (rest, (_, _, list)) = cut((spelled("values"), sign(":"), sign("["))).parse(rest)?;
            let (rest, values) = opt(separated(text)).parse(rest)?;
            (closing("]", list, rest)?.0, values.unwrap_or_default())
        }
    };
    let (after, _) = closing("}", open, rest)?;
    Ok((after, Tag { key, values }))
}

/// `"key"`
fn spelled<'a>(word: &'static str) -> impl Fn(Input<'a>) -> Parsed<'a, ()> {
    move |input| match string(input) {
        Ok((after, text)) if text.eq_ignore_ascii_case(word) => Ok((after, ())),
        Err(nom::Err::Failure(failure)) => Err(nom::Err::Failure(failure)),
        _ => expected(input, Expected::Token(word)),
    }
}

/// `'amazon_vpc.flow'`
fn text(input: Input) -> Parsed<Name> {
    let (after, text) = string(input)?;
    Ok((after, Name { text, span: input.span_to(after) }))
}

/// `logGroups(namePrefix: ['/aws/lambda'])`
fn log_groups(input: Input) -> Parsed<LogGroups> {
    let (rest, (_, open)) = (keyword("logGroups"), sign("(")).parse(input)?;
    let (rest, options) = match sign(")")(rest) {
        Ok(_) => (rest, Vec::new()),
        Err(_) => cut(separated(option)).parse(rest)?,
    };
    let (after, _) = closing(")", open, rest)?;
    let mut groups = LogGroups::default();
    for (key, values) in options {
        match key.text.to_ascii_lowercase().as_str() {
            "nameprefix" => groups.prefixes.extend(values),
            "accountidentifier" | "accountidentifiers" => groups.accounts.extend(values),
            "class" | "loggroupclass" => groups.classes.extend(values),
            _ => return unknown_option(&key),
        }
    }
    Ok((after, groups))
}

/// `namePrefix: ['a', 'b']`, `class: 'STANDARD'`
fn option(input: Input) -> Parsed<(Name, Vec<Name>)> {
    let (rest, (key, _)) = (word, cut(sign(":"))).parse(input)?;
    let (rest, Some(open)) = opt(sign("[")).parse(rest)? else {
        let (after, value) = cut(option_value).parse(rest)?;
        return Ok((after, (key, vec![value])));
    };
    let (rest, values) = opt(separated(option_value)).parse(rest)?;
    let (after, _) = closing("]", open, rest)?;
    Ok((after, (key, values.unwrap_or_default())))
}

/// `'a'`; of `'accountId' = '111122223333'` the value
fn option_value(input: Input) -> Parsed<Name> {
    let (rest, _) = opt((string, sign("="))).parse(input)?;
    text(rest)
}

/// `now`, `-1d`, `0s`, `1767225600000`, `2026-01-01T00:00:00.000Z`
fn moment(input: Input) -> Parsed<Moment> {
    if let Ok((after, _)) = keyword("now")(input) {
        return Ok((after, Moment::Now));
    }
    if let Ok((after, millis)) = instant(input) {
        return Ok((after, Moment::At(millis)));
    }
    let (rest, sign) = opt(sign("-")).parse(input)?;
    match (sign, quantity(rest)) {
        (Some(_), Ok((after, Literal::Duration(it)))) => Ok((after, Moment::Before(it))),
        (None, Ok((after, Literal::Duration(it)))) if it.count == 0 => Ok((after, Moment::Before(it))),
        (None, Ok((after, Literal::Number(digits)))) if digits.parse::<u64>().is_ok() => {
            Ok((after, Moment::At(digits.parse().unwrap_or(u64::MAX))))
        }
        _ => expected(input, Expected::Thing("a time such as `now`, `-1d` or `2026-01-01T00:00:00Z`")),
    }
}

fn unknown_option<'a, T>(key: &Name) -> Parsed<'a, T> {
    const OPTIONS: &[&str] = &["namePrefix", "accountIdentifiers", "class"];
    let diagnostic =
        Diagnostic::new(Code::UnknownOption, key.span, &format!("`logGroups` has no option `{}`", key.text));
    let help = match crate::diagnostic::nearest(&key.text, OPTIONS) {
        Some(near) => format!("an option with a similar name: `{near}`"),
        None => "its options are `namePrefix`, `accountIdentifiers` and `class`".to_owned(),
    };
    known(diagnostic.help(&help))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::query::Unit;

    fn read(text: &str) -> Source {
        match crate::parse(text).unwrap().stages.remove(0).command {
            Command::Source(it) => it,
            other => panic!("{other:?}"),
        }
    }

    fn group_name(text: &str) -> String {
        match read(text).kind {
            SourceKind::Group(name) => name.text,
            SourceKind::Groups(groups) => panic!("{groups:?}"),
        }
    }

    #[test]
    fn groups_have_names_in_any_quotes_or_none() {
        for text in
            ["SOURCE '/aws/a-b'", "source \"/aws/a-b\"", "SOURCE `/aws/a-b`", "SOURCE /aws/a-b", "SOURCE/aws/a-b"]
        {
            assert_eq!(group_name(text), "/aws/a-b", "{text}");
        }
        assert_eq!(group_name("SOURCE lg start=-1d end=now"), "lg");
    }

    #[test]
    fn groups_are_described_in_every_spelling() {
        let described = |text: &str| match read(text).kind {
            SourceKind::Groups(groups) => {
                let texts = |names: Vec<Name>| names.into_iter().map(|it| it.text).collect::<Vec<_>>().join(" ");
                [texts(groups.prefixes), texts(groups.accounts), texts(groups.classes)]
            }
            SourceKind::Group(name) => panic!("{name:?}"),
        };
        assert_eq!(described("SOURCE logGroups()"), ["", "", ""]);
        assert_eq!(described("SOURCE logGroups(namePrefix: ['a','b'], class: ['C'])"), ["a b", "", "C"]);
        assert_eq!(described("source loggroups(accountIdentifier:['1'], logGroupClass: \"C\")"), ["", "1", "C"]);
        assert_eq!(
            described("SOURCE logGroups(namePrefix: [], accountIdentifiers: ['accountId' = '1'])"),
            ["", "1", ""]
        );
    }

    #[test]
    fn data_sources_and_tags_stand_beside_groups() {
        let it = read("SOURCE dataSource(['a.b', \"c\"]) logGroups(namePrefix: ['x']) end=now");
        assert_eq!((it.data_sources.len(), it.data_sources[0].text.as_str(), it.end), (2, "a.b", Some(Moment::Now)));
        assert!(matches!(it.kind, SourceKind::Groups(groups) if groups.prefixes.len() == 1));
        let it = read(r#"source logGroups() logGroupTags([{"key":"team", "values":["a","!b"]}, {"key":"x"}])"#);
        assert_eq!((it.tags[0].values.len(), it.tags[1].values.len()), (2, 0));
        for text in [
            "source dataSource()",
            "source dataSource([])",
            "source dataSource(['a.b']) dataSource(['c.d'])",
            "source logGroupTags([])",
            "source logGroupTags([{'name':'team'}])",
        ] {
            assert!(crate::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ranges_are_bounded_by_moments() {
        let range = |text: &str| {
            let it = read(text);
            (it.start, it.end)
        };
        let before = |count, unit| Some(Moment::Before(Duration { count, unit }));
        assert_eq!(range("SOURCE a START=-1d END=now"), (before(1, Unit::Day), Some(Moment::Now)));
        assert_eq!(range("SOURCE a START = -3600s END = 0s"), (before(3600, Unit::Second), before(0, Unit::Second)));
        assert_eq!(range("SOURCE 'a' end=1767225600000"), (None, Some(Moment::At(1_767_225_600_000))));
        assert_eq!(range("SOURCE a start=2026-01-01T00:00:00.000Z").0, Some(Moment::At(1_767_225_600_000)));
    }

    #[test]
    fn what_is_no_option_or_moment_is_refused() {
        let fault = |text: &str| crate::parse(text).unwrap_err()[0].clone();
        let unknown = fault("SOURCE logGroups(namePrefixes: ['a'])");
        assert_eq!((unknown.code, unknown.help.unwrap().contains("`namePrefix`")), (Code::UnknownOption, true));
        assert_eq!(fault("SOURCE a start=1h").code, Code::Unexpected);
        assert_eq!(fault("SOURCE a start=2026-13-01T00:00:00Z").code, Code::Unexpected);
        assert_eq!(fault("SOURCE | limit 1").message, "expected the name of a log group, found `|`");
    }
}
