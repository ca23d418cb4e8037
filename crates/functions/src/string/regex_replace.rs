//! `regexReplace(s, pattern, with)`: a text with what matches made another.

use value::Pattern;

use super::template::Template;
use crate::prelude::*;

pub static REGEX_REPLACE: Function = Function {
    name: "regexReplace",
    aliases: &["regex_replace"],
    params: &[once("s", Kind::Text), once("pattern", Kind::Pattern), once("with", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` with every match of the regular expression made `with`. There `$1` and `${name}` stand for what a group of the \
          expression matched, `$0` for the whole match, and `\\$` for a dollar sign; so does a `$` before anything else. \
          The expression is a text of the query.",
    examples: &[
        ("regexReplace('user-17, user-4', '[0-9]+', 'N')", "user-N, user-N"),
        ("regexReplace('2026-01-31', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1')", "31.01.2026"),
        ("regexReplace('id=7', 'id=(?<id>.)', '<${id}>')", "<7>"),
        ("regexReplace('7 EUR', 'EUR', '$')", "7 $"),
        ("regex_replace(missing, 'a', 'b')", ""),
    ],
    row: |args| {
        let (text, pattern, with) = (args.text(0)?, args.pattern(1)?, args.text(2)?);
        let mut result = String::new();
        replace(text, pattern, &Template::read(with, pattern), &mut result);
        Some(Value::text(result))
    },
    column: Some(|args| {
        let (texts, withs) = (args.texts(0), args.texts(2));
        match (args.literal(1), args.literal(2)) {
            (Some(Value::Pattern(pattern)), Some(Value::Text(with))) => {
                let template = Template::read(with, pattern);
                args.write_texts(|row, result| {
                    replace(texts.get(row)?, pattern, &template, result);
                    Some(())
                })
            }
            (Some(Value::Pattern(pattern)), None) => args.write_texts(|row, result| {
                replace(texts.get(row)?, pattern, &Template::read(withs.get(row)?, pattern), result);
                Some(())
            }),
            _ => crate::lift(&REGEX_REPLACE, args.columns, args.height),
        }
    }),
};

/// Appends the text with its matches replaced.
fn replace(text: &str, pattern: &Pattern, template: &Template, result: &mut String) {
    let mut done = 0;
    match template.plain() {
        // What the groups matched need not be found.
        Some(with) => {
            for found in pattern.regex().find_iter(text) {
                result.push_str(&text[done..found.start()]);
                result.push_str(with);
                done = found.end();
            }
        }
        None => {
            for found in pattern.regex().captures_iter(text) {
                let whole = found.get_match();
                result.push_str(&text[done..whole.start()]);
                template.write(&found, result);
                done = whole.end();
            }
        }
    }
    result.push_str(&text[done..]);
}
