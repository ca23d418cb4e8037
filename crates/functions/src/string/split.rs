//! `split(s, sep)`: the parts of a text between separators.

use memchr::memmem::Finder;
use value::json;

use crate::prelude::*;

pub static SPLIT: Function = Function {
    name: "split",
    aliases: &[],
    params: &[once("s", Kind::Text), once("sep", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The parts of `s` between the occurrences of `sep`, empty ones too, as the text of a JSON array; `jsonParse` makes \
          it a list. An empty `sep` stands between all characters.",
    examples: &[
        ("split('a,b,,c', ',')", "[\"a\",\"b\",\"\",\"c\"]"),
        ("jsonParse(split('a/b/c', '/'))[1]", "b"),
        ("split('', ',')", "[\"\"]"),
        ("split('äb', '')", "[\"ä\",\"b\"]"),
        ("split(missing, ',')", ""),
    ],
    row: |args| {
        let (text, separator) = (args.text(0)?, args.text(1)?);
        let mut list = String::new();
        match separator {
            "" => write_list(text.chars().map(String::from), &mut list),
            _ => write_list(text.split(separator), &mut list),
        }
        Some(Value::text(list))
    },
    column: Some(|args| {
        let texts = args.texts(0);
        match args.literal(1) {
            Some(Value::Text(separator)) if !separator.is_empty() => {
                let finder = Finder::new(separator.as_bytes());
                args.write_texts(|row, list| {
                    let text = texts.get(row)?;
                    let mut start = 0;
                    list.push('[');
                    for found in finder.find_iter(text.as_bytes()) {
                        json::quote(&text[start..found], list);
                        list.push(',');
                        start = found + separator.len();
                    }
                    json::quote(&text[start..], list);
                    list.push(']');
                    Some(())
                })
            }
            _ => crate::lift(&SPLIT, args.columns, args.height),
        }
    }),
};

fn write_list<T: AsRef<str>>(parts: impl Iterator<Item = T>, list: &mut String) {
    list.push('[');
    for (index, part) in parts.enumerate() {
        if index > 0 {
            list.push(',');
        }
        json::quote(part.as_ref(), list);
    }
    list.push(']');
}
