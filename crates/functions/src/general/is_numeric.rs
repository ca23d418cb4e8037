//! `isNumeric(f)`: whether a value reads as a number.

use crate::prelude::*;

pub static IS_NUMERIC: Function = Function {
    name: "isNumeric",
    aliases: &[],
    params: &[once("f", Kind::Number)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` reads as a number. A missing value does not.",
    examples: &[("isNumeric('12.5')", "1"), ("isNumeric('0x1f')", "0"), ("isNumeric(missing)", "0")],
    row: |args| Some(Value::Bool(args.number(0).is_some())),
    column: Some(|args| args.present(0)),
};
