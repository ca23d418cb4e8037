//! Lines of a query, with the comments of the text it came from.

use super::Piece;
use crate::parse::{Kind, lexemes};

/// A comment, and whether it stands on a line of its own.
struct Comment<'a> {
    text: &'a str,
    place: u32,
    alone: bool,
}

/// A piece, and the comments that go with it.
#[derive(Default)]
struct Commented<'a> {
    above: Vec<&'a str>,
    behind: Vec<&'a str>,
}

/// How long a line may be, where a stage can be divided.
const WIDTH: usize = 100;

/// The stages, one a line; a stage that is long or has a comment inside has a line for each piece. A comment on a line of
/// its own stays above what it stood above, any other behind what it stood behind.
pub(super) fn write(stages: &[Vec<Piece>], text: &str) -> String {
    let pieces: Vec<&Piece> = stages.iter().flatten().collect();
    let mut commented: Vec<Commented> = pieces.iter().map(|_| Commented::default()).collect();
    let mut last = Vec::new();
    for comment in comments(text) {
        let behind = pieces.partition_point(|piece| piece.span.start < comment.place);
        let above = pieces.partition_point(|piece| piece.span.end <= comment.place);
        match (comment.alone, behind.checked_sub(1), commented.len()) {
            (false, Some(piece), _) => commented[piece].behind.push(comment.text),
            (_, _, count) if above < count => commented[above].above.push(comment.text),
            _ => last.push(comment.text),
        }
    }
    let mut lines = Vec::new();
    let mut commented = commented.into_iter();
    for (place, pieces) in stages.iter().enumerate() {
        let lead = if place == 0 { "" } else { "| " };
        lines.extend(stage(lead, pieces, commented.by_ref().take(pieces.len()).collect()));
    }
    lines.extend(last.into_iter().map(str::to_owned));
    lines.join("\n")
}

fn stage(lead: &str, pieces: &[Piece], commented: Vec<Commented>) -> Vec<String> {
    const INDENT: &str = "    ";
    let last = pieces.len().saturating_sub(1);
    let length = pieces.iter().map(|piece| piece.text.chars().count() + 1).sum::<usize>() + lead.len();
    let broken = length > WIDTH
        || commented
            .iter()
            .enumerate()
            .any(|(place, it)| (place > 0 && !it.above.is_empty()) || (place < last && !it.behind.is_empty()));
    let mut lines: Vec<String> = Vec::new();
    for (place, (piece, comments)) in pieces.iter().zip(commented).enumerate() {
        let indent = if place == 0 { "" } else { INDENT };
        lines.extend(comments.above.iter().map(|comment| format!("{indent}{comment}")));
        match lines.last_mut() {
            _ if place == 0 => lines.push(format!("{lead}{}", piece.text)),
            Some(line) if !broken => line.push_str(&format!(" {}", piece.text)),
            _ => lines.push(format!("{indent}{}", piece.text)),
        }
        if let Some(line) = lines.last_mut() {
            comments.behind.iter().for_each(|comment| line.push_str(&format!(" {comment}")));
        }
    }
    lines
}

fn comments(text: &str) -> Vec<Comment<'_>> {
    let mut comments = Vec::new();
    let mut place = 0;
    let mut alone = true;
    for lexeme in lexemes(text) {
        match lexeme.kind {
            Kind::Blank => alone |= lexeme.text.contains('\n'),
            Kind::Comment => comments.push(Comment { text: lexeme.text.trim_end(), place: place as u32, alone }),
            // `| # why` speaks of the command that follows.
            Kind::Pipe => {}
            _ => alone = false,
        }
        place += lexeme.text.len();
    }
    comments
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    #[track_caller]
    fn formats(text: &str, formatted: &str) {
        assert_eq!(crate::format(text).unwrap(), formatted);
        assert_eq!(crate::format(formatted).unwrap(), formatted, "formatted again");
    }

    #[test]
    fn comments_stay_with_their_stage() {
        formats(
            "# head\nfields a|# only errors\nfilter b#not these\n| limit 5 # few\n# end",
            "# head\nfields a # only errors\n| filter b #not these\n| limit 5 # few\n# end",
        );
        formats("fields a\n# above\n| # behind the pipe\nlimit 5", "fields a\n# above\n# behind the pipe\n| limit 5");
    }

    #[test]
    fn comments_stay_with_their_item() {
        formats(
            "stats count(*) as n, # how many\n# the longest\nmax(t) as m by a # each\n| limit 1",
            "stats count(*) as n, # how many\n    # the longest\n    max(t) as m\n    by a # each\n| limit 1",
        );
        formats("filter a # one\nand b", "filter a # one\n    and b");
        formats("fields if(a, # why\n1, 2) as b", "fields if(a, 1, 2) as b # why");
    }

    #[test]
    fn what_looks_like_a_comment_in_a_literal_is_none() {
        formats("filter a = '# b' and c like /#/", "filter a = \"# b\" and c like /#/");
    }

    #[test]
    fn long_stages_are_divided() {
        let item = |name: char| name.to_string().repeat(40);
        let items: Vec<String> = "abc".chars().map(item).collect();
        formats(&format!("fields {}", items.join(",")), &format!("fields {}", items.join(",\n    ")));
    }
}
