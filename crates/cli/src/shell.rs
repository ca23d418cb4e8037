//! Words of a command line, as a shell takes them.

/// A word as it must be typed: in quotes where it holds what a shell would take for its own.
pub fn quoted(word: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/._-+@%,:=".contains(it);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_read_them() {
        for (word, typed) in
            [("logs/a-1.gz", "logs/a-1.gz"), ("a b", "'a b'"), ("it's", r"'it'\''s'"), ("", "''"), ("$Name", "'$Name'")]
        {
            assert_eq!(quoted(word), typed);
        }
    }
}
