//! What a fault's text is to be replaced by, where there is no doubt about it.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// A stretch of a query and what is to stand there instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// What mends a fault, if that is a matter of spelling alone: a sign of another language, a pipe too many or too few, a
/// typographic quote. What needs a decision, such as which command `feilds` was meant to be, is left to people.
///
/// ```
/// let text = "filter a <> 1 | limit 5 |";
/// let faults = syntax::parse(text).unwrap_err();
/// assert_eq!(syntax::fix(&faults[0], text).unwrap().text, "!=");
/// ```
pub fn fix(fault: &Diagnostic, text: &str) -> Option<Fix> {
    let span = fault.span();
    let found = span.text(text);
    let instead = |text: &str| Some(Fix { span, text: text.to_owned() });
    match fault.code {
        Code::LeadingPipe | Code::TrailingPipe | Code::EmptyStage => Some(taken_out(text, span)),
        Code::MissingPipe => Some(Fix { span: Span { end: span.start, ..span }, text: String::from("| ") }),
        Code::NotAComment if found != "/*" => instead("#"),
        Code::BadNumber if found.starts_with('.') => instead(&format!("0{found}")),
        Code::TypographicQuote => quotes(text, span),
        Code::ForeignSign if found == ";" => {
            // At the end it ends nothing; elsewhere it may stand for a pipe.
            text[span.end as usize..].trim().is_empty().then(|| taken_out(text, span))
        }
        Code::ForeignSign if found.starts_with(|it: char| it.is_whitespace() && !it.is_ascii()) => instead(" "),
        Code::ForeignSign => SIGNS.iter().find(|(sign, _)| *sign == found).and_then(|(_, ours)| instead(ours)),
        _ => None,
    }
}

/// Signs of other languages that stand for one of ours, whatever is around them. `||` may join conditions or texts.
const SIGNS: [(&str, &str); 11] = [
    ("===", "="),
    ("!==", "!="),
    ("<>", "!="),
    ("&&", "and"),
    ("~=", "=~"),
    ("=>", ">="),
    ("=<", "<="),
    ("**", "^"),
    ("–", "-"),
    ("—", "-"),
    ("−", "-"),
];

/// What takes a sign out, and the blanks behind it; at the end of a line those before it, and a line that it has to
/// itself.
fn taken_out(text: &str, sign: Span) -> Fix {
    let (before, behind) = (&text[..sign.start as usize], &text[sign.end as usize..]);
    let rest = behind.trim_start_matches([' ', '\t']);
    let line_break = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
    let mut kept = before.len();
    let mut end = text.len() - rest.len();
    if rest.is_empty() || line_break > 0 {
        let line = before.trim_end_matches([' ', '\t']);
        kept = match line.strip_suffix('\n') {
            Some(above) => above.strip_suffix('\r').unwrap_or(above).len(),
            None => line.len(),
        };
        if kept == 0 {
            end += line_break;
        }
    }
    Fix { span: Span { start: kept as u32, end: end as u32 }, text: String::new() }
}

/// Straight quotes around what stands in typographic ones.
fn quotes(text: &str, span: Span) -> Option<Fix> {
    let open = span.text(text).chars().next()?;
    let straight = if "‘’‚".contains(open) { '\'' } else { '"' };
    let start = span.start as usize;
    let behind = start + open.len_utf8();
    let same_kind = |it: char| if straight == '\'' { "‘’‚".contains(it) } else { "“”„«»".contains(it) };
    let (length, close) = text[behind..].char_indices().find(|(_, it)| same_kind(*it) || *it == '\n')?;
    let inside = &text[behind..behind + length];
    let fits = close != '\n' && !inside.contains([straight, '\\']);
    fits.then(|| Fix {
        span: Span { start: span.start, end: (behind + length + close.len_utf8()) as u32 },
        text: format!("{straight}{inside}{straight}"),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The text with one fault after the other mended.
    fn mended(text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..10 {
            let Err(faults) = crate::parse(&text) else { break };
            let Some(fix) = faults.iter().find_map(|it| fix(it, &text)) else { break };
            text.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.text);
        }
        text
    }

    #[test]
    fn spelling_is_mended() {
        for (text, good) in [
            ("| fields a", "fields a"),
            ("fields a |", "fields a"),
            ("fields a | \n| | limit 5", "fields a | \nlimit 5"),
            ("fields a\n |\n", "fields a\n"),
            ("|\nfields a", "fields a"),
            ("fields a | | limit 5", "fields a | limit 5"),
            ("fields a limit 5", "fields a | limit 5"),
            ("filter a <> 1 && b => 2", "filter a != 1 and b >= 2"),
            ("filter a = “x y” and b = ‘z’", "filter a = \"x y\" and b = 'z'"),
            ("fields a // why", "fields a # why"),
            ("filter a > .5", "filter a > 0.5"),
            ("fields a;", "fields a"),
        ] {
            assert_eq!(mended(text), good);
            assert!(crate::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_needs_a_decision_is_left() {
        for text in ["feilds a", "filter a || b", "fields a; limit 5", "filter a = “x", "filter a = “x\\”"] {
            assert_eq!(mended(text), text);
        }
    }
}
