//! Signs and words of other languages, and what this one has instead.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// The operator of another language at the start of a text.
pub(crate) fn operator(text: &str) -> Option<&'static str> {
    OPERATORS.iter().map(|(sign, _)| *sign).find(|sign| text.starts_with(sign))
}

/// What is to be said of a sign at this place, if it is one of another language.
pub(crate) fn sign(whole: &str, span: Span) -> Option<Diagnostic> {
    let rest = Span { end: whole.len() as u32, ..span }.text(whole);
    let first = rest.chars().next()?;
    let at = |length: usize| Span { start: span.start, end: span.start + length as u32 };
    if let Some((sign, help)) = OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign)) {
        let message = format!("`{sign}` is no operator of this language");
        return Some(Diagnostic::new(Code::ForeignSign, at(sign.len()), &message).help(help));
    }
    let second = rest.starts_with('/') && whole[..span.start as usize].ends_with('/');
    if let Some(sign) = ["//", "/*", "--"].into_iter().find(|sign| rest.starts_with(sign) || (second && *sign == "//"))
    {
        // The first slash of two was taken for a division.
        let at = Span { start: span.start - u32::from(second), end: span.start + 2 - u32::from(second) };
        let message = format!("`{sign}` begins no comment in this language");
        return Some(Diagnostic::new(Code::NotAComment, at, &message).help("a comment begins with `#`"));
    }
    if let Some(sign) = ["{{", "${", "%{", "<%", "{%"].into_iter().find(|sign| rest.starts_with(sign)) {
        let message = format!("found `{sign}`: a placeholder that was not filled in");
        return Some(Diagnostic::new(Code::Placeholder, at(sign.len()), &message));
    }
    let (code, message, help) = match first {
        '“' | '”' | '„' | '‘' | '’' | '‚' | '«' | '»' => (
            Code::TypographicQuote,
            format!("found the typographic quote `{first}`"),
            "strings stand in straight quotes: \"text\" or 'text'",
        ),
        '–' | '—' | '−' => (Code::ForeignSign, format!("found the dash `{first}`"), "minus is `-`"),
        ';' => (
            Code::ForeignSign,
            "found `;`, which ends nothing in this language".to_owned(),
            "commands are divided by `|`, and nothing stands behind the last",
        ),
        '{' => {
            (Code::ForeignSign, "found `{`".to_owned(), "lists stand in brackets, `[1, 2]`; there are no other braces")
        }
        '.' if rest[1..].starts_with(|it: char| it.is_ascii_digit()) => {
            (Code::BadNumber, "a number begins with a digit, found `.`".to_owned(), "write `0.5`")
        }
        '/' => (
            Code::MisplacedRegex,
            "a regular expression stands only behind `like`, `=~` and `parse`".to_owned(),
            "functions take the expression as a string: regexReplace(text, \"[0-9]+\", \"#\")",
        ),
        _ if first.is_whitespace() && !first.is_ascii() => (
            Code::ForeignSign,
            format!("found the blank U+{:04X}, which only looks like a space", u32::from(first)),
            "write a plain space",
        ),
        '\\' => (
            Code::ForeignSign,
            "found `\\`, which has a meaning only in strings and regular expressions".to_owned(),
            "the end of a line is typed, not written `\\n`",
        ),
        _ if first.is_alphabetic() && !first.is_ascii() => (
            Code::BadName,
            format!("a plain name has only the letters a to z, found `{first}`"),
            "names with other letters stand in backticks: `größe`",
        ),
        _ => return None,
    };
    Some(Diagnostic::new(code, at(first.len_utf8()), &message).help(help))
}

/// What is to be said of a place within a line that SQL would take for a comment: `level -- the severity`.
pub(crate) fn comment(whole: &str, span: Span) -> Option<Diagnostic> {
    let before = whole.get(..span.start as usize)?;
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    let (at, _) = before[line..].match_indices("--").find(|(at, _)| {
        let (left, right) = (&before[line..line + at], &before[line + at + 2..]);
        left.trim_start().is_empty() && !right.starts_with('-') || left.ends_with(' ') && right.starts_with(' ')
    })?;
    let start = (line + at) as u32;
    let message = "`--` begins no comment in this language";
    Some(Diagnostic::new(Code::NotAComment, Span { start, end: start + 2 }, message).help("a comment begins with `#`"))
}

/// What is to be said of a unit of time at this place, if a number stands before it: `5 m`.
pub(crate) fn unit(whole: &str, span: Span) -> Option<Diagnostic> {
    let (unit, before) = (span.text(whole), whole.get(..span.start as usize)?);
    let number = before.trim_end();
    let digits = number.trim_end_matches(|it: char| it.is_ascii_digit());
    let begins = !digits.ends_with(|it: char| it.is_alphanumeric() || "_.@`".contains(it));
    if number.len() == before.len() || number.len() == digits.len() || !begins {
        return None;
    }
    super::quantity::find_unit(unit)?;
    let count = &number[digits.len()..];
    let place = Span { start: digits.len() as u32, end: span.end };
    let message = format!("a length of time is one word, found `{count} {unit}`");
    Some(Diagnostic::new(Code::BadDuration, place, &message).help(&format!("write `{count}{unit}`")))
}

/// What is to be said of a word at this place, if it is one of another language.
pub(crate) fn word(whole: &str, span: Span) -> Option<Diagnostic> {
    let word = span.text(whole);
    let (_, help) = WORDS.iter().find(|(foreign, _)| foreign.eq_ignore_ascii_case(word))?;
    let message = format!("`{word}` has no meaning here");
    Some(Diagnostic::new(Code::ForeignWord, span, &message).help(help))
}

/// What this language has instead of a command of another.
pub(crate) fn command(word: &str) -> Option<&'static str> {
    COMMANDS.iter().find(|(foreign, _)| foreign.eq_ignore_ascii_case(word)).map(|(_, help)| *help)
}

/// Longer ones before those they begin with.
const OPERATORS: &[(&str, &str)] = &[
    ("===", "equal is `=`"),
    ("!==", "not equal is `!=`"),
    ("<=>", "equal is `=`"),
    ("<>", "not equal is `!=`"),
    ("&&", "conditions are joined by `and`"),
    ("||", "conditions are joined by `or`; texts by the function `concat`"),
    ("!~", "the opposite of `=~ /x/` is `not like /x/`"),
    ("~=", "a regular expression is matched by `=~`"),
    ("~", "a regular expression is matched by `=~`"),
    (":=", "a computed value is named by `as`: `fields a + b as c`"),
    ("=>", "at least is `>=`"),
    ("=<", "at most is `<=`"),
    ("->", "what is inside an object is reached by a dot: `request.path`"),
    ("::", "a text is read as a number by `toNumber(x)`"),
    ("**", "a power is `^`"),
];

const WORDS: &[(&str, &str)] = &[
    ("not", "behind a value stands `not like` or `not in`; a field that is missing is `not ispresent(x)`"),
    ("exists", "a field that is there is `ispresent(x)`"),
    ("is", "a field that is there is `ispresent(x)`, a missing one `not ispresent(x)`"),
    ("between", "write `x >= 1 and x <= 5`"),
    ("contains", "write `x like \"text\"`"),
    ("has", "write `x like \"text\"`"),
    ("matches", "write `x like /expression/`"),
    ("match", "write `x like /expression/`"),
    ("regexp", "write `x like /expression/`"),
    ("rlike", "write `x like /expression/`"),
    ("regex", "write `x like /expression/`"),
    ("ilike", "case is ignored by `x like /(?i)text/`"),
    ("xor", "write `(a or b) and not (a and b)`"),
    ("eq", "equal is `=`"),
    ("ne", "not equal is `!=`"),
    ("equals", "equal is `=`"),
    ("startswith", "write `startsWith(x, \"text\")`"),
    ("endswith", "write `endsWith(x, \"text\")`"),
    ("having", "a `filter` behind `stats` sees its results: `stats count(*) as n by x | filter n > 10`"),
    ("from", "log groups are named ahead of the commands: `source '/aws/lambda/api' | fields @message`"),
    ("distinct", "distinct values are counted by `count_distinct(x)`, and kept once by `dedup x`"),
    ("when", "write `case(condition, value, otherwise)`"),
    ("then", "write `case(condition, value, otherwise)`"),
    ("else", "write `if(condition, value, otherwise)`"),
    ("end", "write `case(condition, value, otherwise)`"),
    ("over", "there are no windows: `stats … by bin(5m)` divides time"),
    ("span", "time is divided by `bin(5m)`"),
    ("ascending", "write `asc`"),
    ("descending", "write `desc`"),
];

const COMMANDS: &[(&str, &str)] = &[
    ("agg", "rows are counted and summed by `stats count(*) by x`"),
    ("aggregate", "rows are counted and summed by `stats count(*) by x`"),
    ("avg", "values are averaged by `stats avg(x)`"),
    ("bin", "time is divided behind `by`: `stats count(*) by bin(5m)`"),
    ("bucket", "time is divided behind `by`: `stats count(*) by bin(5m)`"),
    ("by", "the keys of groups stand in `stats`, without a `|` before `by`: `stats count(*) by x`"),
    ("chart", "rows are counted over time by `stats count(*) by bin(5m)`"),
    ("columns", "columns are chosen by `display a, b`"),
    ("compare", "two periods are compared by `diff` behind `pattern`"),
    ("count", "rows are counted by `stats count(*)`"),
    ("distinct", "distinct rows are kept by `dedup x`"),
    ("eval", "values are computed by `fields`: `fields latency / 1000 as seconds`"),
    ("eventstats", "rows are counted and summed by `stats`, which does not keep the rows"),
    ("extend", "values are computed by `fields`: `fields latency / 1000 as seconds`"),
    ("extract", "text is taken apart by `parse @message \"[*] *\" as level, text`"),
    ("fillnull", "a missing value is replaced by `fields coalesce(x, 0) as y`"),
    ("from", "log groups are named by `source '/aws/lambda/api'`"),
    ("grep", "text is looked for by `filter @message like /text/`"),
    ("group", "groups are made by `stats count(*) by x`"),
    ("having", "a `filter` behind `stats` sees its results"),
    ("keep", "columns are chosen by `display a, b`"),
    ("makemv", "text is divided by the function `split(x, \",\")`"),
    ("max", "the largest value is found by `stats max(x)`"),
    ("min", "the least value is found by `stats min(x)`"),
    ("mvexpand", "a list is made rows by `expand x` or `unnest x into y`"),
    ("offset", "rows cannot be passed over; `limit` keeps the first"),
    ("order", "rows are ordered by `sort x desc`"),
    ("orderby", "rows are ordered by `sort x desc`"),
    ("project", "columns are chosen by `display a, b`"),
    ("rare", "write `stats count(*) as n by x | sort n | limit 10`"),
    ("rename", "a field gets another name by `fields a as b`"),
    ("rex", "text is taken apart by `parse @message /(?<name>expression)/`"),
    ("search", "text is looked for by `filter @message like /text/`"),
    ("select", "columns are chosen by `fields a, b`"),
    ("spath", "JSON is read without a command: write `a.b.c`, or `jsonParse(text)`"),
    ("streamstats", "a running sum is made by `accum`"),
    ("sum", "values are summed by `stats sum(x)`"),
    ("summarize", "rows are counted and summed by `stats count(*) by x`"),
    ("table", "columns are chosen by `display a, b`"),
    ("take", "the first rows are kept by `limit 10`"),
    ("timechart", "rows are counted over time by `stats count(*) by bin(5m)`"),
    ("timeslice", "time is divided behind `by`: `stats count(*) by bin(5m)`"),
    ("top", "write `stats count(*) as n by x | sort n desc | limit 10`"),
    ("transaction", "events are joined to sessions by `sessionize x`"),
    ("union", "several groups are read by several `source`: `source 'a' | source 'b'`"),
    ("uniq", "distinct rows are kept by `dedup x`"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_operator_hides_a_longer_one() {
        for (place, (sign, _)) in OPERATORS.iter().enumerate() {
            assert_eq!(operator(sign), Some(OPERATORS[place].0), "{sign} stands behind its own start");
        }
    }

    #[test]
    fn commands_are_in_order_and_none_of_ours() {
        assert!(COMMANDS.is_sorted());
        for (word, _) in COMMANDS {
            assert!(crate::command::find(word).is_none(), "`{word}` is a command of this language");
        }
    }
}
