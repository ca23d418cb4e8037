//! Writing answers back into case files.

use super::{AuthorityKind, Case, ServiceError, read};

/// Whether expectations are to be rewritten: `UPDATE=1` is set.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|it| it == "1")
}

impl Case {
    /// Compares an answer with an expectation of this case, by its position; while [`updating`], one that does not hold
    /// is rewritten instead, unless it was recorded.
    ///
    /// # Errors
    /// What differs and where, or why the file could not be written.
    pub fn settle(&self, position: usize, actual: &str, error: ServiceError) -> Result<(), String> {
        let Some(expectation) = self.expectations.get(position) else {
            return Err(format!("{}: there is no expectation number {position}", self.path.display()));
        };
        let Err(difference) = expectation.check(actual, error) else { return Ok(()) };
        let place = format!("{}:{}", self.path.display(), expectation.line);
        if !updating() {
            return Err(format!("{place}: {difference}"));
        }
        self.rewrite(position, actual).map_err(|reason| format!("{place}: {reason}\n{difference}"))
    }

    /// Replaces the body of an expectation in the file, by its position.
    ///
    /// # Errors
    /// When the authority is a recording, or the file cannot be read or written.
    pub fn rewrite(&self, position: usize, actual: &str) -> Result<(), String> {
        if self.authority.kind == AuthorityKind::Recorded {
            return Err("what was recorded is not rewritten".to_string());
        }
        let text = std::fs::read_to_string(&self.path).map_err(|error| error.to_string())?;
        let text = replaced(&text, position, actual)?;
        std::fs::write(&self.path, text).map_err(|error| error.to_string())
    }
}

/// The document with another body in the expectation at this position.
fn replaced(text: &str, position: usize, actual: &str) -> Result<String, String> {
    let document = read::document(text).map_err(|(line, message)| format!("line {line}: {message}"))?;
    let expected = read::expected(&document.blocks);
    let mut blocks = document.blocks.iter().zip(expected).filter(|(_, it)| *it).map(|(block, _)| block);
    let block = blocks.nth(position).ok_or_else(|| format!("there is no expectation number {position} any more"))?;
    let body: Vec<&str> = actual.trim_end().lines().map(str::trim_end).collect();
    let longest = body.iter().map(|it| it.chars().take_while(|it| *it == '`').count()).max().unwrap_or_default();
    let fence = "`".repeat(block.fence.max(longest + 1));
    let opening = text.lines().nth(block.line - 1).unwrap_or_default().trim_start_matches('`');
    let mut lines: Vec<String> = text.lines().take(block.line - 1).map(str::to_string).collect();
    lines.push(format!("{fence}{opening}"));
    lines.extend(body.iter().filter(|_| !actual.trim_end().is_empty()).map(|it| it.to_string()));
    lines.push(fence);
    lines.extend(text.lines().skip(block.line + block.lines.len() + 1).map(str::to_string));
    lines.push(String::new());
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    const CASE: &str = "# t\n\nWhy.\n\nAuthority: ours, so\n\n```insights\nlimit 1\n```\n\n```table unordered\nold\nrows\n```\n\nProse.\n\n```plan\n```\n";

    #[test]
    fn only_the_body_changes() {
        let text = replaced(CASE, 0, "new\n\n").unwrap();
        assert_eq!(text, CASE.replace("old\nrows", "new"));
        assert_eq!(replaced(&text, 1, "scan\nlimit").unwrap(), text.replace("```plan\n", "```plan\nscan\nlimit\n"));
        assert_eq!(replaced(CASE, 0, "").unwrap(), CASE.replace("old\nrows\n", ""));
        assert!(replaced(CASE, 2, "x").is_err());
    }

    #[test]
    fn a_body_with_a_fence_gets_a_longer_one() {
        let text = replaced(CASE, 0, "```\nx").unwrap();
        assert!(text.contains("````table unordered\n```\nx\n````\n"));
        assert_eq!(read::document(&text).unwrap().blocks[1].lines, ["```", "x"]);
    }

    #[test]
    fn a_recording_is_never_rewritten() {
        let text = CASE.replace("ours, so", "recorded, od-1");
        let case = Case::from_text(Path::new("/none"), Path::new("/none/a.md"), &text).unwrap();
        assert!(case.rewrite(0, "x").unwrap_err().contains("recorded"));
    }
}
