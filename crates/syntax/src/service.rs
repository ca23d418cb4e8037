//! A fault in the service's own words and at its own places, for programs that know those.
//!
//! The service answers a query that it cannot compile with a `MalformedQueryException`, which holds a
//! `queryCompileError`: a message, and a location in characters. It counts these not in the query as it was sent, but
//! behind the source that it puts before it, `SOURCE "group" START=… END=… | `. Texts and places are those of recordings;
//! a fault whose words were never recorded keeps ours.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::blanks;
use crate::span::Span;

/// What the service says of a query that it cannot compile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError {
    /// Its message.
    pub message: String,
    /// Where the fault begins, in characters from 0.
    pub start: usize,
    /// Where the character behind it is.
    pub end: usize,
}

/// How many characters stand before a query of one log group, besides the group's name: two times have 13 digits each.
const SOURCE_LENGTH: usize = 50;

/// The fault as the service tells it, of a query on this log group. Without one, places count from the query's start.
///
/// ```
/// let text = "stats count(*) by bin(5m) | sort bin(5m)";
/// let faults = syntax::parse(text).unwrap_err();
/// let told = syntax::compile_error(&faults[0], text, None);
/// assert_eq!(told.message, "unexpected symbol found ( at line 1 and position 36");
/// assert_eq!((told.start, told.end), (36, 37));
/// assert_eq!(syntax::compile_error(&faults[0], text, Some("/aws/lambda/api")).start, 36 + 50 + 15);
/// ```
pub fn compile_error(fault: &Diagnostic, text: &str, group: Option<&str>) -> CompileError {
    let before = group.map_or(0, |it| SOURCE_LENGTH + it.chars().count());
    let span = place(fault, text);
    let characters = |bytes: u32| text.get(..bytes as usize).unwrap_or(text).chars().count();
    let (start, end) = (before + characters(span.start), before + characters(span.end));
    let found = span.text(text);
    let message = match fault.code {
        Code::UnknownFunction => format!("Unrecognized function name: {found} ([{start},{end}])"),
        Code::Redefined => format!("Ephemeral field is already defined: {} ([{start},{end}])", unquoted(found)),
        Code::UnknownAfterStats => format!("Unknown symbols found in or after stats: {}", unquoted(found)),
        Code::PatternFirst if found.to_ascii_lowercase().starts_with("diff") => {
            String::from("Diff compilation Failed : Diff operation has to be used after Pattern")
        }
        Code::Unterminated | Code::TypographicQuote => {
            format!("token recognition error at: '{}'", text.get(span.start as usize..).unwrap_or_default())
        }
        Code::NotOfLog => String::from("Query cannot be compiled"),
        Code::SavedQuery => {
            format!("Invalid syntax while using query definition snippets: {}", fault.message)
        }
        Code::MisplacedRegex if found == "\\" => String::from("token recognition error at: '\\'"),
        code if is_of_grammar(code) => {
            let (line, position) = line_and_position(text, span.start as usize);
            let position = if line == 1 { before + position } else { position };
            let found = if found.is_empty() { "<EOF>" } else { found };
            format!("unexpected symbol found {found} at line {line} and position {position}")
        }
        _ => fault.message.clone(),
    };
    CompileError { message, start, end }
}

/// What the service says of a log group that is not there, of a query that names it or of a request.
///
/// ```
/// let told = syntax::missing_log_group("'nope'", "123456789012");
/// assert_eq!(told, "Log group 'nope' does not exist for account ID '123456789012'");
/// ```
pub fn missing_log_group(name: &str, account: &str) -> String {
    let name = name.trim_matches(['\'', '"', '`']);
    format!("Log group '{name}' does not exist for account ID '{account}'")
}

/// Where the service sees the fault: of what its grammar refuses, at the first symbol that does not fit.
fn place(fault: &Diagnostic, text: &str) -> Span {
    let span = fault.span();
    match fault.code {
        // The function's name is a name, and a key; what does not fit is the parenthesis behind it.
        Code::SortByExpression => {
            let inside = span.text(text);
            match inside.find(|it: char| !it.is_alphanumeric() && !"_@.".contains(it)).filter(|it| *it > 0) {
                Some(at) => symbol(text, skip_blanks(text, span.start as usize + at)),
                None => symbol(text, span.start as usize),
            }
        }
        // Its slash is a division; the backslash is no sign at all.
        Code::MisplacedRegex => {
            let rest = text.get(span.start as usize..).unwrap_or_default();
            let inside = rest.find('\\').filter(|it| !rest[1.min(rest.len())..*it.max(&1)].contains('/'));
            symbol(text, span.start as usize + inside.unwrap_or(0))
        }
        Code::TrailingPipe => Span { start: text.len() as u32, end: text.len() as u32 },
        // A fault at the end of the last token is one at the end of the text: blanks and comments are no symbols.
        code if is_of_grammar(code) => symbol(text, skip_blanks(text, span.start as usize)),
        _ => span,
    }
}

/// Whether a fault is one of the grammar, which the service tells by the symbol it stumbled over.
fn is_of_grammar(code: Code) -> bool {
    matches!(
        code,
        Code::EmptyQuery
            | Code::LeadingPipe
            | Code::TrailingPipe
            | Code::EmptyStage
            | Code::MissingPipe
            | Code::UnknownCommand
            | Code::Unexpected
            | Code::Unclosed
            | Code::ForeignSign
            | Code::ForeignWord
            | Code::NotAComment
            | Code::MisplacedRegex
            | Code::RegexFlag
            | Code::ChainedComparison
            | Code::SortByExpression
            | Code::UnknownOption
            | Code::DedupFollowed
    )
}

/// The symbol that begins at a place: a word, or a sign.
fn symbol(text: &str, start: usize) -> Span {
    let rest = text.get(start..).unwrap_or_default();
    let of_word = |it: char| it.is_alphanumeric() || "_@.".contains(it);
    let length = match rest.find(|it: char| !of_word(it)) {
        Some(0) => rest.chars().next().map_or(0, char::len_utf8),
        Some(length) => length,
        None => rest.len(),
    };
    Span { start: start as u32, end: (start + length) as u32 }
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + blanks(text.get(at..).unwrap_or_default()).len()
}

/// The line, from 1, and the character in it, from 0.
fn line_and_position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count())
}

fn unquoted(name: &str) -> String {
    name.replace('`', "")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn told(text: &str, group: Option<&str>) -> (String, usize, usize) {
        let faults = crate::parse(text).unwrap_err();
        let it = compile_error(&faults[0], text, group);
        (it.message, it.start, it.end)
    }

    #[test]
    fn what_the_grammar_refuses_is_told_by_its_symbol() {
        let text = "fields @message\n| feilds é";
        let words = "unexpected symbol found feilds at line 2 and position 2";
        assert_eq!(told(text, None), (String::from(words), 18, 24));
        // The hidden source stands in the first line alone.
        assert_eq!(told(text, Some("/g")), (String::from(words), 70, 76));
        let first = told("filter a = 'é' b", Some("/g"));
        assert_eq!(first, (String::from("unexpected symbol found b at line 1 and position 67"), 67, 68));
        assert_eq!(told("filter a like /x/i", None).0, "unexpected symbol found i at line 1 and position 17");
        assert_eq!(told("", None), (String::from("unexpected symbol found <EOF> at line 1 and position 0"), 0, 0));
        assert_eq!(told("fields a |", None).0, "unexpected symbol found <EOF> at line 1 and position 10");
        assert_eq!(told("fields a,", None).0, "unexpected symbol found <EOF> at line 1 and position 9");
        for (text, line, position, end) in [
            ("fields @timestamp\n| stats count(*) by\n", 3, 0, 38),
            ("fields a, ", 1, 10, 10),
            ("fields a, # more\n", 2, 0, 17),
            ("   ", 1, 3, 3),
            ("# only\n", 2, 0, 7),
        ] {
            let words = format!("unexpected symbol found <EOF> at line {line} and position {position}");
            assert_eq!(told(text, None), (words, end, end), "{text:?}");
        }
        assert_eq!(told("stats count (*) | sort count (*)", None).1, 29);
    }

    #[test]
    fn what_the_lexer_refuses_is_told_to_its_end() {
        assert_eq!(told("filter a = 'b", None), (String::from("token recognition error at: ''b'"), 11, 13));
    }

    #[test]
    fn what_means_nothing_is_told_by_its_name() {
        let text = "fields nosuch(a)";
        let span = Span { start: 7, end: 13 };
        let misplaced = |text| {
            let faults = crate::parse(text).unwrap_err();
            compile_error(&faults[0], text, None)
        };
        let it = misplaced(r"fields replace(a, /\d/, 'x')");
        assert_eq!((it.message.as_str(), it.start, it.end), (r"token recognition error at: '\'", 19, 20));
        let it = misplaced(r"fields replace(a, /d/, '\n')");
        assert_eq!(it.message, "unexpected symbol found / at line 1 and position 18");
        let told = |code| compile_error(&Diagnostic::new(code, span, "ours"), text, Some("/aws")).message;
        assert_eq!(told(Code::UnknownFunction), "Unrecognized function name: nosuch ([61,67])");
        assert_eq!(told(Code::Redefined), "Ephemeral field is already defined: nosuch ([61,67])");
        assert_eq!(told(Code::UnknownAfterStats), "Unknown symbols found in or after stats: nosuch");
        assert_eq!(told(Code::WrongArity), "ours");
        assert_eq!(told(Code::NotOfLog), "Query cannot be compiled");
        assert_eq!(told(Code::SavedQuery), "Invalid syntax while using query definition snippets: ours");
    }

    #[test]
    fn odd_places_are_told_somewhere() {
        for (start, end) in [(0, 0), (3, 3), (9, 99), (2, 1)] {
            for text in ["", "a", "é", "sort (a)", "日本"] {
                for code in crate::ALL_CODES {
                    let it = compile_error(&Diagnostic::new(*code, Span { start, end }, "ours"), text, None);
                    assert!(!it.message.is_empty(), "{code} {start} {end} {text:?}");
                }
            }
        }
    }
}
