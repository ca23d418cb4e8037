//! `json`: a value out of a JSON object, by its path.

use nom::Parser;
use nom::combinator::cut;

use super::CommandSyntax;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::{Input, Parsed, keyword, known, name, path, sign, string};
use crate::query::{Command, Name, Path};
use crate::span::Span;

/// `json field=payload "user.name" as username`
#[derive(Clone, PartialEq, Debug)]
pub struct Json {
    /// The field that holds the object.
    pub field: Path,
    /// The keys that lead to the value, and the places of lists, from 0, divided by dots.
    pub path: Vec<String>,
    /// Where the path stands, with its quotes.
    pub span: Span,
    /// What the value is called.
    pub alias: Name,
}

pub static JSON: CommandSyntax = CommandSyntax {
    name: "json",
    aliases: &[],
    synopsis: "json field=field \"path\" as name",
    doc: "Takes one value out of a JSON object by its path, such as `\"user.name\"` or `\"items.0.id\"`. \
          A row that does not have it stays, without the field.",
    parse: json,
};

fn json(input: Input) -> Parsed<Command> {
    let (rest, (_, _, field)) = (keyword("field"), sign("="), cut(path)).parse(input)?;
    let (after, text) = cut(string).parse(rest)?;
    let span = rest.span_to(after);
    let keys: Vec<String> = text.split('.').map(str::to_owned).collect();
    if keys.iter().any(String::is_empty) {
        let diagnostic = Diagnostic::new(Code::BadName, span, "a path has keys, divided by dots");
        return known(diagnostic.help("such as \"user.name\" or \"items.0.id\""));
    }
    let (rest, (_, alias)) = cut((keyword("as"), name)).parse(after)?;
    Ok((rest, Command::Json(Json { field, path: keys, span, alias })))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_is_keys_between_dots() {
        let query = crate::parse("json field=a.b \"user.0.name\" as n").unwrap();
        assert!(matches!(&query.stages[0].command, Command::Json(it) if it.path == ["user", "0", "name"]));
        let code = |text: &str| crate::parse(text).unwrap_err()[0].code;
        assert_eq!(code("json field=a \"\" as n"), Code::BadName);
        assert_eq!(code("json field=a \"b..c\" as n"), Code::BadName);
        assert_eq!(code("json field=a \"b\""), Code::Unexpected);
        assert_eq!(code("json a \"b\" as n"), Code::Unexpected);
    }
}
