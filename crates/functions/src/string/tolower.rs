//! `tolower(s)`: a text in lower letters.

use crate::prelude::*;

pub static TOLOWER: Function = Function {
    name: "tolower",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` in lower letters.",
    examples: &[("tolower('Error')", "error"), ("tolower('ÜBER')", "über"), ("tolower(missing)", "")],
    row: |args| Some(Value::text(args.text(0)?.to_lowercase())),
    column: Some(|args| {
        let texts = args.texts(0);
        args.write_texts(|row, text| {
            let from = texts.get(row)?;
            if from.is_ascii() {
                text.push_str(from);
                text.make_ascii_lowercase();
            } else {
                text.push_str(&from.to_lowercase());
            }
            Some(())
        })
    }),
};
