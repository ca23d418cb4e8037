//! `trim(s [, chars])`: a text without the blanks around it.

use crate::prelude::*;

pub static TRIM: Function = Function {
    name: "trim",
    aliases: &[],
    params: &[once("s", Kind::Text), optional("chars", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` without the white space at both ends. With `chars`, without any of those characters instead.",
    examples: &[("trim('  foo ')", "foo"), ("trim('xyZxyfooxyxyZ', 'xyZ')", "foo"), ("trim(' foo ', 'o ')", "f")],
    row: |args| match args.count() {
        0 | 1 => Some(Value::text(args.text(0)?.trim())),
        _ => Some(Value::text(without(args.text(0)?, args.text(1)?))),
    },
    column: Some(|args| {
        let texts = args.texts(0);
        if args.columns.len() < 2 {
            return args.make_texts(|row| Some(texts.get(row)?.trim()));
        }
        let chars = args.texts(1);
        args.make_texts(|row| Some(without(texts.get(row)?, chars.get(row)?)))
    }),
};

fn without<'a>(text: &'a str, chars: &str) -> &'a str {
    text.trim_matches(|it| chars.contains(it))
}
