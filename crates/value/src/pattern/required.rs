//! The text that every match of a regular expression holds, where there is one.

use regex_syntax::hir::{Hir, HirKind};

/// The longest text that stands in every match of a regular expression in the syntax of the `regex` crate, as far as its
/// parts tell by themselves: of alternatives, none does.
pub(super) fn required(regex: &str) -> Option<String> {
    let hir = regex_syntax::parse(regex).ok()?;
    longest(&hir).and_then(|it| std::str::from_utf8(it).ok()).map(str::to_owned)
}

fn longest(hir: &Hir) -> Option<&[u8]> {
    match hir.kind() {
        HirKind::Literal(it) => Some(&it.0),
        HirKind::Capture(it) => longest(&it.sub),
        HirKind::Repetition(it) if it.min > 0 => longest(&it.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(longest).max_by_key(|it| it.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::required;

    #[test]
    fn what_every_match_holds() {
        for (regex, text) in [
            ("^REPORT", Some("REPORT")),
            (r"Duration: (\d+\.\d+) ms", Some("Duration: ")),
            (r"(?:user)=(\S+) from (?:the host )+\w", Some("the host ")),
            (r"(?:abc){2,}x?", Some("abc")),
            (r"x*|timeout", None),
            (r"timeout|timer", None),
            (r"(?i)error", None),
            (r"[ab]?", None),
            (r"a{0}", None),
            ("", None),
        ] {
            assert_eq!(required(regex).as_deref(), text, "{regex}");
        }
    }
}
