//! `text(x)`: a value as text.

use value::{number, time};

use crate::prelude::*;

pub static TEXT: Function = Function {
    name: "text",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Text),
    doc: "The text that `x` prints as. Maps and lists have none.",
    examples: &[("concat(2 / 3)", "0.6667"), ("concat('01')", "01"), ("concat(jsonParse('[1]'))", "")],
    row: |args| match args.any(0)? {
        Value::Json(_) => None,
        it => Some(Value::text(it.to_text())),
    },
    column: Some(|args| match args.columns {
        [Column::Number(_)] => {
            let numbers = args.numbers(0);
            args.write_texts(|row, text| {
                number::write(numbers.get(row)?, text);
                Some(())
            })
        }
        [Column::Time(_)] => {
            let times = args.times(0);
            args.write_texts(|row, text| {
                time::write(times.get(row)?, text);
                Some(())
            })
        }
        [it] => it.to_texts(),
        _ => Column::absent(args.height),
    }),
};
