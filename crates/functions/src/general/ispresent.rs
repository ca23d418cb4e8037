//! `ispresent(f)`: whether there is a value.

use crate::prelude::*;

pub static ISPRESENT: Function = Function {
    name: "ispresent",
    aliases: &[],
    params: &[once("f", Kind::Any)],
    returns: Returns::Is(Type::Bool),
    doc: "Whether `f` has a value, be it the empty text.",
    examples: &[("ispresent('')", "1"), ("ispresent(missing)", "0"), ("ispresent(1 / 0)", "0")],
    row: |args| Some(Value::Bool(args.any(0).is_some())),
    column: Some(|args| args.present(0)),
};
