//! The words that EBNF is written in.

/// A word of the notation.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    /// `name ::=`
    Head(String),
    Name(String),
    Literal(String),
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    /// `( ) ? * + | -`
    Sign(char),
}

/// The words of a grammar and their lines, from one.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, usize)>, String> {
    let mut tokens: Vec<(Token, usize)> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let line = 1 + text[..text.len() - rest.len()].matches('\n').count();
        let wrong = |what: &str| format!("line {line}: {what}");
        let after = &rest[first.len_utf8()..];
        rest = match first {
            _ if first.is_whitespace() => after,
            '/' if after.starts_with('*') => {
                let end = rest.find("*/").ok_or_else(|| wrong("the comment has no end"))?;
                &rest[end + 2..]
            }
            ':' if after.starts_with(":=") => {
                match tokens.last_mut() {
                    Some((token, _)) if matches!(token, Token::Name(_)) => {
                        let Token::Name(name) = token.clone() else { continue };
                        *token = Token::Head(name);
                    }
                    _ => return Err(wrong("a name must stand in front of `::=`")),
                }
                &after[2..]
            }
            '\'' | '"' => {
                let end = after
                    .find(first)
                    .filter(|end| *end > 0)
                    .ok_or_else(|| wrong("the literal is empty or has no end"))?;
                tokens.push((Token::Literal(after[..end].to_string()), line));
                &after[end + 1..]
            }
            '[' => {
                let end = after.find(']').ok_or_else(|| wrong("the class has no end"))?;
                tokens.push((class(&after[..end]).ok_or_else(|| wrong("the class cannot be read"))?, line));
                &after[end + 1..]
            }
            '#' => {
                let end =
                    rest[2.min(rest.len())..].find(|it: char| !it.is_ascii_hexdigit()).map_or(rest.len(), |it| it + 2);
                tokens.push((class(&rest[..end]).ok_or_else(|| wrong("behind `#x` stands a number"))?, line));
                &rest[end..]
            }
            '(' | ')' | '?' | '*' | '+' | '|' | '-' => {
                tokens.push((Token::Sign(first), line));
                after
            }
            _ if first.is_ascii_alphabetic() => {
                let end = rest.find(|it: char| !(it.is_ascii_alphanumeric() || it == '_')).unwrap_or(rest.len());
                tokens.push((Token::Name(rest[..end].to_string()), line));
                &rest[end..]
            }
            _ => return Err(wrong(&format!("`{first}` means nothing here"))),
        };
    }
    Ok(tokens)
}

/// What stands between the brackets.
fn class(text: &str) -> Option<Token> {
    let negated = text.starts_with('^');
    let mut chars = Vec::new();
    let mut rest = text.trim_start_matches('^');
    while let Some(first) = rest.chars().next() {
        let (char, length) = match rest.strip_prefix("#x") {
            Some(number) => {
                let end = number.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(number.len());
                (char::from_u32(u32::from_str_radix(&number[..end], 16).ok()?)?, end + 2)
            }
            None => (first, first.len_utf8()),
        };
        // Only a bare `-` between two characters makes a range.
        chars.push((char, length == 1 && char == '-'));
        rest = &rest[length..];
    }
    let mut ranges = Vec::new();
    let mut place = 0;
    while place < chars.len() {
        match (chars.get(place + 1), chars.get(place + 2)) {
            (Some((_, true)), Some((last, _))) if chars[place].0 <= *last => {
                ranges.push((chars[place].0, *last));
                place += 3;
            }
            _ => {
                ranges.push((chars[place].0, chars[place].0));
                place += 1;
            }
        }
    }
    if ranges.is_empty() { None } else { Some(Token::Class { negated, ranges }) }
}
