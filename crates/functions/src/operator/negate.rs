//! `-a`: a number with the other sign.

use crate::prelude::*;

pub static NEGATE: Function = Function {
    name: "negate",
    aliases: &[],
    params: &[once("a", Kind::Number)],
    returns: Returns::Is(Type::Number),
    doc: "`-a`: the number `a` with the other sign.",
    examples: &[("-(1 + 2)", "-3"), ("-missing", "")],
    row: |args| finite(-args.number(0)?),
    column: Some(|args| args.map_numbers(0, |it| -it)),
};
