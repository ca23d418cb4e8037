//! `number(x)`: a value as a number.

use crate::prelude::*;

pub static NUMBER: Function = Function {
    name: "number",
    aliases: &[],
    params: &[once("x", Kind::Any)],
    returns: Returns::Is(Type::Number),
    doc: "The number that `x` reads as: of text, blanks around it allowed; of a time its milliseconds since 1970; of a \
          truth value 1 or 0. Maps and lists are none.",
    examples: &[("' 12.50 ' * 1", "12.5"), ("'0x1f' * 1", ""), ("(1 = 1) + 1", "2")],
    row: |args| finite(args.any(0)?.to_number()?),
    column: Some(|args| match args.columns {
        [Column::Time(_)] => {
            let times = args.times(0);
            args.make_numbers(|row| Some(times.get(row)? as f64))
        }
        [Column::Bool(_)] => {
            let bools = args.bools(0);
            args.make_numbers(|row| Some(f64::from(u8::from(bools.get(row)?))))
        }
        [it] => it.to_numbers(),
        _ => Column::absent(args.height),
    }),
};
