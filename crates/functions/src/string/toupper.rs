//! `toupper(s)`: a text in upper letters.

use crate::prelude::*;

pub static TOUPPER: Function = Function {
    name: "toupper",
    aliases: &[],
    params: &[once("s", Kind::Text)],
    returns: Returns::Is(Type::Text),
    doc: "`s` in upper letters.",
    examples: &[("toupper('Error')", "ERROR"), ("toupper('straße')", "STRASSE"), ("toupper(missing)", "")],
    row: |args| Some(Value::text(args.text(0)?.to_uppercase())),
    column: Some(|args| {
        let texts = args.texts(0);
        args.write_texts(|row, text| {
            let from = texts.get(row)?;
            if from.is_ascii() {
                text.push_str(from);
                text.make_ascii_uppercase();
            } else {
                text.push_str(&from.to_uppercase());
            }
            Some(())
        })
    }),
};
