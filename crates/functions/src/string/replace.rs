//! `replace(s, find, with)`: a text with one part made another.

use memchr::memmem::Finder;

use crate::prelude::*;

pub static REPLACE: Function = Function {
    name: "replace",
    aliases: &[],
    params: &[once("s", Kind::Text), once("find", Kind::Text), once("with", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` with every occurrence of `find` made `with`.",
    examples: &[
        ("replace('foo', 'o', '0')", "f00"),
        ("replace('a.b', '.', '')", "ab"),
        ("replace(missing, 'a', 'b')", ""),
    ],
    row: |args| Some(Value::text(args.text(0)?.replace(args.text(1)?, args.text(2)?))),
    column: Some(|args| {
        let (texts, finds, withs) = (args.texts(0), args.texts(1), args.texts(2));
        match args.literal(1) {
            Some(Value::Text(find)) if !find.is_empty() => {
                let finder = Finder::new(find.as_bytes());
                args.write_texts(|row, result| {
                    let (text, with) = (texts.get(row)?, withs.get(row)?);
                    let mut done = 0;
                    for found in finder.find_iter(text.as_bytes()) {
                        result.push_str(&text[done..found]);
                        result.push_str(with);
                        done = found + find.len();
                    }
                    result.push_str(&text[done..]);
                    Some(())
                })
            }
            _ => args.make_texts(|row| Some(texts.get(row)?.replace(finds.get(row)?, withs.get(row)?))),
        }
    }),
};
