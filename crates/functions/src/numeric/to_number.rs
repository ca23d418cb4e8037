//! `toNumber(s)`: text as a number.

use crate::prelude::*;

pub static TO_NUMBER: Function = Function {
    name: "toNumber",
    aliases: &[],
    params: &[once("s", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "The number that `s` reads as. Text that reads as none has no value.",
    examples: &[("toNumber('12.50')", "12.5"), ("toNumber('1e3')", "1000"), ("toNumber('twelve')", "")],
    row: |args| finite(args.number(0)?),
    column: Some(|args| args.map_numbers(0, |it| it)),
};
