//! `strcontains(s, find [, ci])`: whether a text holds another.

use memchr::memmem::Finder;

use crate::prelude::*;

pub static STRCONTAINS: Function = Function {
    name: "strcontains",
    aliases: &[],
    params: &[once("s", Kind::Text), once("find", Kind::Text), optional("ci", Kind::Bool)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `s` holds `find`. If `ci` is true, upper and lower case are the same.",
    examples: &[
        ("strcontains('Hello', 'ell')", "1"),
        ("strcontains('Hello', 'hell')", "0"),
        ("strcontains('Hello', 'hell', true)", "1"),
        ("strcontains(missing, 'a')", ""),
    ],
    row: |args| {
        let (text, find) = (args.text(0)?, args.text(1)?);
        let ignores_case = args.count() > 2 && args.bool(2)?;
        Some(Value::Bool(if ignores_case { contains_in_any_case(text, find) } else { text.contains(find) }))
    },
    column: Some(|args| {
        let (texts, finds) = (args.texts(0), args.texts(1));
        if args.columns.len() > 2 {
            let ignores_case = args.bools(2);
            return args.make_bools(|row| {
                let (text, find) = (texts.get(row)?, finds.get(row)?);
                Some(if ignores_case.get(row)? { contains_in_any_case(text, find) } else { text.contains(find) })
            });
        }
        match args.literal(1) {
            Some(Value::Text(find)) => {
                let finder = Finder::new(find.as_bytes());
                args.make_bools(|row| Some(finder.find(texts.get(row)?.as_bytes()).is_some()))
            }
            _ => args.make_bools(|row| Some(texts.get(row)?.contains(finds.get(row)?))),
        }
    }),
};

fn contains_in_any_case(text: &str, find: &str) -> bool {
    text.to_lowercase().contains(&find.to_lowercase())
}
