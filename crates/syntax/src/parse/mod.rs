//! The loop over commands: every bad command is reported, not only the first.

mod chain;
mod expr;
mod failure;
mod foreign;
mod input;
mod list;
mod quantity;
mod scan;
mod subquery;
mod token;

use nom::Parser;
use nom::combinator::cut;

use crate::command;
use crate::diagnostic::{Code, Diagnostic};
use crate::query::{Command, Query, Stage};
use crate::span::Span;

pub(crate) use expr::expr;
pub(crate) use failure::{Expected, expected, found, known, unexpected};
pub(crate) use input::{Input, Parsed};
pub(crate) use list::{closing, named, separated, values};
pub(crate) use quantity::{instant, quantity, whole_number};
pub(crate) use scan::{Kind, blanks, lexemes};
pub(crate) use subquery::subquery;
pub use token::RESERVED;
pub(crate) use token::{
    bare_group, is_plain_head, is_plain_step, keyword, name, path, regex, sign, string, wildcard, word,
};

/// The tree of a query, or everything that is wrong with it, in the order of the text.
///
/// # Errors
/// At most one fault of each stage; none of them is a warning.
pub fn parse(text: &str) -> Result<Query, Vec<Diagnostic>> {
    let (query, faults) = read(text);
    if faults.is_empty() { Ok(query) } else { Err(faults) }
}

/// Reads as much of a query as can be read: the commands without a fault, and the faults of the others.
pub fn read(text: &str) -> (Query, Vec<Diagnostic>) {
    match query(Input::new(text)) {
        Ok((_, (stages, faults))) => (Query { stages }, faults),
        Err(failure) => (Query { stages: Vec::new() }, vec![told(failure, text)]),
    }
}

/// Where the string literals of a text stand, quotes included.
pub fn strings(text: &str) -> Vec<Span> {
    let literals = lexemes(text).filter(|it| it.kind == Kind::Text);
    literals.map(|it| Span::of(text, it.text)).collect()
}

/// Stages divided by pipes, and what is wrong with the others: the pipe is where reading goes on after a fault.
fn query(input: Input) -> Parsed<(Vec<Stage>, Vec<Diagnostic>)> {
    let mut stages = Vec::new();
    let mut faults = Vec::new();
    let mut pipes = None;
    let mut input = input;
    if input.rest().is_empty() {
        faults.push(Diagnostic::new(Code::EmptyQuery, Span::default(), "the query is empty"));
        return Ok((input, (stages, faults)));
    }
    if let Ok((rest, pipe)) = sign("|")(input) {
        faults.push(Diagnostic::new(Code::LeadingPipe, pipe, "a query begins with a command, found `|`"));
        input = rest;
        if input.rest().is_empty() {
            return Ok((input, (stages, faults)));
        }
    }
    loop {
        match stage(input) {
            Ok((rest, stage)) => {
                stages.push(stage);
                input = rest;
            }
            Err(fault) => {
                let place = fault.span().start.max(input.place());
                let pipes: &Vec<u32> = pipes.get_or_insert_with(|| top_level_pipes(input.whole()));
                let next = pipes.get(pipes.partition_point(|pipe| *pipe < place));
                input = input.skip_to(next.map_or(input.whole().len(), |pipe| *pipe as usize));
                faults.push(fault);
            }
        }
        let Ok((rest, pipe)) = sign("|")(input) else { return Ok((input, (stages, faults))) };
        input = rest;
        if input.rest().is_empty() {
            faults.push(Diagnostic::new(Code::TrailingPipe, pipe, "a command belongs behind the last `|`"));
            return Ok((input, (stages, faults)));
        }
    }
}

/// One command, up to the next pipe or the end.
fn stage(input: Input) -> Result<(Input, Stage), Diagnostic> {
    if let Ok((_, pipe)) = sign("|")(input) {
        return Err(Diagnostic::new(Code::EmptyStage, pipe, "a command belongs between two `|`"));
    }
    let (rest, command) = command(input).map_err(|failure| told(failure, input.whole()))?;
    let ends = rest.rest().is_empty() || rest.rest().starts_with('|') && foreign::operator(rest.rest()).is_none();
    match ends {
        true => Ok((rest, Stage { command, span: input.span_to(rest) })),
        false => Err(left_over(rest, &command)),
    }
}

/// `fields …`, `filter …`: a word, looked up, and what its command makes of the rest.
fn command(input: Input) -> Parsed<Command> {
    if input.rest().starts_with('$') && !input.rest().starts_with("${") {
        let (rest, _) = sign("$")(input)?;
        return cut(command::saved::saved).parse(rest);
    }
    let Ok((rest, name)) = word(input) else { return expected(input, Expected::Thing("a command")) };
    match command::find(&name.text) {
        Some(it) => cut(it.parse).parse(rest),
        None => {
            let diagnostic =
                Diagnostic::new(Code::UnknownCommand, name.span, &format!("there is no command `{}`", name.text));
            known(match (foreign::command(&name.text), command::nearest(&name.text)) {
                (Some(help), _) => diagnostic.help(help),
                (None, Some(near)) => diagnostic.help(&format!("a command with a similar name: `{near}`")),
                (None, None) if expr(input).is_ok() => {
                    diagnostic.help("a condition stands behind `filter`, a column behind `fields`")
                }
                (None, None) => diagnostic,
            })
        }
    }
}

/// What a parser could not read, as it is told.
fn told(failure: nom::Err<failure::Failure>, text: &str) -> Diagnostic {
    match failure {
        nom::Err::Error(failure) | nom::Err::Failure(failure) => failure.diagnostic(text),
        nom::Err::Incomplete(_) => Diagnostic::new(Code::Unexpected, Span::default(), "the query is not whole"),
    }
}

/// What stands behind a whole command and does not belong to it.
fn left_over(rest: Input, command: &Command) -> Diagnostic {
    let whole = rest.whole();
    let span = failure::token_at(whole, rest.place());
    if let Ok((_, name)) = word(rest)
        && command::find(&name.text).is_some()
    {
        let message = format!("a `|` is missing before `{}`", name.text);
        return Diagnostic::new(Code::MissingPipe, name.span, &message);
    }
    let diagnostic = unexpected(whole, rest.place(), "expected `|` or the end of the query");
    if diagnostic.code != Code::Unexpected {
        return diagnostic;
    }
    let text = span.text(whole);
    match command {
        _ if text.starts_with(['"', '\'']) && whole[..span.start as usize].ends_with(['"', '\'']) => {
            diagnostic.help("a quote inside a string is written `\\'`, or the string stands in the other quotes")
        }
        Command::Fields(_) | Command::Display(_) if text == "[" => diagnostic.help(
            "a key of a map stands behind a dot: `map.key`, `` map.`odd key` ``; in brackets stands a place of a list",
        ),
        _ if text == ")" || text == "]" => diagnostic.help("nothing was opened that it closes"),
        Command::FilterIndex(_) => diagnostic.help(command::FILTER_INDEX_HELP),
        Command::Filter(_) => diagnostic.help("conditions are joined by `and` and `or`"),
        Command::Limit(_) => diagnostic.help("a number is written without commas and blanks: `limit 10000`"),
        Command::Sort(_) => diagnostic.help("a key has one direction, `asc` or `desc`; a comma divides keys"),
        Command::Source(_) => diagnostic,
        Command::Parse(command::Parse { by: command::ParseBy::Regex { .. }, .. }) if text == "," => {
            diagnostic.help("`as` names the one group of an expression; several have names of their own: `(?<name>…)`")
        }
        Command::Parse(_) => diagnostic.help("a comma divides names"),
        Command::Filldown(_) | Command::Outlier(_) => diagnostic.help("a blank divides names"),
        Command::Lookup(_) => diagnostic.help("a comma divides the columns, and they keep their names"),
        Command::FillMissing(_) => diagnostic.help("write `fillmissing with 0 for count`"),
        Command::Sessionize(_) => {
            diagnostic.help("a comma divides fields; behind them `maxspan 30m`, and then `as name`")
        }
        Command::Anomaly => diagnostic.help("it takes nothing: it looks at the `pattern` right before it"),
        Command::Diff(_) => diagnostic
            .help("it compares with `previousDay`, `previousWeek` or `previousMonth`, else with the period before"),
        _ if text.starts_with(|it: char| it.is_ascii_alphanumeric() || "@`\"'".contains(it)) => {
            diagnostic.help("a comma divides items, and `as` stands before a name")
        }
        _ => diagnostic,
    }
}

/// Where the pipes are that divide stages: not in literals and comments, not in parentheses that close.
fn top_level_pipes(text: &str) -> Vec<u32> {
    let mut pipes = Vec::new();
    let mut open = Vec::new();
    let mut place = 0;
    let mut doubled = false;
    for lexeme in lexemes(text) {
        let pipe = lexeme.kind == Kind::Pipe;
        match lexeme.kind {
            Kind::Pipe if !doubled && !text[place + 1..].starts_with('|') => pipes.push(place as u32),
            Kind::Open => open.push(pipes.len()),
            Kind::Close => pipes.truncate(open.pop().unwrap_or(pipes.len())),
            _ => {}
        }
        doubled = pipe;
        place += lexeme.text.len();
    }
    pipes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn faults(text: &str) -> Vec<(Code, &str)> {
        let faults = parse(text).unwrap_err();
        faults.iter().map(|it| (it.code, it.span().text(text))).collect()
    }

    #[test]
    fn every_bad_command_is_reported() {
        assert_eq!(
            faults("feilds x | fields a | limit ten | dedup y | sort count(*)"),
            [(Code::UnknownCommand, "feilds"), (Code::Unexpected, "ten"), (Code::SortByExpression, "count(*)")]
        );
    }

    #[test]
    fn reading_goes_on_at_a_pipe_that_divides() {
        assert_eq!(faults("filter a b 'x|y' | limit x"), [(Code::Unexpected, "b"), (Code::Unexpected, "x")]);
        assert_eq!(faults("filter a b # | limit x\n"), [(Code::Unexpected, "b")]);
        assert_eq!(faults("filter a b and c like /|/ | limit 1"), [(Code::Unexpected, "b")]);
        assert_eq!(
            faults("appendcols (SOURCE lg | stats x y) | limit x"),
            [(Code::Unexpected, "y"), (Code::Unexpected, "x")]
        );
        assert_eq!(faults("filter (a | limit x"), [(Code::Unclosed, "|"), (Code::Unexpected, "x")]);
        assert_eq!(faults("fields a || limit x"), [(Code::ForeignSign, "||")]);
    }

    #[test]
    fn pipes_with_nothing_beside_them() {
        assert_eq!(faults(""), [(Code::EmptyQuery, "")]);
        assert_eq!(faults(" # only this\n"), [(Code::EmptyQuery, "")]);
        assert_eq!(faults("|"), [(Code::LeadingPipe, "|")]);
        assert_eq!(faults("| fields a"), [(Code::LeadingPipe, "|")]);
        assert_eq!(faults("fields a | # more\n"), [(Code::TrailingPipe, "|")]);
        assert_eq!(faults("fields a | | limit 1"), [(Code::EmptyStage, "|")]);
    }

    #[test]
    fn what_follows_a_command_is_told_apart() {
        assert_eq!(faults("fields a limit 5"), [(Code::MissingPipe, "limit")]);
        assert_eq!(faults("fields a b"), [(Code::Unexpected, "b")]);
        assert_eq!(faults("fields a)"), [(Code::Unexpected, ")")]);
        assert_eq!(faults("limit 10,000"), [(Code::Unexpected, ",")]);
        assert_eq!(faults("stats count(*) by a // why"), [(Code::NotAComment, "//")]);
        assert_eq!(faults("filter a = {{b}}"), [(Code::Placeholder, "{{")]);
        assert_eq!(faults("fields a,"), [(Code::Unexpected, "")]);
    }

    #[test]
    fn commands_of_other_languages_are_answered() {
        let help = |text: &str| parse(text).unwrap_err()[0].help.clone().unwrap();
        assert!(help("eval a = 1").contains("`fields`"));
        assert!(help("feilds a").contains("`fields`"));
        assert!(help("level = 'ERROR'").contains("`filter`"));
    }

    #[test]
    fn stages_have_spans_without_blanks() {
        let text = " fields a # why\n | limit 5 ";
        let query = parse(text).unwrap();
        let spans: Vec<&str> = query.stages.iter().map(|it| it.span.text(text)).collect();
        assert_eq!(spans, ["fields a", "limit 5"]);
    }

    #[test]
    fn odd_texts_are_refused_and_quickly() {
        let started = std::time::Instant::now();
        for piece in ["|", "(", "'", "/", "a|", "(|", "like /[", "é", "\u{0}", "f(x).a", "a or (", "`", "\\", "5"] {
            for head in ["", "filter ", "parse ", "sort ", "fields a | filter b like "] {
                let text = format!("{head}{}", piece.repeat(10_000 / piece.len()));
                if let Err(faults) = parse(&text) {
                    assert!(
                        faults.iter().all(|it| text.get(it.span().start as usize..it.span().end as usize).is_some())
                    );
                }
            }
        }
        // Seventy texts of ten thousand bytes: far more than they take, far less than a blow-up would.
        assert!(started.elapsed().as_secs() < 20);
    }
}
