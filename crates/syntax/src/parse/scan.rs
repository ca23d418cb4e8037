//! Where literals, comments and pipes are in any text, well formed or not.

/// A piece of query text, told roughly: no more than is needed to find the ends of stages and the comments.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Lexeme<'a> {
    pub kind: Kind,
    pub text: &'a str,
}

/// What a lexeme is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Spaces, tabs, line ends
    Blank,
    /// `# to the end of the line`
    Comment,
    /// `count`, `@message`, `a.b`, `5m`
    Word,
    /// `` `odd-name` ``
    Quoted,
    /// `"text"`, `'text'`
    Text,
    /// `/regex/`
    Regex,
    /// `|`
    Pipe,
    /// `(`, `[`
    Open,
    /// `)`, `]`
    Close,
    /// Any other character
    Sign,
}

/// The blanks and comments at the start of a text.
pub(crate) fn blanks(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(is_blank);
        if !rest.starts_with('#') {
            return &text[..text.len() - rest.len()];
        }
        rest = &rest[line(rest).len()..];
    }
}

/// The string literal at the start of a text, quotes included: none if it does not end.
pub(crate) fn string(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    let mut escaped = false;
    for (place, it) in text.char_indices().skip(1) {
        match it {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if it == quote => return Some(&text[..=place]),
            _ => {}
        }
    }
    None
}

/// The name in backticks at the start of a text, backticks included: none if it does not end on its line.
pub(crate) fn backticks(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('`')?;
    let end = inside.find(['`', '\n'])?;
    inside[end..].starts_with('`').then(|| &text[..end + 2])
}

/// The regular expression at the start of a text, slashes included: none if it does not end. A `/` in a class
/// (`[^/]`) does not end it.
pub(crate) fn regex(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('/')?;
    let mut place = 0;
    while let Some(it) = inside[place..].chars().next() {
        place += match it {
            '/' => return Some(&text[..place + 2]),
            '\\' => escape(&inside[place..]),
            '[' => class(&inside[place..])?,
            _ => it.len_utf8(),
        };
    }
    None
}

/// The lexemes of a text. Together they are the text. A literal that never ends is taken to the end of its line.
pub(crate) fn lexemes(text: &str) -> Lexemes<'_> {
    Lexemes { rest: text, slash: Slash::Divides, stage_begins: true }
}

/// An iterator over lexemes.
pub(crate) struct Lexemes<'a> {
    rest: &'a str,
    slash: Slash,
    stage_begins: bool,
}

/// What a `/` at this place would be.
#[derive(Clone, Copy, PartialEq)]
enum Slash {
    Divides,
    /// Behind `like` and `=~`.
    Opens,
    /// Behind the command `parse` and the field that it reads.
    OpensBehindPath,
}

impl<'a> Iterator for Lexemes<'a> {
    type Item = Lexeme<'a>;

    fn next(&mut self) -> Option<Lexeme<'a>> {
        let first = self.rest.chars().next()?;
        let (kind, length) = match first {
            '#' => (Kind::Comment, line(self.rest).len()),
            '"' | '\'' => (Kind::Text, literal(string(self.rest), self.rest)),
            '`' => (Kind::Quoted, literal(backticks(self.rest), self.rest)),
            '/' if self.slash != Slash::Divides => (Kind::Regex, literal(regex(self.rest), self.rest)),
            '|' => (Kind::Pipe, 1),
            '(' | '[' => (Kind::Open, 1),
            ')' | ']' => (Kind::Close, 1),
            _ if is_blank(first) => (Kind::Blank, prefix(self.rest, is_blank)),
            _ if is_word(first) => (Kind::Word, prefix(self.rest, is_word)),
            _ => (Kind::Sign, first.len_utf8()),
        };
        let (text, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.turn(kind, text);
        Some(Lexeme { kind, text })
    }
}

impl Lexemes<'_> {
    /// Keeps track of what a `/` would be next.
    fn turn(&mut self, kind: Kind, text: &str) {
        let is = |word: &str| kind == Kind::Word && text.eq_ignore_ascii_case(word);
        self.slash = match kind {
            Kind::Blank | Kind::Comment => return,
            _ if is("like") || text == "~" => Slash::Opens,
            _ if self.stage_begins && is("parse") => Slash::OpensBehindPath,
            Kind::Word | Kind::Quoted if self.slash == Slash::OpensBehindPath => Slash::OpensBehindPath,
            Kind::Open | Kind::Close if self.slash == Slash::OpensBehindPath && matches!(text, "[" | "]") => self.slash,
            _ => Slash::Divides,
        };
        self.stage_begins = kind == Kind::Pipe;
    }
}

/// Spaces, tabs and line ends: no other character is a blank.
fn is_blank(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\r' | '\n')
}

/// What plain names and numbers are made of.
fn is_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '@' | '_' | '.')
}

/// The first line of a text, without its end.
fn line(text: &str) -> &str {
    &text[..text.find('\n').unwrap_or(text.len())]
}

/// How long a literal is, and if it never ends, how long its line.
fn literal(found: Option<&str>, text: &str) -> usize {
    found.unwrap_or_else(|| line(text)).len()
}

/// How many bytes at the start are such characters.
fn prefix(text: &str, belongs: fn(char) -> bool) -> usize {
    text.find(|it| !belongs(it)).unwrap_or(text.len())
}

/// How long a backslash and the character behind it are.
fn escape(text: &str) -> usize {
    text.chars().take(2).map(char::len_utf8).sum()
}

/// How long the class at the start of a text is (`[^/]`, `[]a]`, `[[:space:]/]`): none if it does not end.
fn class(text: &str) -> Option<usize> {
    let mut place = 1;
    place += usize::from(text[place..].starts_with('^'));
    place += usize::from(text[place..].starts_with(']'));
    while let Some(it) = text[place..].chars().next() {
        place += match it {
            ']' => return Some(place + 1),
            '\\' => escape(&text[place..]),
            '[' => named_class(&text[place..]).unwrap_or(1),
            _ => it.len_utf8(),
        };
    }
    None
}

/// How long the `[:space:]` at the start of a text is.
fn named_class(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("[:")?;
    let length = prefix(inside, |it| it.is_ascii_lowercase() || it == '^');
    inside[length..].starts_with(":]").then_some(length + 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, &str)> {
        lexemes(text).filter(|it| it.kind != Kind::Blank).map(|it| (it.kind, it.text)).collect()
    }

    #[test]
    fn lexemes_are_the_text() {
        for text in ["", "a | b # c", "'open | x\ny", "é“x” `a", "like /[/]|/ | parse @m /a|b/ x / y"] {
            assert_eq!(lexemes(text).map(|it| it.text).collect::<String>(), text);
        }
    }

    #[test]
    fn a_pipe_inside_a_literal_or_comment_is_none() {
        let pipes = |text| lexemes(text).filter(|it| it.kind == Kind::Pipe).count();
        assert_eq!(pipes(r#"filter a = "x|y" and b like /c|d/ # e | f"#), 0);
        assert_eq!(pipes("parse `a`.b[0] /x|y/ | filter `a|b` = 'c|d'"), 1);
        assert_eq!(pipes("fields a / b | sort c / d"), 1);
    }

    #[test]
    fn a_slash_is_told_by_its_place() {
        assert_eq!(kinds("a / b")[1], (Kind::Sign, "/"));
        assert_eq!(kinds("a =~ /b/")[3], (Kind::Regex, "/b/"));
        assert_eq!(kinds("parse x /b/")[2], (Kind::Regex, "/b/"));
        assert_eq!(kinds("fields parse / 2 / 3").len(), 6);
    }

    #[test]
    fn literals_end_where_they_should() {
        assert_eq!(regex(r"/a\/b[/]c/d/"), Some(r"/a\/b[/]c/"));
        assert_eq!(regex("/[]/]/x"), Some("/[]/]/"));
        assert_eq!(regex("/[^]/]/x"), Some("/[^]/]/"));
        assert_eq!(regex("/[[:space:]/]/x"), Some("/[[:space:]/]/"));
        assert_eq!(regex(r"/\[/x"), Some(r"/\[/"));
        assert_eq!(regex("/[/x"), None);
        assert_eq!(regex("/\\"), None);
        assert_eq!(string(r#""a\"b" c"#), Some(r#""a\"b""#));
        assert_eq!(string(r#""a\"#), None);
        assert_eq!(string("'é'x"), Some("'é'"));
        assert_eq!(backticks("`a\nb`"), None);
        assert_eq!(backticks("`é` x"), Some("`é`"));
    }

    #[test]
    fn an_open_literal_ends_with_its_line() {
        assert_eq!(kinds("filter a = 'x\n| limit 1")[3], (Kind::Text, "'x"));
        assert_eq!(kinds("filter a = 'x\n| limit 1")[4], (Kind::Pipe, "|"));
    }
}
