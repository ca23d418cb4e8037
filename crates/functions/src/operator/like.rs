//! `text like "part"`, `text like /regex/`: whether a text holds another, or matches.

use memchr::memmem::Finder;

use crate::prelude::*;

pub static LIKE: Function = Function {
    name: "like",
    aliases: &["=~"],
    params: &[once("text", Kind::Text), once("pattern", Kind::Pattern)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether the text, or a number's text, holds the text on the right as it stands, or the regular expression \
          on the right matches some part of it. Upper and lower case differ unless the expression says `(?i)`.",
    examples: &[
        ("'connection refused' like 'refused'", "1"),
        ("'connection refused' like 'Refused'", "0"),
        ("404 like /^4\\d\\d$/", "1"),
        ("'Timeout' like /(?i)timeout/", "1"),
        ("missing like 'a'", ""),
    ],
    row: |args| {
        let text = args.text(0)?;
        match args.any(1)? {
            Value::Pattern(pattern) => Some(Value::Bool(pattern.is_match(text))),
            Value::Json(_) => None,
            part => Some(Value::Bool(text.contains(part.to_text().as_str()))),
        }
    },
    column: Some(|args| {
        let texts = args.texts(0);
        match args.columns.get(1) {
            Some(Column::Same(Some(Value::Pattern(pattern)), _)) => {
                args.make_bools(|row| Some(pattern.is_match(texts.get(row)?)))
            }
            Some(Column::Same(Some(Value::Json(_)), _)) => Column::absent(args.height),
            Some(Column::Same(Some(part), _)) => holding(args, &part.to_text()),
            Some(Column::Text(_)) => {
                let parts = args.texts(1);
                args.make_bools(|row| Some(texts.get(row)?.contains(parts.get(row)?)))
            }
            Some(parts) => args.make_bools(|row| match (texts.get(row)?, parts.value(row)?) {
                (text, Value::Pattern(pattern)) => Some(pattern.is_match(text)),
                (_, Value::Json(_)) => None,
                (text, part) => Some(text.contains(part.to_text().as_str())),
            }),
            None => Column::absent(args.height),
        }
    }),
};

fn holding(args: &Columns, part: &str) -> Column {
    let texts = args.texts(0);
    let finder = Finder::new(part);
    args.make_bools(|row| Some(finder.find(texts.get(row)?.as_bytes()).is_some()))
}
