//! `concat(s, …)`: texts one behind the other.

use value::column::Texts;

use crate::prelude::*;

pub static CONCAT: Function = Function {
    name: "concat",
    aliases: &[],
    params: &[repeated("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "The arguments one behind the other. If one of them has no value, neither has the whole.",
    examples: &[("concat('a', '/', 7)", "a/7"), ("concat('a', missing)", "")],
    row: |args| (0..args.count()).map(|it| args.text(it)).collect::<Option<String>>().map(Value::text),
    column: Some(|args| {
        let parts: Vec<Texts> = (0..args.columns.len()).map(|it| args.texts(it)).collect();
        args.write_texts(|row, text| {
            for part in &parts {
                text.push_str(part.get(row)?);
            }
            Some(())
        })
    }),
};
